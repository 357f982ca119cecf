using Otelier.Signals;
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
    private const string LinkKeys = "arrayFilter(k -> k != cityHash64(TraceId, ParentSpanId), arrayDistinct(arrayMap((t, s) -> cityHash64(t, s), Links.TraceId, Links.SpanId)))";
    private const string IsAnswer = "SpanKind IN ('Server', 'Consumer')";
    private const string IsCall = "SpanKind IN ('Client', 'Producer')";
    private const string Figures = "count() AS Calls, countIf(Failed) AS FailedCalls, sum(Duration) AS DurationSum";

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
        sql.AppendLine(") AS c ANY INNER JOIN (")
            .AppendLine($"SELECT {Key} AS Id, ServiceName AS Caller, {IsCall} AS IsCaller, SpanKind = 'Producer' AS IsQueue, StatusCode = 'Error' AS IsFailed")
            .FromRange(SearchedTable.Spans, tenant, range);
        return sql
            .AppendLine(") AS p ON c.CauseId = p.Id")
            .AppendLine("WHERE p.Caller != c.Callee OR (p.IsCaller AND c.IsAnswer)")
            .Append("GROUP BY Caller, Callee, IsQueued, Bucket");
    }

    /// <summary>Calls by whom they name and who answered, if anybody did.</summary>
    public static SqlBuilder Called(TenantId tenant, TimeRange range)
    {
        var sql = new SqlBuilder()
            .AppendLine("SELECT Caller, PeerType, PeerSystem, PeerName, c.Callee AS Callee, IsQueue OR c.IsQueue AS IsQueued, Bucket,")
            .AppendLine($"  c.CauseId != 0 AS IsAnswered, {Figures}")
            .AppendLine("FROM (")
            .AppendLine($"SELECT {Key} AS Id, ServiceName AS Caller, SpanKind = 'Producer' AS IsQueue, {Peer}, {Bucket} AS Bucket, StatusCode = 'Error' AS Failed, Duration")
            .FromRange(SearchedTable.Spans, tenant, range)
            .AppendLine($"  AND {IsCall}")
            .AppendLine(") AS p ANY LEFT JOIN (");
        AppendChildren(sql, tenant, range, IsAnswer);
        return sql.AppendLine(") AS c ON p.Id = c.CauseId").Append("GROUP BY Caller, PeerType, PeerSystem, PeerName, Callee, IsQueued, IsAnswered, Bucket");
    }

    /// <summary>Messages that were taken from a queue and whose producer is not known.</summary>
    public static SqlBuilder Consumed(TenantId tenant, TimeRange range)
    {
        var sql = new SqlBuilder()
            .AppendLine($"SELECT Caller, PeerType, PeerSystem, PeerName, Bucket, {Figures}")
            .AppendLine("FROM (")
            .AppendLine($"SELECT ServiceName AS Caller, {Peer}, {Bucket} AS Bucket, StatusCode = 'Error' AS Failed, Duration")
            .FromRange(SearchedTable.Spans, tenant, range)
            .AppendLine("  AND SpanKind = 'Consumer'")
            .AppendLine($"  AND {ParentKey} NOT IN (");
        AppendCalls(sql, tenant, range).AppendLine(")").AppendLine("  AND NOT arrayExists(k -> k IN (");
        return AppendCalls(sql, tenant, range).AppendLine($"), {LinkKeys}))").Append("GROUP BY Caller, PeerType, PeerSystem, PeerName, Bucket");
    }

    /// <summary>The newest minutes that together have so many spans, newest first.</summary>
    public static SqlBuilder SpansByMinute(TenantId tenant, TimeRange minutes)
    {
        var choice = RedTableChoice.Services;
        var sql = new SqlBuilder().AppendLine("SELECT toUInt64(toUnixTimestamp(Minute)) AS Second, sum(Count) AS Spans");
        return choice.From(sql, tenant, minutes).AppendLine("GROUP BY Minute").Append("ORDER BY Minute DESC");
    }

    /// <summary>Whom a span names as its other side; the older names of attributes after the newer.</summary>
    private static string Peer =>
        $"{First("db.system.name", "db.system")} AS DatabaseSystem, {First("messaging.system")} AS QueueSystem, "
        + "multiIf(DatabaseSystem != '', 1, QueueSystem != '', 2, 3) AS PeerType, if(DatabaseSystem != '', DatabaseSystem, QueueSystem) AS PeerSystem, "
        + $"multiIf(PeerType = 1, {First("db.namespace", "db.name", "server.address", "net.peer.name")}, "
        + $"PeerType = 2, {First("messaging.destination.name", "messaging.destination")}, {ExternalName}) AS PeerName";

    private static string ExternalName =>
        $"{First("peer.service", "server.address", "net.peer.name", "network.peer.address")[..^1]}, "
        + "domain(SpanAttributes['url.full']), domain(SpanAttributes['http.url']), SpanAttributes['rpc.service'])";

    private static string First(params string[] keys) =>
        keys is [var only] ? $"SpanAttributes['{only}']" : $"firstNonDefault({string.Join(", ", keys.Select(key => $"SpanAttributes['{key}']"))})";

    private static void AppendChildren(SqlBuilder sql, TenantId tenant, TimeRange range, string condition)
    {
        const string Columns =
            $"ServiceName AS Callee, {IsAnswer} AS IsAnswer, SpanKind = 'Consumer' AS IsQueue, StatusCode = 'Error' AS IsFailed, {Bucket} AS Bucket, Duration";
        sql.AppendLine($"SELECT {ParentKey} AS CauseId, {Columns}")
            .FromRange(SearchedTable.Spans, tenant, range)
            .AppendLine($"  AND ParentSpanId != '' AND {condition}")
            .AppendLine("UNION ALL")
            .AppendLine($"SELECT arrayJoin({LinkKeys}) AS CauseId, {Columns}")
            .FromRange(SearchedTable.Spans, tenant, range)
            .AppendLine("  AND SpanKind = 'Consumer' AND notEmpty(Links.SpanId)");
    }

    private static SqlBuilder AppendCalls(SqlBuilder sql, TenantId tenant, TimeRange range) => sql
        .AppendLine($"SELECT {Key}")
        .FromRange(SearchedTable.Spans, tenant, range)
        .AppendLine($"  AND {IsCall}");
}
