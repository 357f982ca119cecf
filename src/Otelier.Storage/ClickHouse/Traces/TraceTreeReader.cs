using Otelier.Signals;
using Otelier.Signals.Ids;
using Otelier.Signals.Traces;
using Otelier.Signals.Traces.Analysis;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Tables;

namespace Otelier.Storage.ClickHouse.Traces;

/// <summary>Reads what the analysis of one trace needs: its spans without their attributes, one span whole, and which spans match.</summary>
internal sealed class TraceTreeReader(QueryRunner queries)
{
    /// <inheritdoc cref="ITraceStore.GetTraceSpansAsync"/>
    public async Task<IReadOnlyList<TraceSpan>> GetTraceSpansAsync(TenantId tenant, TraceId traceId, TimeRange? hint, CancellationToken cancellationToken) =>
        await queries.ReadAsync<TraceSpan>(SpansSql(tenant, traceId, hint), ReadSpans, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc cref="ITraceStore.GetSpansAsync"/>
    public async Task<IReadOnlyList<Span>> GetSpansAsync(
        TenantId tenant, TraceId traceId, SpanId spanId, TimeRange? hint, CancellationToken cancellationToken) =>
        await queries.ReadAsync<Span>(SpanSql(tenant, traceId, spanId, hint), new SpanRows().Read, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc cref="ITraceStore.FindTraceSpanIdsAsync"/>
    public async Task<IReadOnlySet<SpanId>> FindTraceSpanIdsAsync(
        TenantId tenant, TraceId traceId, TimeRange range, TraceSearch search, CancellationToken cancellationToken) =>
        (await queries.ReadAsync<SpanId>(MatchesSql(tenant, traceId, range, search), ReadIds, cancellationToken).ConfigureAwait(false)).ToHashSet();

    internal static SqlBuilder SpansSql(TenantId tenant, TraceId traceId, TimeRange? hint)
    {
        var sql = new SqlBuilder()
            .AppendLine("SELECT SpanId, ParentSpanId, Timestamp, Duration, ServiceName, SpanName, SpanKind, StatusCode,")
            .AppendLine("  length(`Events.Timestamp`) AS EventCount, length(`Links.TraceId`) AS LinkCount,")
            // What a link says as "follows from" in OpenTracing's words.
            .AppendLine("  arrayExists((id, attributes) -> id = ParentSpanId AND attributes['opentracing.ref_type'] = 'follows_from',")
            .AppendLine("    `Links.SpanId`, `Links.Attributes`) AS FollowsParent");
        return OfTrace(sql, tenant, traceId, hint)
            .AppendLine("ORDER BY Timestamp, SpanId")
            .Append($"LIMIT {sql.Int64(TraceLimits.SpansMax + 1)}");
    }

    internal static SqlBuilder SpanSql(TenantId tenant, TraceId traceId, SpanId spanId, TimeRange? hint)
    {
        var sql = OfTrace(new SqlBuilder().AppendLine($"SELECT {SpanRows.SelectList}"), tenant, traceId, hint);
        return sql
            .AppendLine($"  AND SpanId = {sql.Text(spanId.ToString())}")
            .AppendLine("ORDER BY Timestamp, SpanKind, ServiceName")
            .Append($"LIMIT {sql.Int64(TraceLimits.SameIdMax)}");
    }

    internal static SqlBuilder MatchesSql(TenantId tenant, TraceId traceId, TimeRange range, TraceSearch search)
    {
        var sql = OfTrace(new SqlBuilder().AppendLine("SELECT DISTINCT SpanId"), tenant, traceId, range);
        FilterSql.AppendAnd(sql, SearchedTable.Spans, search.Filter);
        if (search.Text is { } text)
        {
            var sought = sql.Text(text);
            sql.AppendLine($"  AND ({Contains("SpanName")} OR {Contains("ServiceName")} OR {Contains("StatusMessage")}")
                .AppendLine($"    OR arrayExists(value -> {Contains("value")}, mapValues(SpanAttributes)))");
            string Contains(string column) => $"positionCaseInsensitiveUTF8({column}, {sought}) > 0";
        }

        return sql.Append($"LIMIT {sql.Int64(TraceLimits.SpansMax)}");
    }

    private static SqlBuilder OfTrace(SqlBuilder sql, TenantId tenant, TraceId traceId, TimeRange? hint)
    {
        if (hint is { } range)
            sql.FromRange(SearchedTable.Spans, tenant, range);
        else
            sql.FromTenant(SearchedTable.Spans.Name, tenant);
        return sql.AppendLine($"  AND TraceId = {sql.Text(traceId.ToString())}");
    }

    private static void ReadIds(NativeBlock block, List<SpanId> rows)
    {
        var ids = block.GetBytes("SpanId");
        for (var row = 0; row < block.RowCount; row++)
            rows.Add(SpanRows.SpanIdOf(ids.GetString(row)));
    }

    private static void ReadSpans(NativeBlock block, List<TraceSpan> rows)
    {
        var ids = block.GetBytes("SpanId");
        var parents = block.GetBytes("ParentSpanId");
        var starts = block.GetDateTime64("Timestamp");
        var durations = block.GetUInt64("Duration");
        var services = block.GetBytes("ServiceName");
        var names = block.GetBytes("SpanName");
        var kinds = block.GetBytes("SpanKind");
        var statuses = block.GetBytes("StatusCode");
        var events = block.GetUInt64("EventCount");
        var links = block.GetUInt64("LinkCount");
        var follows = block.GetUInt8("FollowsParent");
        for (var row = 0; row < block.RowCount; row++)
        {
            rows.Add(new TraceSpan(
                SpanRows.SpanIdOf(ids.GetString(row)),
                SpanRows.SpanIdOf(parents.GetString(row)),
                (ulong)starts.UnixNanos(row),
                durations[row],
                services.GetString(row),
                names.GetString(row),
                SpanRows.NumberOf(kinds, row, SpanTable.Kinds),
                SpanRows.NumberOf(statuses, row, SpanTable.StatusCodes),
                (int)events[row],
                (int)links[row],
                follows[row] != 0));
        }
    }
}
