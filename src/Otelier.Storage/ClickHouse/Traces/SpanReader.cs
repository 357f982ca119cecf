using System.Runtime.CompilerServices;
using Otelier.Signals;
using Otelier.Signals.Ids;
using Otelier.Signals.Traces;
using Otelier.Storage.ClickHouse.Sql;

namespace Otelier.Storage.ClickHouse.Traces;

/// <summary>Reads spans: one trace's, and searches.</summary>
internal sealed class SpanReader(QueryRunner queries)
{
    /// <summary>
    /// A page's matches are mostly near the end, and a window read from its end is left once they are found. Where so many windows were not
    /// enough, matches are rare: then all of a window is read, by as many threads as there are, which an order would not let them.
    /// </summary>
    private const int WindowsFromEndMax = 2;

    /// <inheritdoc cref="ITraceStore.GetTraceAsync"/>
    public IAsyncEnumerable<Span> GetTraceAsync(TenantId tenant, TraceId traceId, TimeRange? hint, CancellationToken cancellationToken) =>
        StreamAsync(TraceSql(tenant, traceId, hint), cancellationToken);

    /// <inheritdoc cref="ITraceStore.GetTracesAsync"/>
    public IAsyncEnumerable<Span> GetTracesAsync(TenantId tenant, IReadOnlyList<TraceId> traceIds, TimeRange range, CancellationToken cancellationToken) =>
        StreamAsync(TracesSql(tenant, traceIds, range), cancellationToken);

    private async IAsyncEnumerable<Span> StreamAsync(SqlBuilder sql, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = new SpanRows();
        var spans = new List<Span>();
        await foreach (var block in queries.StreamAsync(sql, cancellationToken).ConfigureAwait(false))
        {
            spans.Clear();
            rows.Read(block, spans);
            foreach (var span in spans)
                yield return span;
        }
    }

    /// <inheritdoc cref="ITraceStore.FindSpansAsync"/>
    public async Task<Page<Span>> FindSpansAsync(SpanQuery query, CancellationToken cancellationToken)
    {
        if (query.Order == SpanOrder.Longest)
            return await FindLongestAsync(query, cancellationToken).ConfigureAwait(false);
        // One more than asked for tells whether there is a next page; those given before are read again and passed over.
        var wanted = query.Limit + 1 + Given(query.After);
        var rows = new SpanRows();
        var spans = new List<Span>();
        var windows = new BackwardWindows(UpTo(query.Range, query.After), WindowRules.Newest);
        while (spans.Count < wanted && windows.TryNext(out var window))
        {
            var before = spans.Count;
            var sql = FindSql(query, window, wanted - before, isFromEnd: windows.Taken <= WindowsFromEndMax);
            spans.AddRange(await queries.ReadAsync<Span>(sql, rows.Read, cancellationToken).ConfigureAwait(false));
            if (spans.Count == 0)
                await queries.SkipToNewestAsync(windows, SearchedTable.Spans, query.Tenant, cancellationToken).ConfigureAwait(false);
            // Longer even after a gap: read from its end a window may hold any number of spans, and one granule should not be read for two.
            windows.Grow(spans.Count - before, wanted - spans.Count);
        }

        return PageCut.Cut(spans, query.Limit, query.After, span => new PageKey(span.StartTimeUnixNano, IdOf(span)));
    }

    /// <summary>A trace's spans by the index over trace ids, in order of start.</summary>
    internal static SqlBuilder TraceSql(TenantId tenant, TraceId traceId, TimeRange? hint)
    {
        var sql = new SqlBuilder().AppendLine($"SELECT {SpanRows.SelectList}");
        if (hint is { } range)
            sql.FromRange(SearchedTable.Spans, tenant, range);
        else
            sql.FromTenant(SearchedTable.Spans.Name, tenant);
        return sql
            .AppendLine($"  AND TraceId = {sql.Text(traceId.ToString())}")
            .AppendLine("ORDER BY Timestamp, SpanId")
            .Append($"LIMIT {sql.Int64(TraceLimits.SpansMax + 1)}");
    }

