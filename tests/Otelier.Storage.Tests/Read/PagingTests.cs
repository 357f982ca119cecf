using Otelier.Signals;
using Otelier.Signals.Filters;
using Otelier.Signals.Logs;
using Otelier.Signals.Traces;
using Xunit;

namespace Otelier.Storage.Tests.Read;

public sealed class PagingTests
{
    private const ulong Now = ReadEngine.Now;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Spans_of_one_time_page_without_gap_or_duplicate_while_inserts_go_on()
    {
        await using var engine = await ReadEngine.OpenAsync();
        await engine.InsertSpansAsync(Requests.Of([.. Numbers(2500).Select(i => new TestSpan($"s{i}", Now, i, i))]));
        await engine.InsertSpansAsync(Requests.Of([.. Numbers(50).Select(i => new TestSpan($"older{i}", Now - (i * 60_000_000_000), i + 5000, i + 5000))]));
        var query = new SpanQuery(TenantId.Default, ReadEngine.Everything, null, 100);
        var more = 10_000UL;

        var spans = await ReadEngine.AllPagesAsync(
            after => engine.Spans.FindSpansAsync(query with { After = after }, Stop),
            // Newer than every page that is still to come.
            () => engine.InsertSpansAsync(Requests.Of(new TestSpan("new", Now + 1, ++more, more))));

        Assert.Equal(2550, spans.Count);
        Assert.Equal(2550, spans.Select(span => span.SpanId).Distinct().Count());
        Assert.Equal(spans.OrderByDescending(span => span.StartTimeUnixNano).Select(span => span.StartTimeUnixNano), spans.Select(span => span.StartTimeUnixNano));
    }

    [Fact]
    public async Task Records_of_one_time_page_without_gap_or_duplicate_even_where_they_are_equal()
    {
        await using var engine = await ReadEngine.OpenAsync();
        await engine.InsertLogsAsync(Requests.Of([.. Numbers(2500).Select(i => new TestLog($"r{i}", Now))]));
        await engine.InsertLogsAsync(Requests.Of([.. Enumerable.Repeat(new TestLog("again", Now), 350)]));
        await engine.InsertLogsAsync(Requests.Of([.. Numbers(50).Select(i => new TestLog($"older{i}", Now - (i * 60_000_000_000)))]));
        var query = new LogQuery(TenantId.Default, ReadEngine.Everything, null, 100);

        var records = await ReadEngine.AllPagesAsync(
            after => engine.Logs.FindLogsAsync(query with { After = after }, Stop),
            () => engine.InsertLogsAsync(Requests.Of(new TestLog("new", Now + 1))));

        var counts = records.GroupBy(record => record.Body!.Value.ToString()).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(2900, records.Count);
        Assert.Equal(350, counts["again"]);
        Assert.Equal(2551, counts.Count);
    }

    [Fact]
    public async Task Traces_page_by_their_first_match_without_gap_or_duplicate()
    {
        await using var engine = await ReadEngine.OpenAsync();
        var spans = new List<TestSpan>();
        foreach (var trace in Numbers(300))
        {
            // Three spans each, up to five minutes apart, so that windows cut through traces; every third time is shared.
            var start = Now - (trace / 3 * 7_000_000_000);
            spans.Add(new TestSpan("root", start, trace, (trace * 10) + 1) { Service = "edge" });
            spans.Add(new TestSpan("child", start + 30_000_000_000, trace, (trace * 10) + 2) { Parent = (trace * 10) + 1, Status = 2, DurationNanos = 5 });
            spans.Add(new TestSpan("late", start + 300_000_000_000, trace, (trace * 10) + 3) { Parent = (trace * 10) + 1, DurationNanos = 7 });
        }

        await engine.InsertSpansAsync(Requests.Of(spans));
        var query = new TraceQuery(TenantId.Default, ReadEngine.Everything, null, 20);

        var traces = await ReadEngine.AllPagesAsync(after => engine.Traces.FindTracesAsync(query with { After = after }, Stop));

        Assert.Equal(300, traces.Count);
        Assert.Equal(300, traces.Select(trace => trace.TraceId).Distinct().Count());
        Assert.Equal(traces.OrderByDescending(trace => trace.StartTimeUnixNano).Select(trace => trace.StartTimeUnixNano), traces.Select(trace => trace.StartTimeUnixNano));
        Assert.All(traces, trace =>
        {
            Assert.Equal(("edge", "root"), (trace.RootService, trace.RootName));
            Assert.Equal((3UL, 1UL, 300_000_000_007UL), (trace.SpanCount, trace.ErrorCount, trace.DurationNanos));
            Assert.Equal(["edge", "shop"], trace.Services);
        });
    }

