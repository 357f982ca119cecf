using Otelier.Signals;
using Otelier.Signals.Services;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Tables;

namespace Otelier.Storage.ClickHouse.Services;

/// <summary>Puts service maps together: of settled minutes from their stored calls, of others by pairing their spans.</summary>
internal sealed class ServiceMapReader(QueryRunner queries, ServiceReader services, CallReader calls)
{
    /// <inheritdoc cref="ITraceStore.FindServiceMapAsync"/>
    public async Task<ServiceMap> FindServiceMapAsync(TenantId tenant, TimeRange range, CancellationToken cancellationToken)
    {
        var minutes = MinuteRun.Of(range);
        var spans = await MinuteSpans.ReadAsync(queries, tenant, minutes, cancellationToken).ConfigureAwait(false);
        var plan = MapPlan.Of(minutes, spans);
        var asked = services.FindServicesAsync(tenant, plan.Range, cancellationToken);
        var hours = calls.FindSettledAsync(CallTable.Hours, tenant, plan.Hours, cancellationToken);
        var settled = calls.FindSettledAsync(CallTable.Minutes, tenant, plan.Settled, cancellationToken);
        var paired = new List<CountedCalls>();
        foreach (var run in plan.Unsettled)
            paired.AddRange((await calls.PairAsync(tenant, run, spans.Of(run), cancellationToken).ConfigureAwait(false)).Calls.SelectMany(minute => minute));
        var map = new ServiceMapBuilder(await asked.ConfigureAwait(false), plan.Range);
        foreach (var counted in (await hours.ConfigureAwait(false)).Concat(await settled.ConfigureAwait(false)).Concat(paired))
            map.Add(counted);
        return map.Build(plan.Warnings);
    }
}
