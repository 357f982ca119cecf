using Otelier.Signals;
using Otelier.Signals.Ids;
using Otelier.Signals.Traces;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;

namespace Otelier.Storage.ClickHouse.Traces;

/// <summary>
/// Searches traces: finds the ids with a matching span window by window, then summarises those traces alone. A trace's place is
/// the start of its first matching span in the range. So in a window [a, b) it has its place only if it has no match before a, which
/// the summary tells; if it has, an earlier window finds it.
/// </summary>
internal sealed class TraceReader(QueryRunner queries)
{
    /// <inheritdoc cref="ITraceStore.FindTracesAsync"/>
    public async Task<Page<TraceSummary>> FindTracesAsync(TraceQuery query, CancellationToken cancellationToken)
    {
        var items = new List<TraceSummary>();
        var end = query.After is { } after ? Math.Min(query.Range.EndUnixNano, after.TimeUnixNano + 1) : query.Range.EndUnixNano;
        var windows = new BackwardWindows(query.Range with { EndUnixNano = end }, WindowRules.Newest);
        while (windows.TryNext(out var window))
        {
            var missing = query.Limit - items.Count;
            var found = await queries.ReadAsync<PageKey>(CandidatesSql(query, window, missing + 1), ReadCandidates, cancellationToken).ConfigureAwait(false);
            var isFull = found.Count > missing;
            var candidates = isFull ? found[..missing] : found;
            if (candidates.Count > 0)
                items.AddRange(await SummariseAsync(query, window, candidates, cancellationToken).ConfigureAwait(false));
            // What is left of this window comes with the next page, even where a candidate had its place elsewhere.
            if (isFull)
                return new Page<TraceSummary>(items, candidates[^1], []);
            if (items.Count >= query.Limit && window.StartUnixNano > query.Range.StartUnixNano)
                return new Page<TraceSummary>(items, candidates[^1], []);
            if (found.Count > 0 || !await queries.SkipToNewestAsync(windows, SearchedTable.Spans, query.Tenant, cancellationToken).ConfigureAwait(false))
                windows.Grow(found.Count, Math.Max(query.Limit - items.Count, 1));
        }

        return new Page<TraceSummary>(items, null, []);
    }

    /// <summary>Ids of traces with a matching span in the window, and the first one's start, newest first.</summary>
    internal static SqlBuilder CandidatesSql(TraceQuery query, TimeRange window, int limit)
    {
        var sql = new SqlBuilder().AppendLine("SELECT TraceId, min(Timestamp) AS First").FromRange(SearchedTable.Spans, query.Tenant, window);
        FilterSql.AppendAnd(sql, SearchedTable.Spans, query.Filter);
        sql.AppendLine("GROUP BY TraceId");
        if (query.After is { } after && window.EndUnixNano > after.TimeUnixNano)
        {
            var time = sql.Time(after.TimeUnixNano);
            sql.AppendLine($"HAVING First < {time} OR TraceId < {sql.Text(after.Id)}");
        }

        return sql.AppendLine("ORDER BY First DESC, TraceId DESC").Append($"LIMIT {sql.Int64(limit)}");
    }

    /// <summary>Sums up some traces from all their spans near the window.</summary>
    internal static SqlBuilder SummarySql(TraceQuery query, TimeRange window, IReadOnlyList<string> traceIds)
    {
        var around = (ulong)TraceQuery.LookAround.Ticks * 100;
        var near = new TimeRange(window.StartUnixNano - Math.Min(around, window.StartUnixNano), Math.Min(window.EndUnixNano + around, long.MaxValue));
        var sql = new SqlBuilder();
        var match = $"Timestamp >= {sql.Time(query.Range.StartUnixNano)} AND Timestamp < {sql.Time(query.Range.EndUnixNano)}";
        if (query.Filter is { } filter)
            match += $" AND {FilterSql.Condition(sql, SearchedTable.Spans, filter)}";
        return sql
            .AppendLine("SELECT")
            .AppendLine("  TraceId,")
            .AppendLine($"  minIf(Timestamp, {match}) AS First,")
            .AppendLine("  min(Timestamp) AS Start,")
            .AppendLine("  max(toUnixTimestamp64Nano(Timestamp) + toInt64(Duration)) AS End,")
            .AppendLine("  count() AS Spans,")
            .AppendLine("  countIf(StatusCode = 'Error') AS Errors,")
            .AppendLine($"  arraySort(groupUniqArray({TraceQuery.ServicesMax})(toString(ServiceName))) AS Services,")
            .AppendLine("  argMin(toString(ServiceName), (ParentSpanId != '', Timestamp, SpanId)) AS RootService,")
            .AppendLine("  argMin(toString(SpanName), (ParentSpanId != '', Timestamp, SpanId)) AS RootName")
            .FromRange(SearchedTable.Spans, query.Tenant, near)
            .AppendLine($"  AND TraceId IN {sql.TextSet(traceIds)}")
            .Append("GROUP BY TraceId");
    }

    private async Task<IEnumerable<TraceSummary>> SummariseAsync(
        TraceQuery query, TimeRange window, List<PageKey> candidates, CancellationToken cancellationToken)
    {
        var byId = await SummariesAsync(queries, query, window, candidates, cancellationToken).ConfigureAwait(false);
        // Retention may have taken a trace between the two queries.
        return candidates
            .Where(candidate => byId.TryGetValue(candidate.Id, out var summary) && summary.First >= window.StartUnixNano)
            .Select(candidate => byId[candidate.Id].Trace);
    }

    /// <summary>Summaries by trace id, each with the start of the first match.</summary>
    internal static async Task<Dictionary<string, (ulong First, TraceSummary Trace)>> SummariesAsync(
        QueryRunner queries, TraceQuery query, TimeRange window, IReadOnlyList<PageKey> traces, CancellationToken cancellationToken)
    {
        var sql = SummarySql(query, window, [.. traces.Select(trace => trace.Id)]);
        var summaries = await queries.ReadAsync<(ulong First, TraceSummary Trace)>(sql, ReadSummaries, cancellationToken).ConfigureAwait(false);
        return summaries.ToDictionary(summary => summary.Trace.TraceId.ToString(), StringComparer.Ordinal);
    }

    private static void ReadCandidates(NativeBlock block, List<PageKey> rows)
    {
        var ids = block.GetBytes("TraceId");
        var first = block.GetDateTime64("First");
        for (var row = 0; row < block.RowCount; row++)
            rows.Add(new PageKey((ulong)first.UnixNanos(row), ids.GetString(row)));
    }

    private static void ReadSummaries(NativeBlock block, List<(ulong First, TraceSummary Trace)> rows)
    {
        var ids = block.GetBytes("TraceId");
        var first = block.GetDateTime64("First");
        var start = block.GetDateTime64("Start");
        var end = block.GetInt64("End");
        var spans = block.GetUInt64("Spans");
        var errors = block.GetUInt64("Errors");
        var services = block.GetArray("Services");
        var names = (BytesResultColumn)services.Items;
        var rootService = block.GetBytes("RootService");
        var rootName = block.GetBytes("RootName");
        for (var row = 0; row < block.RowCount; row++)
        {
            if (!TraceId.TryParse(ids.GetString(row), out var id))
                continue;
            var (at, count) = services[row];
            rows.Add(((ulong)first.UnixNanos(row), new TraceSummary(
                id,
                rootService.GetString(row),
                rootName.GetString(row),
                (ulong)start.UnixNanos(row),
                (ulong)(end[row] - start.UnixNanos(row)),
                spans[row],
                errors[row],
                [.. Enumerable.Range(at, count).Select(names.GetString)])));
        }
    }
}
