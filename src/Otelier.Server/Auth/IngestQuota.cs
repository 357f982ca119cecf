using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using Otelier.Server.Ingest;
using Otelier.Signals;

namespace Otelier.Server.Auth;

/// <summary>
/// Holds each tenant to its quota. A request passes while the tenant owes nothing; its bytes are counted when it passes and its items
/// when they are known, so nothing is decoded only to be refused.
/// </summary>
internal sealed class IngestQuota : IAdmissionRule
{
    private readonly ConcurrentDictionary<TenantId, Buckets> _buckets = new();
    private readonly TenantRegistry _tenants;
    private readonly TimeProvider _time;
    private readonly Counter<long> _refusals;

    public IngestQuota(TenantRegistry tenants, TimeProvider time, Meter meter)
    {
        (_tenants, _time) = (tenants, time);
        _refusals = meter.CreateCounter<long>("otelier.ingest.quota_refusals", "{request}", "OTLP requests refused because a tenant's quota was used up, by quota.");
    }

    /// <inheritdoc/>
    public AdmissionRefusal? Check(in IngestRequest request)
    {
        if (BucketsOf(request.Tenant) is not { } buckets)
            return null;
        if (buckets.Items?.Wait() is { } items && items > TimeSpan.Zero)
            return Refuse("items", items, buckets.Quota.ItemsPerSecond);
        if (buckets.Bytes is { } bytes && !bytes.TryTake(request.Received.Length, out var wait))
            return Refuse("bytes", wait, buckets.Quota.BytesPerSecond);
        return null;
    }

    /// <inheritdoc/>
    public void Count(in IngestRequest request, int items) => BucketsOf(request.Tenant)?.Items?.Take(items);

    /// <inheritdoc/>
    public void Leave(in IngestRequest request)
    {
        // What was counted stays counted.
    }

    private AdmissionRefusal Refuse(string quota, TimeSpan wait, long? perSecond)
    {
        _refusals.Add(1, new KeyValuePair<string, object?>("quota", quota));
        return new AdmissionRefusal(string.Create(CultureInfo.InvariantCulture, $"The tenant's quota of {perSecond} {quota} per second is used up."), wait);
    }

    private Buckets? BucketsOf(TenantId tenant)
    {
        if (_tenants.QuotaOf(tenant) is not { } quota)
            return null;
        if (_buckets.TryGetValue(tenant, out var known) && known.Quota == quota)
            return known;
        // There are as many as tenants with quotas, of which there is a limit.
        return _buckets[tenant] = new Buckets(quota, BucketOf(quota.BytesPerSecond, quota), BucketOf(quota.ItemsPerSecond, quota));
    }

    private RateBucket? BucketOf(long? perSecond, Quota quota) =>
        perSecond is { } rate ? new RateBucket(rate, (double)rate * quota.BurstSeconds, _time) : null;

    private sealed record Buckets(Quota Quota, RateBucket? Bytes, RateBucket? Items);
}
