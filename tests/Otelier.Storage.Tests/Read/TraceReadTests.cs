using Otelier.Signals;
using Otelier.Signals.Filters;
using Otelier.Signals.Ids;
using Otelier.Signals.Logs;
using Otelier.Signals.Traces;
using Otelier.Storage.Tests.Engine;
using Xunit;

namespace Otelier.Storage.Tests.Read;

public sealed class TraceReadTests
{
    private const ulong Start = ReadEngine.Now - 60_000_000_000;

    private static readonly TimeRange Everything = ReadEngine.Everything;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(EngineKind.Memory)]
    [InlineData(EngineKind.Disk)]
    public async Task A_trace_is_read_without_its_attributes_in_the_order_of_start(EngineKind kind)
    {
        await using var engine = await ReadEngine.OpenAsync(kind);
        await engine.InsertSpansAsync(Requests.Of(
            new TestSpan("late", Start + 50, 1, 3) { Parent = 1, Service = "cart", Kind = 3, Status = 2, DurationNanos = 7 },
            new TestSpan("root", Start, 1, 1),
            new TestSpan("other", Start, 2, 1)));

        var spans = await engine.Trees.GetTraceSpansAsync(TenantId.Default, Id(1), null, Stop);

        Assert.Equal(["root", "late"], spans.Select(span => span.Name));
        Assert.Equal(("cart", 3, 2, 7UL, Start + 50), (spans[1].ServiceName, spans[1].Kind, spans[1].StatusCode, spans[1].DurationNanos, spans[1].StartTimeUnixNano));
        Assert.Equal(spans[0].SpanId, spans[1].ParentSpanId);
        Assert.True(spans[0].ParentSpanId.IsZero);
    }

    [Fact]
    public async Task Spans_of_one_id_are_all_given()
    {
        await using var engine = await ReadEngine.OpenAsync();
        await engine.InsertSpansAsync(Requests.Of(
            new TestSpan("server", Start + 5, 1, 9) { Service = "b" }, new TestSpan("client", Start, 1, 9) { Service = "a" }, new TestSpan("x", Start, 1, 8)));
        var client = (await engine.GetTraceAsync(new SpanQuery(TenantId.Default, Everything, null, 1), Id(1))).Single(span => span.Name == "client");

        Assert.Equal(["client", "server"], (await engine.Trees.GetSpansAsync(TenantId.Default, Id(1), client.SpanId, null, Stop)).Select(span => span.Name));
        Assert.Empty(await engine.Trees.GetSpansAsync(TenantId.Default, Id(2), client.SpanId, null, Stop));
    }

    [Theory]
    [InlineData("CHECKOUT", "checkout pay")]
    [InlineData("shop", "checkout pay")]
    [InlineData("Straße", "pay")]
    [InlineData("%", "")]
    [InlineData("' OR 1 = 1", "")]
    public async Task A_text_is_found_in_names_services_and_values_in_any_case(string text, string names)
    {
        await using var engine = await ReadEngine.OpenAsync();
        await engine.InsertSpansAsync(Requests.Of(
            new TestSpan("checkout", Start, 1, 1),
            new TestSpan("pay", Start + 1, 1, 2) { Attributes = { ["a"] = "next to STRASSE and straße", ["b"] = "Checkout" } },
            new TestSpan("other", Start + 2, 1, 3) { Service = "cart" },
            new TestSpan("checkout", Start + 2, 2, 4)));
        var spans = await engine.Trees.GetTraceSpansAsync(TenantId.Default, Id(1), null, Stop);

        var found = await engine.Trees.FindTraceSpanIdsAsync(TenantId.Default, Id(1), Everything, new TraceSearch(null, text), Stop);

        Assert.Equal(names, string.Join(' ', spans.Where(span => found.Contains(span.SpanId)).Select(span => span.Name)));
    }

    [Fact]
    public async Task A_filter_and_a_text_must_both_hold()
    {
        await using var engine = await ReadEngine.OpenAsync();
        await engine.InsertSpansAsync(Requests.Of(
            new TestSpan("a", Start, 1, 1) { Status = 2 }, new TestSpan("b", Start, 1, 2) { Status = 2 }, new TestSpan("a", Start, 1, 3)));
        var failed = new Filter.Comparison(new FilterField.Intrinsic(IntrinsicField.Status), FilterOperator.Equal, new FilterValue.Text("error"));

        Assert.Equal(2, (await engine.Trees.FindTraceSpanIdsAsync(TenantId.Default, Id(1), Everything, new TraceSearch(failed, null), Stop)).Count);
        Assert.Single(await engine.Trees.FindTraceSpanIdsAsync(TenantId.Default, Id(1), Everything, new TraceSearch(failed, "A"), Stop));
    }

    [Fact]
    public async Task Logs_of_a_trace_come_oldest_first_and_page_without_gap_where_times_are_alike()
    {
        await using var engine = await ReadEngine.OpenAsync();
        await engine.InsertLogsAsync(Requests.Of([
            .. Enumerable.Range(0, 30).Select(i => new TestLog($"{i}", Start + (ulong)(i / 10)) { Trace = 1 }),
            new TestLog("twice", Start + 9) { Trace = 1 }, new TestLog("twice", Start + 9) { Trace = 1 }, new TestLog("other", Start) { Trace = 2 }, new TestLog("none", Start)]));
        var query = new TraceLogQuery(TenantId.Default, Id(1), null, 7);

        var records = await ReadEngine.AllPagesAsync(after => engine.TraceLogs.FindTraceLogsAsync(query with { After = after }, Stop));

        Assert.Equal(32, records.Count);
        Assert.Equal(records.OrderBy(record => record.TimestampUnixNano), records);
        var bodies = records.Select(record => record.Body!.Value.ToString()).ToList();
        Assert.Equal(31, bodies.Distinct().Count());
    }

    [Fact]
    public async Task Another_tenants_trace_is_not_there()
    {
        await using var engine = await ReadEngine.OpenAsync();
        await engine.InsertSpansAsync(Requests.Of(new TestSpan("theirs", Start, 1, 1)), "other");
        await engine.InsertLogsAsync(Requests.Of(new TestLog("theirs", Start) { Trace = 1 }), "other");
        var span = new SpanQuery(TenantId.Default, Everything, null, 1);
        Assert.True(TenantId.TryParse("other", out var other));
        var theirs = Assert.Single(await engine.Trees.GetTraceSpansAsync(other, Id(1), null, Stop));

        Assert.Empty(await engine.Trees.GetTraceSpansAsync(TenantId.Default, Id(1), null, Stop));
        Assert.Empty(await engine.Trees.GetSpansAsync(TenantId.Default, Id(1), theirs.SpanId, null, Stop));
        Assert.Empty(await engine.Trees.FindTraceSpanIdsAsync(TenantId.Default, Id(1), Everything, new TraceSearch(null, "theirs"), Stop));
        Assert.Empty((await engine.TraceLogs.FindTraceLogsAsync(new TraceLogQuery(TenantId.Default, Id(1), null, 10), Stop)).Items);
        Assert.Empty(await engine.Spans.GetTracesAsync(TenantId.Default, [Id(1)], Everything, Stop).ToListAsync(Stop));
        Assert.Empty(await engine.GetTraceAsync(span, Id(1)));
    }

    private static TraceId Id(ulong trace)
    {
        Assert.True(TraceId.TryParse(Requests.TraceIdText(trace), out var id));
        return id;
    }
}
