using Otelier.Signals;
using Otelier.Signals.Traces;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;

namespace Otelier.Storage.ClickHouse.Traces;

/// <summary>
/// Searches traces by something else than their time: ranks all traces of the range by what their spans in it come to, then
/// summarises those of the page.
/// </summary>
internal sealed class RankedTraceReader(QueryRunner queries)
{
    /// <inheritdoc cref="ITraceStore.FindTracesAsync"/>
    public async Task<Page<TraceSummary>> FindTracesAsync(TraceQuery query, CancellationToken cancellationToken)
    {
        var ranked = await queries.ReadAsync<(PageKey Key, ulong Traces)>(RankSql(query, query.Limit + 1), Read, cancellationToken).ConfigureAwait(false);
        var page = ranked.Take(query.Limit).Select(trace => trace.Key).ToList();
        if (page.Count == 0)
            return new Page<TraceSummary>([], null, []);
        var byId = await TraceReader.SummariesAsync(queries, query, query.Range, page, cancellationToken).ConfigureAwait(false);
        // Retention may have taken a trace between the two queries.
        var items = page.Where(trace => byId.ContainsKey(trace.Id)).Select(trace => byId[trace.Id].Trace).ToList();
        Warning[] warnings = ranked[0].Traces >= TraceQuery.RankedMax
            ? [new Warning(Warning.Capped, $"The range has more than {TraceQuery.RankedMax} traces, of which so many were compared; ask for a shorter range.")]
            : [];
        return new Page<TraceSummary>(items, ranked.Count > query.Limit ? page[^1] : null, warnings);
    }

    /// <summary>The traces of the range with a match, by their rank, descending; beside each how many traces were compared.</summary>
    internal static SqlBuilder RankSql(TraceQuery query, int limit)
    {
        var sql = new SqlBuilder();
        var match = query.Filter is { } filter ? $"countIf({FilterSql.Condition(sql, SearchedTable.Spans, filter)})" : "1";
        sql.AppendLine("SELECT TraceId, Rank, Traces FROM (")
            .AppendLine($"SELECT TraceId, {Rank(query.Order)} AS Rank, {match} AS Matches, count() OVER () AS Traces")
            .FromRange(SearchedTable.Spans, query.Tenant, query.Range)
            .AppendLine("GROUP BY TraceId)")
            .AppendLine("WHERE Matches > 0");
        if (query.After is { } after)
        {
            var rank = sql.UInt64(after.TimeUnixNano);
            sql.AppendLine($"  AND (Rank < {rank} OR (Rank = {rank} AND TraceId < {sql.Text(after.Id)}))");
        }

        return sql
            .AppendLine("ORDER BY Rank DESC, TraceId DESC")
            .AppendLine($"LIMIT {sql.Int64(limit)}")
            .Append($"SETTINGS max_rows_to_group_by = {TraceQuery.RankedMax}, group_by_overflow_mode = 'any'");
    }

    private static string Rank(TraceOrder order) => order switch
    {
        TraceOrder.Longest => "toUInt64(max(toUnixTimestamp64Nano(Timestamp) + toInt64(Duration)) - toUnixTimestamp64Nano(min(Timestamp)))",
        TraceOrder.MostSpans => "count()",
        TraceOrder.MostErrors => "countIf(StatusCode = 'Error')",
        _ => throw new ArgumentOutOfRangeException(nameof(order), order, "Not ranked."),
    };

    private static void Read(NativeBlock block, List<(PageKey Key, ulong Traces)> rows)
    {
        var ids = block.GetBytes("TraceId");
        var ranks = block.GetUInt64("Rank");
        var traces = block.GetUInt64("Traces");
        for (var row = 0; row < block.RowCount; row++)
            rows.Add((new PageKey(ranks[row], ids.GetString(row)), traces[row]));
    }
}