    /// <summary>The spans of some traces.</summary>
    internal static SqlBuilder TracesSql(TenantId tenant, IReadOnlyList<TraceId> traceIds, TimeRange range)
    {
        var sql = new SqlBuilder().AppendLine($"SELECT {SpanRows.SelectList}").FromRange(SearchedTable.Spans, tenant, range);
        return sql
            .AppendLine($"  AND TraceId IN {sql.TextSet([.. traceIds.Select(id => id.ToString())])}")
            .AppendLine("ORDER BY TraceId, Timestamp, SpanId")
            .Append($"LIMIT {sql.Int64(TraceLimits.SpansMax + 1)}");
    }

    /// <summary>The newest matching spans of a window.</summary>
    internal static SqlBuilder FindSql(SpanQuery query, TimeRange window, int limit, bool isFromEnd = false)
    {
        var sql = new SqlBuilder().AppendLine($"SELECT {SpanRows.SelectList}").FromRange(SearchedTable.Spans, query.Tenant, window);
        FilterSql.AppendAnd(sql, SearchedTable.Spans, query.Filter);
        if (query.After is { } after && window.EndUnixNano > after.TimeUnixNano)
        {
            var time = sql.Time(after.TimeUnixNano);
            sql.AppendLine($"  AND (Timestamp < {time} OR concat(SpanId, TraceId) <= {sql.Text(after.Id)})");
        }

        return sql
            .AppendLine($"ORDER BY {(isFromEnd ? SearchedTable.Spans.NewestFirst(window) : "Timestamp DESC")}, SpanId DESC, TraceId DESC")
            .AppendLine($"LIMIT {sql.Int64(limit)}")
            // Find the page by its sort columns first, then read the other columns of its rows alone.
            .Append($"SETTINGS query_plan_max_limit_for_lazy_materialization = {SearchLimits.PageRowsMax * 2}{(isFromEnd ? $", {NewestStep.FromEnd}" : "")}");
    }

    /// <summary>The longest matching spans of the range.</summary>
    internal static SqlBuilder LongestSql(SpanQuery query, int limit)
    {
        var sql = new SqlBuilder().AppendLine($"SELECT {SpanRows.SelectList}").FromRange(SearchedTable.Spans, query.Tenant, query.Range);
        FilterSql.AppendAnd(sql, SearchedTable.Spans, query.Filter);
        if (query.After is { } after)
        {
            var duration = sql.UInt64(after.TimeUnixNano);
            sql.AppendLine($"  AND (Duration < {duration} OR (Duration = {duration} AND concat(SpanId, TraceId) <= {sql.Text(after.Id)}))");
        }

        return sql
            .AppendLine("ORDER BY Duration DESC, SpanId DESC, TraceId DESC")
            .AppendLine($"LIMIT {sql.Int64(limit)}")
            .Append($"SETTINGS query_plan_max_limit_for_lazy_materialization = {SearchLimits.PageRowsMax * 2}");
    }

    private async Task<Page<Span>> FindLongestAsync(SpanQuery query, CancellationToken cancellationToken)
    {
        var sql = LongestSql(query, query.Limit + 1 + Given(query.After));
        var spans = await queries.ReadAsync<Span>(sql, new SpanRows().Read, cancellationToken).ConfigureAwait(false);
        return PageCut.Cut(spans, query.Limit, query.After, span => new PageKey(span.DurationNanos, IdOf(span)));
    }

    private static string IdOf(Span span) => $"{span.SpanId}{span.TraceId}";

    private static int Given(PageKey? after) => after is { } key ? key.Repeats + 1 : 0;

    /// <summary>The range without what is newer than the last row given.</summary>
    private static TimeRange UpTo(TimeRange range, PageKey? after) =>
        after is { } key && key.TimeUnixNano < range.EndUnixNano ? range with { EndUnixNano = key.TimeUnixNano + 1 } : range;
}
