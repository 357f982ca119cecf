using System.Security.Cryptography;
using System.Text.Json;
using Otelier.Server.Http;
using Otelier.Signals;
using Otelier.Storage.Catalog;

namespace Otelier.Server.Auth;

/// <summary>All API keys: looked up in memory, changed in the catalog.</summary>
internal sealed class KeyRing(ICatalog catalog, TimeProvider time)
{
    /// <summary>Keys of one tenant, revoked ones included until they are forgotten.</summary>
    public const int KeysPerTenantMax = 1000;

    public static readonly CatalogKind Kind = new("api-key", KeysPerTenantMax, BodyBytesMax: 4096);

    private const int IdSize = 8;

    private readonly CatalogIndex<Index> _index = new(catalog, Kind, Build);

    /// <summary>The key of a hash, whatever its state.</summary>
    public ApiKey? FindByHash(string hash) => _index.Current.ByHash.GetValueOrDefault(hash);

    /// <summary>The key of an id, whatever its state.</summary>
    public ApiKey? Find(string id) => _index.Current.ById.GetValueOrDefault(id);

    /// <summary>A tenant's keys, oldest first.</summary>
    public IReadOnlyList<ApiKey> List(TenantId tenant) =>
        [.. _index.Current.ById.Values.Where(key => key.Tenant == tenant).OrderBy(key => key.Document.CreatedAt).ThenBy(key => key.Id, StringComparer.Ordinal)];

    public bool HasOperator() =>
        _index.Current.ById.Values.Any(key => key.Tenant == TenantId.Default && key.Role == Role.Admin && key.IsActive(time.GetUtcNow()));

    /// <summary>Makes a key; <see langword="null"/> where the tenant has as many as it may.</summary>
    public async Task<(ApiKey Key, string Secret)?> CreateAsync(
        TenantId tenant, string name, Role role, DateTimeOffset? expiresAt, string createdBy, CancellationToken cancellationToken)
    {
        var secret = KeySecret.Create();
        if (!KeySecret.TryHash(secret, out var hash))
            throw new InvalidOperationException("A key that was just made is none.");
        var document = new KeyDocument(name, RoleName.Of(role), hash, time.GetUtcNow(), createdBy, expiresAt);
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdSize));
        var outcome = await catalog.ApplyAsync(Kind, [ChangeOf(tenant, id, document, expectedVersion: 0)], cancellationToken);
        return outcome switch
        {
            CatalogOutcome.Applied => (new ApiKey(tenant, id, role, document), secret),
            CatalogOutcome.Full => null,
            _ => throw new InvalidOperationException($"The catalog answered {outcome} to a new key."),
        };
    }

    /// <summary>Revokes keys; when this returns, neither they nor their tokens open anything.</summary>
    public async Task RevokeAsync(IEnumerable<ApiKey> keys, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await catalog.ApplyAsync(
            Kind, [.. keys.Where(key => !key.IsRevoked).Select(key => ChangeOf(key.Tenant, key.Id, key.Document with { RevokedAt = now }))], cancellationToken);
    }

    /// <summary>Removes keys that have opened nothing since <paramref name="before"/>, so that they do not fill the catalog.</summary>
    public async Task<IReadOnlyList<ApiKey>> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var stale = _index.Current.ById.Values.Where(key => key.Document.RevokedAt < before || key.Document.ExpiresAt < before).ToList();
        await catalog.ApplyAsync(Kind, [.. stale.Select(key => new CatalogChange(key.Tenant, key.Id, Body: null))], cancellationToken);
        return stale;
    }

    private static CatalogChange ChangeOf(TenantId tenant, string id, KeyDocument document, ulong? expectedVersion = null) =>
        new(tenant, id, JsonSerializer.SerializeToUtf8Bytes(document, AuthJsonContext.Default.KeyDocument), expectedVersion);

    private static Index Build(IReadOnlyList<CatalogDocument> documents)
    {
        var (byId, byHash) = (new Dictionary<string, ApiKey>(StringComparer.Ordinal), new Dictionary<string, ApiKey>(StringComparer.Ordinal));
        foreach (var document in documents)
        {
            var body = JsonSerializer.Deserialize(document.Body.Span, AuthJsonContext.Default.KeyDocument);
            if (body is null || !RoleName.TryParse(body.Role, out var role))
                throw new InvalidDataException($"The catalog's key {document.Id} cannot be read.");
            byId[document.Id] = byHash[body.Hash] = new ApiKey(document.Tenant, document.Id, role, body);
        }

        return new Index(byId, byHash);
    }

    private sealed record Index(Dictionary<string, ApiKey> ById, Dictionary<string, ApiKey> ByHash);
}
