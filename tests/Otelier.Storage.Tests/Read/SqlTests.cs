using Otelier.Signals;
using Otelier.Signals.Catalog;
using Otelier.Signals.Filters;
using Otelier.Signals.Ids;
using Otelier.Signals.Logs;
using Otelier.Signals.Services;
using Otelier.Signals.Traces;
using Otelier.Storage.ClickHouse.Fields;
using Otelier.Storage.ClickHouse.Logs;
using Otelier.Storage.ClickHouse.Services;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Tables;
using Otelier.Storage.ClickHouse.Traces;
using Otelier.Storage.ClickHouse.Transports;
using Otelier.Storage.Tests.Engine;
using Otelier.Storage.Tests.Golden;
using Xunit;

namespace Otelier.Storage.Tests.Read;

/// <summary>The statements as reviewed text; see <see cref="GoldenSql"/>.</summary>
public sealed class SqlTests
{
    private static readonly TimeRange Window = new(1_750_000_000_000_000_000, 1_750_000_020_000_000_000);

    private static readonly Filter.And Errors = new(
    [
        new Filter.Comparison(new FilterField.Intrinsic(IntrinsicField.ServiceName), FilterOperator.Equal, new FilterValue.Text("cart")),
        new Filter.Comparison(new FilterField.Intrinsic(IntrinsicField.Status), FilterOperator.Equal, new FilterValue.Text("error")),
        new Filter.Comparison(new FilterField.Attribute(AttributeScope.Any, "http.response.status_code"), FilterOperator.GreaterOrEqual, new FilterValue.Integer(500)),
    ]);

    private static readonly Filter Bodies = new Filter.Or(
    [
        new Filter.Comparison(new FilterField.Intrinsic(IntrinsicField.Body), FilterOperator.Contains, new FilterValue.Text("timeout")),
        new Filter.Not(new Filter.Exists(new FilterField.Attribute(AttributeScope.Resource, "k8s.pod.name"))),
        new Filter.In(new FilterField.Intrinsic(IntrinsicField.SeverityText), [new FilterValue.Text("ERROR"), new FilterValue.Text("FATAL")]),
    ]);

