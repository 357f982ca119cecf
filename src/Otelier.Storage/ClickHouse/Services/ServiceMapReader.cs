using Otelier.Signals;
using Otelier.Signals.Services;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;

namespace Otelier.Storage.ClickHouse.Services;

/// <summary>Finds who calls whom by pairing spans.</summary>
internal sealed class ServiceMapReader(QueryRunner queries, ServiceReader services)
{
    private const ulong SecondNanos = 1_000_000_000;

    /// <inheritdoc cref="ITraceStore.FindServiceMapAsync"/>
    public async Task<ServiceMap> FindServiceMapAsync(TenantId tenant, TimeRange range, CancellationToken cancellationToken)
    {
        var (paired, warnings) = await NarrowAsync(tenant, range, cancellationToken).ConfigureAwait(false);
        var asked = services.FindServicesAsync(tenant, paired, cancellationToken);
        var called = queries.ReadAsync<NativeBlock>(ServiceMapSql.Called(tenant, paired), Keep, cancellationToken);
        var consumed = queries.ReadAsync<NativeBlock>(ServiceMapSql.Consumed(tenant, paired), Keep, cancellationToken);
        var pairs = await queries.ReadAsync<NativeBlock>(ServiceMapSql.Paired(tenant, paired), Keep, cancellationToken).ConfigureAwait(false);
        var map = new ServiceMapBuilder(await asked.ConfigureAwait(false), paired);
        foreach (var block in pairs)
            AddPaired(block, map);
        foreach (var block in await called.ConfigureAwait(false))
            AddCalled(block, map);
        foreach (var block in await consumed.ConfigureAwait(false))
            AddConsumed(block, map);
        return map.Build(warnings);
    }

    /// <summary>The newest part of a range whose spans are not too many to be paired, in whole minutes but at least one.</summary>
    private async Task<(TimeRange Range, IReadOnlyList<Warning> Warnings)> NarrowAsync(TenantId tenant, TimeRange range, CancellationToken cancellationToken)
    {
        var minutes = await queries.ReadAsync<(ulong Second, ulong Spans)>(
            ServiceMapSql.SpansByMinute(tenant, RedTableChoice.WholeMinutes(range)), ReadMinutes, cancellationToken).ConfigureAwait(false);
        var spans = 0UL;
        for (var i = 0; i < minutes.Count; i++)
        {
            spans += minutes[i].Spans;
            if (spans <= (ulong)ServiceLimits.MapSpansMax || i == 0)
                continue;
            var start = minutes[i - 1].Second * SecondNanos;
            return (range with { StartUnixNano = start }, [new Warning(
                Warning.RangeNarrowed,
                $"The range has more than {ServiceLimits.MapSpansMax} spans; the map is of its part since {DateTimeOffset.FromUnixTimeSeconds((long)minutes[i - 1].Second):u}.")]);
        }

        return (range, []);
    }

    private static void Keep(NativeBlock block, List<NativeBlock> blocks) => blocks.Add(block);

    private static void ReadMinutes(NativeBlock block, List<(ulong Second, ulong Spans)> rows)
    {
        var seconds = block.GetUInt64("Second");
        var spans = block.GetUInt64("Spans");
        for (var row = 0; row < block.RowCount; row++)
            rows.Add((seconds[row], spans[row]));
    }

    private static void AddPaired(NativeBlock block, ServiceMapBuilder map)
    {
        var callers = block.GetBytes("Caller");
        var callees = block.GetBytes("Callee");
        var queued = block.GetUInt8("IsQueued");
        var counts = Counts(block);
        for (var row = 0; row < block.RowCount; row++)
            map.AddPaired(callers.GetString(row), callees.GetString(row), TypeOf(queued[row]), counts(row));
    }

    private static void AddCalled(NativeBlock block, ServiceMapBuilder map)
    {
        var callers = block.GetBytes("Service");
        var callees = block.GetBytes("Callee");
        var answered = block.GetUInt8("IsAnswered");
        var queued = block.GetUInt8("IsQueued");
        var peers = Peers(block);
        var counts = Counts(block);
        for (var row = 0; row < block.RowCount; row++)
        {
            if (answered[row] != 0)
                map.AddAnswered(callers.GetString(row), peers(row), callees.GetString(row), TypeOf(queued[row]), counts(row));
            else
                map.AddUnpaired(callers.GetString(row), peers(row), isToPeer: true, counts(row));
        }
    }

    private static void AddConsumed(NativeBlock block, ServiceMapBuilder map)
    {
        var callees = block.GetBytes("Service");
        var peers = Peers(block);
        var counts = Counts(block);
        for (var row = 0; row < block.RowCount; row++)
            map.AddUnpaired(callees.GetString(row), peers(row), isToPeer: false, counts(row));
    }

    private static CallType TypeOf(byte isQueued) => isQueued == 0 ? CallType.Rpc : CallType.Queue;

    private static Func<int, CallPeer> Peers(NativeBlock block)
    {
        var peers = block.GetMap("Peer");
        var keys = (BytesResultColumn)peers.Keys;
        var values = (BytesResultColumn)peers.Values;
        return row =>
        {
            var (start, length) = peers[row];
            return CallPeer.Of(Enumerable.Range(start, length).ToDictionary(keys.GetString, values.GetString));
        };
    }

    private static Func<int, CallCounts> Counts(NativeBlock block)
    {
        var buckets = block.GetUInt16("Bucket");
        var calls = block.GetUInt64("Calls");
        var failed = block.GetUInt64("FailedCalls");
        var durations = block.GetUInt64("DurationSum");
        return row => new CallCounts(buckets[row], calls[row], failed[row], durations[row]);
    }
}