    [Fact]
    public async Task A_trace_without_a_root_is_named_by_its_earliest_span()
    {
        await using var engine = await ReadEngine.OpenAsync();
        await engine.InsertSpansAsync(Requests.Of(
            new TestSpan("second", Now + 5, 1, 11) { Parent = 99, Service = "b" },
            new TestSpan("first", Now, 1, 12) { Parent = 99, Service = "a" }));

        var filter = new Filter.Comparison(new FilterField.Intrinsic(IntrinsicField.Name), FilterOperator.Equal, new FilterValue.Text("second"));
        var page = await engine.Traces.FindTracesAsync(new TraceQuery(TenantId.Default, ReadEngine.Everything, filter, 10), Stop);

        var trace = Assert.Single(page.Items);
        Assert.Equal(("a", "first", 2UL, Now), (trace.RootService, trace.RootName, trace.SpanCount, trace.StartTimeUnixNano));
    }

    [Fact]
    public async Task Two_tenants_never_see_each_others_rows()
    {
        await using var engine = await ReadEngine.OpenAsync();
        Assert.True(TenantId.TryParse("other", out var other));
        await engine.InsertSpansAsync(Requests.Of(new TestSpan("mine", Now)));
        await engine.InsertSpansAsync(Requests.Of(new TestSpan("theirs", Now)), "other");
        await engine.InsertLogsAsync(Requests.Of(new TestLog("mine", Now)));
        await engine.InsertLogsAsync(Requests.Of(new TestLog("theirs", Now)), "other");
        foreach (var tenant in (string[])["default", "other"])
        {
            await engine.Engine.ExecuteAsync(
                $"INSERT INTO otel_red_1m VALUES ('{tenant}', toDateTime({Now / 1_000_000_000}), '{tenant}-service', 'op', 'Server', 1, 0, 10, 10, map(14, 1))");
            await engine.Engine.ExecuteAsync(
                $"INSERT INTO otel_red_service_1m VALUES ('{tenant}', toDateTime({Now / 1_000_000_000}), '{tenant}-service', 1, 0, 1, 0, 10, 10, map(14, 1))");
        }

        foreach (var (tenant, name) in ((TenantId, string)[])[(TenantId.Default, "mine"), (other, "theirs")])
        {
            var query = new SpanQuery(tenant, ReadEngine.Everything, null, 10);
            var span = Assert.Single((await engine.Spans.FindSpansAsync(query, Stop)).Items);
            Assert.Equal(name, span.Name);
            Assert.Equal(name, Assert.Single(await engine.GetTraceAsync(query, span.TraceId)).Name);
            var trace = Assert.Single((await engine.Traces.FindTracesAsync(new TraceQuery(tenant, ReadEngine.Everything, null, 10), Stop)).Items);
            Assert.Equal((name, 1UL), (trace.RootName, trace.SpanCount));
            var record = Assert.Single((await engine.Logs.FindLogsAsync(new LogQuery(tenant, ReadEngine.Everything, null, 10), Stop)).Items);
            Assert.Equal(name, record.Body!.Value.ToString());
            Assert.Equal($"{tenant}-service", Assert.Single(await engine.Services.FindServicesAsync(tenant, ReadEngine.Everything, Stop)).Name);
        }
    }

    [Fact]
    public async Task Services_are_summed_over_parts_and_minutes()
    {
        await using var engine = await ReadEngine.OpenAsync();
        const ulong Minute = Now / 60_000_000_000 * 60;
        for (var i = 0; i < 3; i++)
        {
            await engine.Engine.ExecuteAsync(
                $"INSERT INTO otel_red_1m SETTINGS insert_deduplication_token = 't{i}' VALUES ('default', toDateTime({Minute}), 'shop', 'GET', 'Server', 90, 3, 900, 20, map(14, 90)), "
                + $"('default', toDateTime({Minute + 60}), 'shop', 'PUT', 'Server', 10, 0, 10000, 1000, map(40, 10))");
            await engine.Engine.ExecuteAsync(
                $"INSERT INTO otel_red_service_1m SETTINGS insert_deduplication_token = 't{i}' VALUES ('default', toDateTime({Minute}), 'shop', 95, 4, 90, 3, 900, 20, map(14, 90)), "
                + $"('default', toDateTime({Minute + 60}), 'shop', 10, 0, 10, 0, 10000, 1000, map(40, 10))");
        }

        var services = await engine.Services.FindServicesAsync(TenantId.Default, new TimeRange(Minute * 1_000_000_000, (Minute + 120) * 1_000_000_000), Stop);

        var shop = Assert.Single(services);
        var figures = shop.Figures;
        Assert.Equal(("shop", 315UL, 12UL, 300UL, 1000UL), (shop.Name, figures.SpanCount, figures.ErrorCount, figures.MeasuredCount, figures.DurationMaxNanos));
        Assert.Equal((120.0, 0.03, 109), (shop.Seconds, figures.ErrorRate, figures.DurationAverageNanos));
        Assert.InRange(figures.DurationQuantileNanos(0.5), 9.5, 11.4);
        Assert.InRange(figures.DurationQuantileNanos(0.95), 861, 1000);
        Assert.Equal((Minute * 1_000_000_000, (Minute + 60) * 1_000_000_000), (shop.FirstSeenUnixNano, shop.LastSeenUnixNano));
    }

    private static IEnumerable<ulong> Numbers(int count) => Enumerable.Range(1, count).Select(i => (ulong)i);
}
