using Otelier.Signals;
using Otelier.Signals.Services;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Tables;

namespace Otelier.Storage.ClickHouse.Services;

/// <summary>
/// Writes the statements that find calls. Spans are told apart by a 64-bit hash of trace id and span id: among two million of them the
/// chance that any two collide is one in ten million, and a collision miscounts one call.
/// </summary>
internal static class CallSql
{
    private const long MinuteSeconds = 60;

    private const string LineColumns = "Side, Caller, Callee, PeerType, PeerSystem, PeerName, IsQueued, Bucket";

    /// <summary>The spans of some time, by what pairing needs to know of them.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="range">When they began.</param>
    /// <param name="share">Of how many traces one is taken, by a hash of its id; 1 for all.</param>
    public static SqlBuilder Spans(TenantId tenant, TimeRange range, ulong share)
    {
        var sql = Select($"Duration, {Peer} AS Peer").FromRange(SearchedTable.Spans, tenant, range);
        return share == 1 ? sql : sql.AppendLine($"  AND cityHash64(TraceId) % {sql.UInt64(share)} = 0");
    }

    /// <summary>The same of all traces, without what matters only of the spans that are counted.</summary>
    public static SqlBuilder Neighbours(TenantId tenant, TimeRange range) =>
        Select("toUInt64(0) AS Duration").FromRange(SearchedTable.Spans, tenant, range);

    /// <summary>How many spans there are in some time.</summary>
    public static SqlBuilder Count(TenantId tenant, TimeRange range) =>
        new SqlBuilder().AppendLine("SELECT count() AS Spans").FromRange(SearchedTable.Spans, tenant, range);

    /// <summary>How many spans there are by minute, as the rollup of services has counted them.</summary>
    public static SqlBuilder SpansByMinute(TenantId tenant, TimeRange minutes) => new SqlBuilder()
        .AppendLine("SELECT toUInt64(toUnixTimestamp(Minute)) AS Second, sum(Count) AS Spans")
        .FromMinutes(RedTable.Services.Name, tenant, minutes)
        .Append("GROUP BY Minute");

    /// <summary>Who has spans.</summary>
    public static SqlBuilder Tenants() => new SqlBuilder().SelectTenants(RedTable.Services.Name);

    /// <summary>Of settled minutes, or hours, among how many spans their calls were found.</summary>
    public static SqlBuilder Settled(Table<IReadOnlyList<CallRow>> table, TenantId tenant, TimeRange minutes) => new SqlBuilder()
        .AppendLine("SELECT toUInt64(toUnixTimestamp(Minute)) AS Second, argMax(Spans, Version) AS Spans")
        .FromMinutes(table.Name, tenant, minutes)
        .Append("GROUP BY Minute");

    /// <summary>The calls of settled minutes, or hours, added up.</summary>
    /// <param name="table">Minutes or hours.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="runs">Which, newest first; hours by their first minutes.</param>
    public static SqlBuilder Lines(Table<IReadOnlyList<CallRow>> table, TenantId tenant, IReadOnlyList<MinuteRun> runs)
    {
        var range = new MinuteRun(runs[^1].First, runs[0].Last).Range;
        var sql = new SqlBuilder()
            .AppendLine($"SELECT {LineColumns}, sum(Count) AS Calls, sum(Errors) AS FailedCalls, sum(DurationSum) AS Durations")
            .AppendLine("FROM (")
            .AppendLine("SELECT Calls.Side AS Side, Calls.Caller AS Caller, Calls.Callee AS Callee, Calls.PeerType AS PeerType, Calls.PeerSystem AS PeerSystem,")
            .AppendLine("  Calls.PeerName AS PeerName, Calls.IsQueued AS IsQueued, Calls.Bucket AS Bucket, Calls.Count AS Count, Calls.Errors AS Errors,")
            .AppendLine("  Calls.DurationSum AS DurationSum")
            .FromMinutes(table.Name, tenant, range);
        var minutes = runs.Select(run =>
            $"Minute >= toDateTime({sql.Int64(run.First * MinuteSeconds)}, 'UTC') AND Minute <= toDateTime({sql.Int64(run.Last * MinuteSeconds)}, 'UTC')").ToList();
        // What was settled anew has rows of both versions until they are merged.
        return sql
            .AppendLine($"  AND ({string.Join(" OR ", minutes)})")
            .AppendLine("  AND (Minute, Version) IN (")
            .AppendLine("SELECT Minute, max(Version)")
            .FromMinutes(table.Name, tenant, range)
            .AppendLine("GROUP BY Minute)")
            .AppendLine($") ARRAY JOIN {LineColumns}, Count, Errors, DurationSum")
            .Append($"GROUP BY {LineColumns}");
    }

    /// <summary>
    /// The attributes that say whom a span names as its other side. Taking them all at once costs a third of asking for each; of addresses
    /// with a path only the host is taken, or there would be as many as there are requests.
    /// </summary>
    private static string Peer =>
        "if(SpanKind IN ('Client', 'Producer', 'Consumer'), "
        + $"mapApply((k, v) -> (k, if(k IN ({Quoted(CallPeer.UrlAttributes)}), domain(v), v)), mapFilter((k, v) -> k IN ({Quoted(CallPeer.Attributes)}), SpanAttributes)), map())";

    private static SqlBuilder Select(string columns) => new SqlBuilder()
        .AppendLine("SELECT cityHash64(TraceId, SpanId) AS Key, if(ParentSpanId = '', 0, cityHash64(TraceId, ParentSpanId)) AS ParentKey,")
        .AppendLine("  if(SpanKind = 'Consumer', arrayDistinct(arrayMap((t, s) -> cityHash64(t, s), Links.TraceId, Links.SpanId)), []) AS LinkKeys,")
        .AppendLine($"  toUInt32(intDiv(toUnixTimestamp64Nano(Timestamp), {TimeRange.MinuteNanos})) AS Minute,")
        .AppendLine($"  toUInt8(indexOf([{Quoted(Enum.GetNames<CallRole>().Skip(1))}], SpanKind)) AS Role,")
        .AppendLine($"  ServiceName AS Service, StatusCode = 'Error' AS IsFailed, {columns}");

    /// <summary>Names of our own as a list.</summary>
    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));
}
