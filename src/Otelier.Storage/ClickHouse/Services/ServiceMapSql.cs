using Otelier.Signals;
using Otelier.Signals.Services;
using Otelier.Storage.ClickHouse.Sql;

namespace Otelier.Storage.ClickHouse.Services;

/// <summary>
/// Writes the statements of the service map. Spans are found by a 64-bit hash of trace id and span id: among two million of them the chance
/// that any two collide is one in ten million, and a collision miscounts one call.
/// </summary>
internal static class ServiceMapSql
{
    private const string Key = "cityHash64(TraceId, SpanId)";
    private const string ParentKey = "cityHash64(TraceId, ParentSpanId)";
    /// <summary>The parent and what is linked to.</summary>
    private const string CauseIds = "arrayPushBack(arrayMap((t, s) -> cityHash64(t, s), Links.TraceId, Links.SpanId), cityHash64(TraceId, ParentSpanId))";

    private const string LinkKeys = "arrayFilter(k -> k != cityHash64(TraceId, ParentSpanId), arrayDistinct(arrayMap((t, s) -> cityHash64(t, s), Links.TraceId, Links.SpanId)))";
    private const string IsAnswer = "SpanKind IN ('Server', 'Consumer')";
    private const string IsCall = "SpanKind IN ('Client', 'Producer')";
    private const string IsFailed = "StatusCode = 'Error' AS IsFailed";

    /// <summary>The rollups' bucket of a duration.</summary>
    private const string Bucket = "toUInt16(if(Duration = 0, 0, 1 + floor(4 * log2(Duration))))";

    /// <summary>
    /// Calls of which both sides sent a span, by caller and callee: a span and its parent in another service; an answer and the call it
    /// answers, in whichever service; a consumer and what it links to.
    /// </summary>
    public static SqlBuilder Paired(TenantId tenant, TimeRange range)
    {
        var sql = new SqlBuilder()
            .AppendLine("SELECT p.Caller AS Caller, c.Callee AS Callee, (p.IsQueue OR c.IsQueue) AS IsQueued, c.Bucket AS Bucket,")
            .AppendLine("  count() AS Calls, countIf(c.IsFailed OR p.IsFailed) AS FailedCalls, sum(c.Duration) AS DurationSum")
            .AppendLine("FROM (");
        AppendChildren(sql, tenant, range, "SpanKind NOT IN ('Client', 'Producer')");
        // An inner ANY would pair every cause only once, and a message may be taken by several consumers.
        sql.AppendLine(") AS c ANY LEFT JOIN (")
            .AppendLine($"SELECT {Key} AS Id, ServiceName AS Caller, {IsCall} AS IsCaller, SpanKind = 'Producer' AS IsQueue, {IsFailed}")
            .FromRange(SearchedTable.Spans, tenant, range);
        return sql
            .AppendLine(") AS p ON c.CauseId = p.Id")
            .AppendLine("WHERE p.Id != 0 AND (p.Caller != c.Callee OR (p.IsCaller AND c.IsAnswer))")
            .Append("GROUP BY Caller, Callee, IsQueued, Bucket");
    }

    /// <summary>Calls by whom they name and who answered, if anybody did.</summary>
    public static SqlBuilder Called(TenantId tenant, TimeRange range)
    {
        var sql = new SqlBuilder()
            .AppendLine("SELECT Service, Peer, c.Callee AS Callee, IsQueue OR c.IsQueue AS IsQueued, p.Bucket AS Bucket, c.CauseId != 0 AS IsAnswered,")
            .AppendLine("  count() AS Calls, countIf(p.IsFailed) AS FailedCalls, sum(p.Duration) AS DurationSum")
            .AppendLine("FROM (")
            .AppendLine($"SELECT {Key} AS Id, ServiceName AS Service, SpanKind = 'Producer' AS IsQueue, {Peer} AS Peer, {Bucket} AS Bucket, {IsFailed}, Duration")
            .FromRange(SearchedTable.Spans, tenant, range)
            .AppendLine($"  AND {IsCall}")
            .AppendLine(") AS p ANY LEFT JOIN (");
        AppendChildren(sql, tenant, range, IsAnswer);
        return sql.AppendLine(") AS c ON p.Id = c.CauseId").Append("GROUP BY Service, Peer, Callee, IsQueued, IsAnswered, Bucket");
    }

    /// <summary>Messages that were taken from a queue and whose producer is not known.</summary>
    public static SqlBuilder Consumed(TenantId tenant, TimeRange range)
    {
        var sql = new SqlBuilder()
            .AppendLine("SELECT Service, Peer, Bucket, count() AS Calls, countIf(IsFailed) AS FailedCalls, sum(Duration) AS DurationSum")
            .AppendLine("FROM (")
            .AppendLine($"SELECT {CauseIds} AS Causes, ServiceName AS Service, {Peer} AS Peer, {Bucket} AS Bucket, {IsFailed}, Duration")
            .FromRange(SearchedTable.Spans, tenant, range)
            .AppendLine("  AND SpanKind = 'Consumer')")
            .AppendLine("WHERE NOT arrayExists(cause -> cause IN (")
            .AppendLine($"SELECT {Key}")
            .FromRange(SearchedTable.Spans, tenant, range)
            .AppendLine($"  AND {IsCall}")
            // The set is small, so that the calls are looked through but not kept.
            .AppendLine($"  AND {Key} IN (")
            .AppendLine($"SELECT arrayJoin({CauseIds})")
            .FromRange(SearchedTable.Spans, tenant, range);
        return sql.AppendLine("  AND SpanKind = 'Consumer')), Causes)").Append("GROUP BY Service, Peer, Bucket");
    }

    /// <summary>The newest minutes that together have so many spans, newest first.</summary>
    public static SqlBuilder SpansByMinute(TenantId tenant, TimeRange minutes)
    {
        var choice = RedTableChoice.Services;
        var sql = new SqlBuilder().AppendLine("SELECT toUInt64(toUnixTimestamp(Minute)) AS Second, sum(Count) AS Spans");
        return choice.From(sql, tenant, minutes).AppendLine("GROUP BY Minute").Append("ORDER BY Minute DESC");
    }

    /// <summary>
    /// The attributes that say whom a span names as its other side. Taking them all at once costs a third of asking for each; of addresses
    /// with a path only the host is taken, or there would be as many as there are requests.
    /// </summary>
    private static string Peer =>
        $"mapApply((k, v) -> (k, if(k IN ({Quoted(CallPeer.UrlAttributes)}), domain(v), v)), mapFilter((k, v) -> k IN ({Quoted(CallPeer.Attributes)}), SpanAttributes))";

    /// <summary>Names of our own as a list.</summary>
    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));

    private static void AppendChildren(SqlBuilder sql, TenantId tenant, TimeRange range, string condition)
    {
        const string Columns =
            $"ServiceName AS Callee, {IsAnswer} AS IsAnswer, SpanKind = 'Consumer' AS IsQueue, {IsFailed}, {Bucket} AS Bucket, Duration";
        sql.AppendLine($"SELECT {ParentKey} AS CauseId, {Columns}")
            .FromRange(SearchedTable.Spans, tenant, range)
            .AppendLine($"  AND ParentSpanId != '' AND {condition}")
            .AppendLine("UNION ALL")
            .AppendLine($"SELECT arrayJoin({LinkKeys}) AS CauseId, {Columns}")
            .FromRange(SearchedTable.Spans, tenant, range)
            .AppendLine("  AND SpanKind = 'Consumer' AND notEmpty(Links.SpanId)");
    }
}
