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
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CreatedBy">The name of the key it was made with.</param>
/// <param name="Quota">How much it may send; null for no limit.</param>
/// <param name="DeletingSince">Since when its data is being deleted; null where it is a tenant like others.</param>
internal sealed record TenantDocument(DateTimeOffset CreatedAt, string CreatedBy, Quota? Quota = null, DateTimeOffset? DeletingSince = null);

/// <summary>A tenant as it is known.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Document">What is kept of it; null for the default one where nothing is.</param>
/// <param name="Version">The document's version in the catalog; 0 where there is none.</param>
internal sealed record Tenant(TenantId Id, TenantDocument? Document, ulong Version)
{
    public bool IsDeleting => Document?.DeletingSince is not null;
}

/// <summary>
/// The tenants there are. The default one always is; its document, if any, only carries its quota. They are documents of the default
/// tenant, since they belong to the server. One that is being deleted opens nothing any more, but keeps its name until nothing of it is left.
/// </summary>
internal sealed class TenantRegistry(ICatalog catalog, TimeProvider time)
{
    public const int TenantsMax = 1000;

    public static readonly CatalogKind Kind = new("tenant", TenantsMax, BodyBytesMax: 4096);

    private readonly CatalogIndex<Dictionary<TenantId, Tenant>> _index = new(catalog, Kind, Build);

    public bool Exists(TenantId tenant) => tenant == TenantId.Default || Find(tenant) is { IsDeleting: false };

    /// <summary>A tenant that there is or that is being deleted; <see langword="null"/> where there is none.</summary>
    public Tenant? Find(TenantId tenant) =>
        _index.Current.GetValueOrDefault(tenant) ?? (tenant == TenantId.Default ? new Tenant(tenant, null, 0) : null);

    /// <summary>A tenant's quota, or <see langword="null"/> where it has none.</summary>
    public Quota? QuotaOf(TenantId tenant) => _index.Current.GetValueOrDefault(tenant)?.Document!.Quota;

    /// <summary>All tenants by name, the default one first, with those that are being deleted.</summary>
    public IReadOnlyList<Tenant> List() =>
    [
        Find(TenantId.Default)!,
        .. _index.Current.Values.Where(tenant => tenant.Id != TenantId.Default).OrderBy(tenant => tenant.Id.Value, StringComparer.Ordinal),
    ];

    public Task<CatalogOutcome> CreateAsync(TenantId tenant, Quota? quota, string createdBy, CancellationToken cancellationToken) =>
        catalog.ApplyAsync(Kind, [ChangeOf(tenant, new TenantDocument(time.GetUtcNow(), createdBy, quota), expectedVersion: 0)], cancellationToken);

    /// <summary><see cref="CatalogOutcome.Conflict"/> where somebody else changed the tenant meanwhile.</summary>
    public Task<CatalogOutcome> SetQuotaAsync(Tenant tenant, Quota quota, string changedBy, CancellationToken cancellationToken)
    {
        var document = tenant.Document ?? new TenantDocument(time.GetUtcNow(), changedBy);
        return catalog.ApplyAsync(Kind, [ChangeOf(tenant.Id, document with { Quota = quota }, tenant.Version)], cancellationToken);
    }

    /// <summary>
    /// Says that a tenant is being deleted; when this returns it opens nothing. <see cref="CatalogOutcome.Conflict"/> where somebody else
    /// changed it meanwhile.
    /// </summary>
    public Task<CatalogOutcome> BeginDeletingAsync(Tenant tenant, CancellationToken cancellationToken) =>
        catalog.ApplyAsync(Kind, [ChangeOf(tenant.Id, tenant.Document! with { DeletingSince = time.GetUtcNow() }, tenant.Version)], cancellationToken);

    /// <summary>Gives a tenant's name free: nothing of it is left.</summary>
    public Task<CatalogOutcome> EndDeletingAsync(Tenant tenant, CancellationToken cancellationToken) =>
        catalog.ApplyAsync(Kind, [new CatalogChange(TenantId.Default, tenant.Id.Value, Body: null, tenant.Version)], cancellationToken);

    private static CatalogChange ChangeOf(TenantId tenant, TenantDocument document, ulong? expectedVersion = null) =>
        new(TenantId.Default, tenant.Value, JsonSerializer.SerializeToUtf8Bytes(document, AuthJsonContext.Default.TenantDocument), expectedVersion);

    private static Dictionary<TenantId, Tenant> Build(IReadOnlyList<CatalogDocument> documents)
    {
        var tenants = new Dictionary<TenantId, Tenant>();
        foreach (var document in documents)
        {
            if (!TenantId.TryParse(document.Id, out var tenant))
                throw new InvalidDataException($"The catalog's tenant '{document.Id}' is none.");
            tenants[tenant] = new Tenant(tenant, JsonSerializer.Deserialize(document.Body.Span, AuthJsonContext.Default.TenantDocument)!, document.Version);
        }

        return tenants;
    }
}
