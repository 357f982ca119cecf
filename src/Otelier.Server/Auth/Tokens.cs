using System.Security.Cryptography;
using System.Text.Json;
using Otelier.Server.Http;
using Otelier.Storage.Catalog;

namespace Otelier.Server.Auth;

/// <summary>A token with the one that renews it.</summary>
internal sealed record IssuedToken(string Token, string RefreshToken, TokenClaims Claims);

/// <summary>A token in the catalog that is void before its time.</summary>
internal sealed record RevokedTokenDocument(DateTimeOffset ExpiresAt);

/// <summary>Gives out tokens for keys, renews and revokes them. A token lives no longer than its key.</summary>
internal sealed class Tokens(TokenCodec codec, KeyRing keys, TenantRegistry tenants, ICatalog catalog, OtelierOptions options, TimeProvider time)
{
    /// <summary>Tokens of one tenant that were revoked or used up and have not expired yet.</summary>
    public static readonly CatalogKind RevokedKind = new("revoked-token", DocumentsMax: 100_000, BodyBytesMax: 256);

    private const int IdSize = 16;

    private readonly CatalogIndex<HashSet<string>> _revoked = new(
        catalog, RevokedKind, documents => documents.Select(document => document.Id).ToHashSet(StringComparer.Ordinal));

    /// <summary>A token for a caller, and one to renew it with.</summary>
    public IssuedToken Issue(Caller caller)
    {
        var claims = ClaimsFor(caller, TokenCodec.ApiAudience, options.Auth.TokenLife);
        return new IssuedToken(codec.Write(claims), codec.Write(ClaimsFor(caller, TokenCodec.RefreshAudience, options.Auth.RefreshLife)), claims);
    }

    /// <summary>Who shows a token, and what it says.</summary>
    public (Authentication Authentication, TokenClaims? Claims) Read(string token, string audience)
    {
        var fault = codec.Read(token, audience, out var claims);
        if (fault != AuthFault.None)
            return (fault, null);
        if (_revoked.Current.Contains(claims!.Id))
            return (AuthFault.TokenRevoked, null);
        if (claims.KeyId.Length == 0 && options.Auth.Mode == AuthMode.None)
            return (Caller.Anonymous, claims);
        if (keys.Find(claims.KeyId) is not { } key || key.IsRevoked || !tenants.Exists(key.Tenant))
            return (AuthFault.KeyRevoked, null);
        if (key.IsExpired(time.GetUtcNow()))
            return (AuthFault.KeyExpired, null);
        if (key.Tenant != claims.Tenant || key.Role != claims.Role)
            return (AuthFault.TokenClaims, null);
        return (new Caller(key.Tenant, key.Role, key.Id, key.Document.Name, claims.Id), claims);
    }

    /// <summary>
    /// Makes a token void; when this returns, it is so, and after a restart too. <see cref="CatalogOutcome.Conflict"/> where it already was.
    /// </summary>
    public Task<CatalogOutcome> RevokeAsync(TokenClaims claims, CancellationToken cancellationToken)
    {
        var document = new RevokedTokenDocument(DateTimeOffset.FromUnixTimeSeconds(claims.ExpiresUnixSeconds));
        var body = JsonSerializer.SerializeToUtf8Bytes(document, AuthJsonContext.Default.RevokedTokenDocument);
        return catalog.ApplyAsync(RevokedKind, [new CatalogChange(claims.Tenant, claims.Id, body, ExpectedVersion: 0)], cancellationToken);
    }

    /// <summary>Forgets revoked tokens that have expired by now.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var expired =
            from document in catalog.List(RevokedKind)
            let body = JsonSerializer.Deserialize(document.Body.Span, AuthJsonContext.Default.RevokedTokenDocument)
            where body.ExpiresAt < now
            select new CatalogChange(document.Tenant, document.Id, Body: null);
        await catalog.ApplyAsync(RevokedKind, [.. expired], cancellationToken);
    }

    private TokenClaims ClaimsFor(Caller caller, string audience, TimeSpan life)
    {
        var now = time.GetUtcNow();
        var expires = now + life;
        if (keys.Find(caller.KeyId)?.Document.ExpiresAt is { } end && end < expires)
            expires = end;
        return new TokenClaims(
            audience,
            caller.KeyId,
            caller.Tenant,
            caller.Role,
            now.ToUnixTimeSeconds(),
            expires.ToUnixTimeSeconds(),
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdSize)));
    }
}
