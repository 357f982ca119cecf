using System.Text.Json;
using Otelier.Signals;
using Otelier.Storage.Catalog;

namespace Otelier.Server.Auth;

/// <summary>How much telemetry a tenant may send. Null is without a limit.</summary>
/// <param name="BytesPerSecond">Bytes of messages as received, in the long run.</param>
/// <param name="ItemsPerSecond">Spans, log records and data points, in the long run.</param>
/// <param name="BurstSeconds">How many seconds' worth may come at once.</param>
internal sealed record Quota(long? BytesPerSecond = null, long? ItemsPerSecond = null, int BurstSeconds = Quota.BurstSecondsDefault)
{
    public const int BurstSecondsDefault = 10;
    public const int BurstSecondsMax = 3600;
    public const long BytesPerSecondMin = 1024;
    public const long RateMax = 1L << 40;

    /// <summary>What is wrong with it, or <see langword="null"/>.</summary>
    public string? Problem()
    {
        if (BytesPerSecond is < BytesPerSecondMin or > RateMax)
            return $"'bytesPerSecond' is to be from {BytesPerSecondMin} to {RateMax}, or absent for no limit.";
        if (ItemsPerSecond is < 1 or > RateMax)
            return $"'itemsPerSecond' is to be from 1 to {RateMax}, or absent for no limit.";
        return BurstSeconds is < 1 or > BurstSecondsMax ? $"'burstSeconds' is to be from 1 to {BurstSecondsMax}." : null;
    }
}

/// <summary>A tenant in the catalog.</summary>
internal sealed record TenantDocument(DateTimeOffset CreatedAt, string CreatedBy, Quota? Quota = null);

/// <summary>A tenant as it is known.</summary>
internal sealed record Tenant(TenantId Id, TenantDocument? Document);

/// <summary>
/// The tenants there are. The default one always is; its document, if any, only carries its quota. They are documents of the default
/// tenant, since they belong to the server.
/// </summary>
internal sealed class TenantRegistry(ICatalog catalog, TimeProvider time)
{
    public const int TenantsMax = 1000;

    public static readonly CatalogKind Kind = new("tenant", TenantsMax, BodyBytesMax: 4096);

    private readonly CatalogIndex<Dictionary<TenantId, TenantDocument>> _index = new(catalog, Kind, Build);

    public bool Exists(TenantId tenant) => tenant == TenantId.Default || _index.Current.ContainsKey(tenant);

    /// <summary>A tenant's quota, or <see langword="null"/> where it has none.</summary>
    public Quota? QuotaOf(TenantId tenant) => _index.Current.GetValueOrDefault(tenant)?.Quota;

    /// <summary>All tenants by name, the default one first.</summary>
    public IReadOnlyList<Tenant> List()
    {
        var known = _index.Current;
        return
        [
            new Tenant(TenantId.Default, known.GetValueOrDefault(TenantId.Default)),
            .. known.Where(tenant => tenant.Key != TenantId.Default).OrderBy(tenant => tenant.Key.Value, StringComparer.Ordinal)
                .Select(tenant => new Tenant(tenant.Key, tenant.Value)),
        ];
    }

    public Task<CatalogOutcome> CreateAsync(TenantId tenant, Quota? quota, string createdBy, CancellationToken cancellationToken) =>
        catalog.ApplyAsync(Kind, [ChangeOf(tenant, new TenantDocument(time.GetUtcNow(), createdBy, quota), expectedVersion: 0)], cancellationToken);

    public Task<CatalogOutcome> SetQuotaAsync(TenantId tenant, Quota quota, string changedBy, CancellationToken cancellationToken)
    {
        var document = _index.Current.GetValueOrDefault(tenant) ?? new TenantDocument(time.GetUtcNow(), changedBy);
        return catalog.ApplyAsync(Kind, [ChangeOf(tenant, document with { Quota = quota })], cancellationToken);
    }

    public Task<CatalogOutcome> DeleteAsync(TenantId tenant, CancellationToken cancellationToken) =>
        catalog.ApplyAsync(Kind, [new CatalogChange(TenantId.Default, tenant.Value, Body: null)], cancellationToken);

    private static CatalogChange ChangeOf(TenantId tenant, TenantDocument document, ulong? expectedVersion = null) =>
        new(TenantId.Default, tenant.Value, JsonSerializer.SerializeToUtf8Bytes(document, AuthJsonContext.Default.TenantDocument), expectedVersion);

    private static Dictionary<TenantId, TenantDocument> Build(IReadOnlyList<CatalogDocument> documents)
    {
        var tenants = new Dictionary<TenantId, TenantDocument>();
        foreach (var document in documents)
        {
            if (!TenantId.TryParse(document.Id, out var tenant))
                throw new InvalidDataException($"The catalog's tenant '{document.Id}' is none.");
            tenants[tenant] = JsonSerializer.Deserialize(document.Body.Span, AuthJsonContext.Default.TenantDocument)!;
        }

        return tenants;
    }
}
