using System.Collections.Concurrent;
using System.Text.Json;
using Otelier.Storage.Catalog;

namespace Otelier.Server.Auth;

/// <summary>
/// When each key was last used. Noted in memory with every request and written now and then, all together: a row per request would be
/// the most written table of the server.
/// </summary>
internal sealed class KeyUses(ICatalog catalog, KeyRing keys, TimeProvider time)
{
    public static readonly CatalogKind Kind = new("api-key-use", KeyRing.KeysPerTenantMax, BodyBytesMax: 256);

    // Coarse enough that a busy key is written once in a while.
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _unwritten = new(StringComparer.Ordinal);

    private readonly CatalogIndex<Dictionary<string, DateTimeOffset>> _written = new(catalog, Kind, documents => documents.ToDictionary(
        document => document.Id,
        document => JsonSerializer.Deserialize(document.Body.Span, AuthJsonContext.Default.KeyUseDocument)!.LastUsedAt,
        StringComparer.Ordinal));

    /// <summary>Notes that a key was used now.</summary>
    public void Note(string keyId)
    {
        var now = time.GetUtcNow();
        var step = new DateTimeOffset(now.Ticks - (now.Ticks % Step.Ticks), TimeSpan.Zero);
        if (!_unwritten.TryGetValue(keyId, out var known) || known < step)
            _unwritten[keyId] = step;
    }

    /// <summary>When a key was last used, to the minute; <see langword="null"/> for never.</summary>
    public DateTimeOffset? LastUsed(string keyId)
    {
        if (_unwritten.TryGetValue(keyId, out var noted))
            return noted;
        return _written.Current.TryGetValue(keyId, out var written) ? written : null;
    }

    /// <summary>Writes what was noted since the last time.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var noted = _unwritten.ToArray();
        var known = _written.Current;
        var changes =
            from use in noted
            let key = keys.Find(use.Key)
            where key is not null && (!known.TryGetValue(use.Key, out var before) || before < use.Value)
            select new CatalogChange(
                key.Tenant, key.Id, JsonSerializer.SerializeToUtf8Bytes(new KeyUseDocument(use.Value), AuthJsonContext.Default.KeyUseDocument));
        await catalog.ApplyAsync(Kind, [.. changes], cancellationToken);
        // What was noted anew meanwhile differs and stays.
        foreach (var use in noted)
            _unwritten.TryRemove(use);
    }

    public Task ForgetAsync(IEnumerable<ApiKey> forgotten, CancellationToken cancellationToken) =>
        catalog.ApplyAsync(Kind, [.. forgotten.Select(key => new CatalogChange(key.Tenant, key.Id, Body: null))], cancellationToken);
}
