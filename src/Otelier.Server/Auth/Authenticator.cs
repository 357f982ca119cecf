using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Otelier.Server.Http;

namespace Otelier.Server.Auth;

/// <summary>Finds out who makes a request: by an API key or a token in <c>authorization</c>, or a key in <c>x-api-key</c>.</summary>
internal sealed class Authenticator
{
    public const string KeyHeader = "x-api-key";

    private const string Bearer = "Bearer ";
    private const int AddressesMax = 10_000;
    private const int Ipv6NetworkBytes = 8;

    private readonly KeyRing _keys;
    private readonly TenantRegistry _tenants;
    private readonly Tokens _tokens;
    private readonly KeyUses _uses;
    private readonly SelfRequests _self;
    private readonly AuthMode _mode;
    private readonly TimeProvider _time;
    private readonly RateBuckets<IPAddress> _failures;
    private readonly Counter<long> _failureCount;

    public Authenticator(
        KeyRing keys, TenantRegistry tenants, Tokens tokens, KeyUses uses, SelfRequests self, OtelierOptions options, TimeProvider time, Meter meter)
    {
        (_keys, _tenants, _tokens, _uses, _self, _mode, _time) = (keys, tenants, tokens, uses, self, options.Auth.Mode, time);
        var perMinute = options.Auth.FailuresPerMinute;
        _failures = new RateBuckets<IPAddress>(perMinute / 60.0, perMinute, AddressesMax, time);
        _failureCount = meter.CreateCounter<long>("otelier.auth.failures", "{request}", "Requests whose key or token was refused, by reason.");
    }

    /// <summary>Who makes the request. Where nobody has to log in, everybody is the default tenant's admin, whatever they show.</summary>
    public Authentication Authenticate(HttpContext context)
    {
        if (_mode == AuthMode.None)
            return Caller.Anonymous;
        if (_self.IsOwn(context.Request))
            return Caller.Self;
        var found = Find(context.Request);
        return found.Caller is null ? Failed(context, found) : Used(found);
    }

    /// <summary>Who holds a key that came in a request's body.</summary>
    public Authentication AuthenticateKey(HttpContext context, string key)
    {
        var found = FindKey(key);
        return found.Caller is null ? Failed(context, found) : Used(found);
    }

    /// <summary>
    /// Counts a failure against its address. One that fails too often is told to wait; who shows a good key from there is not, or one
    /// broken client behind a shared address would shut out the others.
    /// </summary>
    public Authentication Failed(HttpContext context, Authentication failed)
    {
        if (failed.Fault == AuthFault.MissingCredentials)
            return failed;
        _failureCount.Add(1, new KeyValuePair<string, object?>("reason", JsonNamingPolicy.SnakeCaseLower.ConvertName(failed.Fault.ToString())));
        var isWithin = _failures.Of(NetworkOf(context.Connection.RemoteIpAddress)).TryTake(1, out var wait);
        return isWithin ? failed : new Authentication(null, AuthFault.TooManyFailures, wait);
    }

    private Authentication Used(Authentication found)
    {
        if (found.Caller is { KeyId.Length: > 0 } caller)
            _uses.Note(caller.KeyId);
        return found;
    }

    private Authentication Find(HttpRequest request)
    {
        var (authorization, header) = (request.Headers.Authorization, request.Headers[KeyHeader]);
        if (authorization.Count == 0 && header.Count == 0)
            return AuthFault.MissingCredentials;
        // Two of a kind are two opinions on who this is.
        if (authorization.Count > 1 || header.Count > 1 || (authorization.Count == 1 && header.Count == 1))
            return AuthFault.InvalidKey;
        if (authorization.Count == 0)
            return FindSecret(header[0] ?? "");
        var text = authorization[0] ?? "";
        return text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? FindSecret(text[Bearer.Length..].Trim()) : AuthFault.InvalidKey;
    }

    private Authentication FindSecret(string secret) =>
        secret.StartsWith(KeySecret.Prefix, StringComparison.Ordinal) || !secret.Contains('.', StringComparison.Ordinal)
            ? FindKey(secret)
            : _tokens.Read(secret, TokenCodec.ApiAudience).Authentication;

    private Authentication FindKey(string text)
    {
        if (!KeySecret.TryHash(text, out var hash) || _keys.FindByHash(hash) is not { } key)
            return AuthFault.InvalidKey;
        if (key.IsRevoked || !_tenants.Exists(key.Tenant))
            return AuthFault.KeyRevoked;
        if (key.IsExpired(_time.GetUtcNow()))
            return AuthFault.KeyExpired;
        return new Caller(key.Tenant, key.Role, key.Id, key.Document.Name);
    }

    /// <summary>An IPv6 customer has a network, not an address.</summary>
    private static IPAddress NetworkOf(IPAddress? address)
    {
        if (address is null)
            return IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(Ipv6NetworkBytes).Clear();
        return new IPAddress(bytes);
    }
}