    public static TheoryData<string> Names => [.. Statements().Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_statement_is_the_reviewed_one(string name) => GoldenSql.AssertReviewed(name, Statements()[name]);

    [Fact]
    public void Every_statement_names_its_tenant_first() => GoldenSql.AssertTenantFirst(Statements().Values, "otel_");

    [Fact]
    public async Task A_window_is_read_by_partition_and_sort_key_and_a_trace_by_its_index()
    {
        await using var engine = await ReadEngine.OpenAsync();
        // Two hours of one span a second: 7 granules or more.
        for (ulong part = 0; part < 2; part++)
            await engine.InsertSpansAsync(Requests.Of([.. Enumerable.Range(1, 3600).Select(i => new TestSpan("s", Window.StartUnixNano - (((part * 3600) + (ulong)i) * 1_000_000_000), (part * 3600) + (ulong)i))]));
        var window = new TimeRange(Window.StartUnixNano - 20_000_000_000, Window.StartUnixNano);

        var find = await ExplainAsync(engine.Engine, SpanReader.FindSql(new SpanQuery(TenantId.Default, ReadEngine.Everything, null, 10), window, 11));
        Assert.True(TraceId.TryParse(Requests.TraceIdText(100), out var traceId));
        var get = await ExplainAsync(engine.Engine, SpanReader.TraceSql(TenantId.Default, traceId, null));

        Assert.Contains("toDateTime(Timestamp)", find, StringComparison.Ordinal);
        Assert.Contains("Granules: 1/", find, StringComparison.Ordinal);
        Assert.Contains("idx_trace_id", get, StringComparison.Ordinal);
        Assert.Contains("Granules: 1/", get, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_of_a_service_are_read_by_their_minutes_and_not_from_all_times()
    {
        await using var engine = await ReadEngine.OpenAsync();
        await engine.InsertLogsAsync(Requests.Of([.. Enumerable.Range(1, 7200).Select(i => new TestLog("l", Window.EndUnixNano - ((ulong)i * 1_000_000_000)))]));
        var query = new LogQuery(TenantId.Default, ReadEngine.Everything, Errors.Terms[0], 10);
        var last = Window.EndUnixNano - 5_000_000_000;

        var times = await ExplainAsync(engine.Engine, LogReader.TimesSql(SearchedTable.Logs, query, new TimeRange(last, Window.EndUnixNano), 11));
        var rows = await ExplainAsync(engine.Engine, LogReader.RowsSql(SearchedTable.Logs, query, [last, last + 1_000_000_000], 11));

        Assert.Contains("Granules: 1/", times, StringComparison.Ordinal);
        Assert.Contains("Granules: 1/", rows, StringComparison.Ordinal);
    }

    private static async Task<string> ExplainAsync(TestEngine engine, SqlBuilder sql)
    {
        var statement = sql.Build(QueryLimits.None);
        var blocks = await engine.QueryAsync($"SELECT * FROM (EXPLAIN indexes = 1 {statement.Text})", [.. statement.Parameters]);
        return string.Join('\n', blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => block.GetBytes("explain").GetString(row))));
    }

    private static Dictionary<string, SqlBuilder> Statements()
    {
        Assert.True(TraceId.TryParse("0af7651916cd43dd8448eb211c80319c", out var traceId));
        Assert.True(SpanId.TryParse("00f067aa0ba902b7", out var spanId));
        var traceLog = new TraceLogQuery(TenantId.Default, traceId, null, 100);
        var span = new SpanQuery(TenantId.Default, Window, Errors, 100);
        var trace = new TraceQuery(TenantId.Default, Window, Errors, 20);
        var logs = SearchedTable.LogsWith(LogBodyIndex.Token);
        var red = new RedQuery(TenantId.Default, Window, "cart", Operation: null, Kind: null, RedGrouping.Service, 5, 10);
        var log = new LogQuery(TenantId.Default, Window, Bodies, 100);
        return new Dictionary<string, SqlBuilder>
        {
            ["get-trace"] = SpanReader.TraceSql(TenantId.Default, traceId, null),
            ["get-trace-with-hint"] = SpanReader.TraceSql(TenantId.Default, traceId, Window),
            ["get-traces"] = SpanReader.TracesSql(TenantId.Default, [traceId], Window),
            ["get-trace-tree"] = TraceTreeReader.SpansSql(TenantId.Default, traceId, null),
            ["get-span"] = TraceTreeReader.SpanSql(TenantId.Default, traceId, spanId, Window),
            ["find-trace-span-ids-by-text"] = TraceTreeReader.MatchesSql(TenantId.Default, traceId, Window, new TraceSearch(null, "it's \\ %_")),
            ["find-trace-span-ids-by-filter"] = TraceTreeReader.MatchesSql(TenantId.Default, traceId, Window, new TraceSearch(Errors, null)),
            ["find-trace-logs"] = TraceLogReader.FindSql(traceLog, 101),
            ["find-trace-logs-next-page"] = TraceLogReader.FindSql(
                traceLog with { SpanId = spanId, After = new PageKey(Window.StartUnixNano, "00000000000000ff") }, 102),
            ["find-service-names"] = NameReader.ServicesSql(TenantId.Default, Window),
            ["find-operation-names"] = NameReader.OperationsSql(TenantId.Default, "cart", Window),
            ["find-spans"] = SpanReader.FindSql(span, Window, 101),
            ["find-spans-next-page"] = SpanReader.FindSql(
                span with { Filter = null, After = new PageKey(Window.EndUnixNano - 1, "00f067aa0ba902b70af7651916cd43dd8448eb211c80319c") }, Window, 102),
            ["find-spans-from-end"] = SpanReader.FindSql(span with { Filter = null }, Window, 101, isFromEnd: true),
            ["find-spans-by-value"] = SpanReader.FindSql(
                span with { Filter = new Filter.Comparison(new FilterField.Attribute(AttributeScope.Any, "user.id"), FilterOperator.Equal, new FilterValue.Text("it's \\ 7")) }, Window, 101),
            ["find-spans-by-event"] = SpanReader.FindSql(
                span with
                {
                    Filter = new Filter.And(
                    [
                        new Filter.In(new FilterField.Attribute(AttributeScope.Event, "exception.type"), [new FilterValue.Text("Timeout"), new FilterValue.Integer(7)]),
                        new Filter.Not(new Filter.Exists(new FilterField.Attribute(AttributeScope.Link, "reason"))),
                    ]),
                },
                Window,
                101),
            ["find-traces-candidates"] = TraceReader.CandidatesSql(trace, Window, 21),
            ["find-traces-candidates-next-page"] = TraceReader.CandidatesSql(
                trace with { Filter = null, After = new PageKey(Window.EndUnixNano - 1, "0af7651916cd43dd8448eb211c80319c") }, Window, 21),
            ["find-traces-summaries"] = TraceReader.SummarySql(trace, Window, ["0af7651916cd43dd8448eb211c80319c"]),
            ["find-newest-second"] = NewestStep.Sql(SearchedTable.Spans, SortStep.Second, TenantId.Default, Window),
            ["find-newest-minute"] = NewestStep.Sql(logs, SortStep.Minute, TenantId.Default, Window),
            ["find-logs-times"] = LogReader.TimesSql(logs, log, Window, 101),
            ["find-logs-rows"] = LogReader.RowsSql(logs, log, [Window.StartUnixNano, Window.StartUnixNano + 5], 101),
            ["find-logs-rows-next-page"] = LogReader.RowsSql(logs,
                log with { After = new PageKey(Window.StartUnixNano, "00000000000000ff") }, [Window.StartUnixNano], 102),
            ["find-services"] = ServiceReader.FindSql(TenantId.Default, Window, service: null),
            ["find-services-buckets"] = ServiceReader.BucketsSql(TenantId.Default, Window, "cart"),
            ["find-operations"] = ServiceReader.OperationsSql(TenantId.Default, Window, "cart", 1001),
            ["find-operations-buckets"] = ServiceReader.OperationBucketsSql(TenantId.Default, Window, "cart"),
            ["find-red-lines"] = RedReader.LinesSql(red, Window, 11),
            ["find-red-points"] = RedReader.PointsSql(red, Window),
            ["find-red-buckets"] = RedReader.BucketsSql(red with { GroupBy = RedGrouping.None, Kind = 2 }, Window),
            ["find-calls-minutes"] = CallSql.SpansByMinute(TenantId.Default, Window),
            ["find-calls-settled"] = CallSql.Settled(CallTable.Hours, TenantId.Default, Window),
            ["find-calls-lines"] = CallSql.Lines(CallTable.Minutes, TenantId.Default, [new MinuteRun(29_166_700, 29_166_702), new MinuteRun(29_166_660, 29_166_660)]),
            ["find-calls-spans"] = CallSql.Spans(TenantId.Default, Window, share: 3),
            ["find-calls-count"] = CallSql.Count(TenantId.Default, Window),
            ["find-calls-neighbours"] = CallSql.Neighbours(TenantId.Default, Window),
            ["find-spans-longest"] = SpanReader.LongestSql(
                span with { Order = SpanOrder.Longest, After = new PageKey(5000, "00f067aa0ba902b70af7651916cd43dd8448eb211c80319c") }, 102),
            ["find-traces-ranked"] = RankedTraceReader.RankSql(
                trace with { Order = TraceOrder.MostErrors, After = new PageKey(3, "0af7651916cd43dd8448eb211c80319c") }, 21),
            ["count-spans"] = CountSql.Rows(SearchedTable.Spans, TenantId.Default, Window, Errors),
            ["count-traces"] = CountSql.Distinct("TraceId", SearchedTable.Spans, TenantId.Default, Window, null),
            ["find-fields"] = CatalogSql.Attributes(new FieldQuery(TenantId.Default, Signal.Traces, Window, [AttributeLevel.Span, AttributeLevel.Resource], "http.", 100)),
            ["find-field-values"] = CatalogSql.Values(new FieldValueQuery(
                TenantId.Default, Signal.Traces, Window, new FilterField.Attribute(AttributeScope.Item, "http.route"), "/c", 20))!,
            ["find-field-values-names"] = CatalogSql.Values(new FieldValueQuery(
                TenantId.Default, Signal.Traces, Window, new FilterField.Intrinsic(IntrinsicField.Name), "GET", 20))!,
            ["find-logs-times-words"] = LogReader.TimesSql(
                SearchedTable.LogsWith(LogBodyIndex.Text),
                log with
                {
                    Filter = new Filter.And(
                    [
                        new Filter.FreeText("connection Reset"),
                        new Filter.Comparison(new FilterField.Intrinsic(IntrinsicField.Body), FilterOperator.Contains, new FilterValue.Text("peer; error code=5")),
                        new Filter.Comparison(new FilterField.Attribute(AttributeScope.Item, "thread"), FilterOperator.Matches, new FilterValue.Text("^worker-\\d+$")),
                    ]),
                },
                Window,
                101),
        };
    }
}
