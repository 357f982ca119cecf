using Otelier.Signals;
using Otelier.Signals.Filters;
using Otelier.Signals.Logs;
using Otelier.Signals.Traces;
using Otelier.Storage.ClickHouse.Traces;
using Otelier.Storage.ClickHouse.Transports;
using Xunit;

namespace Otelier.Storage.Tests.Read;

public sealed class FilterTests
{
    private const ulong Now = ReadEngine.Now;

    private static readonly FilterField Code = new FilterField.Attribute(AttributeScope.Item, "code");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Filters_mean_in_the_engine_what_the_contract_says()
    {
        await using var engine = await ReadEngine.OpenAsync();
        await engine.InsertSpansAsync(Requests.Of(
            Span(1, "int", 200L), Span(2, "text", "200"), Span(3, "double", 200.5), Span(4, "bool", true), Span(5, "word", "abc"),
            Span(6, "bytes", new byte[] { 0xdb, 0x4d, 0x34 }), Span(7, "big", 9007199254740993L), Span(8, "empty", ""),
            new TestSpan("none", Now, 9) { DurationNanos = 5_000_000, Status = 2, Kind = 3, Service = "other" }));

        // Numbers compare with everything that reads as one, whatever it was sent as; base64 that looks like digits ("2000") does not.
        await Finds(engine, Compare(Code, FilterOperator.Equal, new FilterValue.Integer(200)), "int", "text");
        await Finds(engine, Compare(Code, FilterOperator.GreaterOrEqual, new FilterValue.Number(200.25)), "big", "double");
        await Finds(engine, Compare(Code, FilterOperator.Less, new FilterValue.Integer(201)), "double", "int", "text");
        await Finds(engine, Compare(Code, FilterOperator.Equal, new FilterValue.Integer(9007199254740993)), "big");
        await Finds(engine, Compare(Code, FilterOperator.Equal, new FilterValue.Integer(9007199254740992)));
        // Texts with texts only.
        await Finds(engine, Compare(Code, FilterOperator.Equal, new FilterValue.Text("200")), "text");
        await Finds(engine, Compare(Code, FilterOperator.Equal, new FilterValue.Text("true")));
        await Finds(engine, Compare(Code, FilterOperator.Equal, new FilterValue.Text("")), "empty");
        await Finds(engine, Compare(Code, FilterOperator.Contains, new FilterValue.Text("b")), "word");
        await Finds(engine, Compare(Code, FilterOperator.Greater, new FilterValue.Text("3")), "word");
        await Finds(engine, new Filter.In(Code, [new FilterValue.Text("abc"), new FilterValue.Integer(200)]), "int", "text", "word");
        // Booleans with booleans.
        await Finds(engine, Compare(Code, FilterOperator.Equal, new FilterValue.Boolean(true)), "bool");
        // A missing attribute satisfies negations alone.
        await Finds(engine, Compare(Code, FilterOperator.NotEqual, new FilterValue.Text("abc")), "big", "bool", "bytes", "double", "empty", "int", "none", "text");
        await Finds(engine, new Filter.Not(new Filter.Exists(Code)), "none");
        await Finds(engine, new Filter.Not(Compare(Code, FilterOperator.Greater, new FilterValue.Integer(0))), "bool", "bytes", "empty", "none", "word");
        // A key without a scope is looked for on the item, then on the resource.
        var host = new FilterField.Attribute(AttributeScope.Any, "host.name");
        await Finds(engine, Compare(host, FilterOperator.Equal, new FilterValue.Text("other-host")), "none");
        await Finds(engine, Compare(new FilterField.Attribute(AttributeScope.Item, "host.name"), FilterOperator.Equal, new FilterValue.Text("other-host")));
        // Fields of the protocol.
        await Finds(engine, Compare(Intrinsic(IntrinsicField.Status), FilterOperator.Equal, new FilterValue.Text("error")), "none");
        await Finds(engine, Compare(Intrinsic(IntrinsicField.Kind), FilterOperator.Equal, new FilterValue.Text("CLIENT")), "none");
        await Finds(engine, Compare(Intrinsic(IntrinsicField.DurationNanos), FilterOperator.Greater, new FilterValue.Integer(4_999_999)), "none");
        await Finds(engine, new Filter.In(Intrinsic(IntrinsicField.Name), [new FilterValue.Text("int"), new FilterValue.Text("none")]), "int", "none");
        await Finds(engine, Compare(Intrinsic(IntrinsicField.SeverityNumber), FilterOperator.Equal, new FilterValue.Integer(9)));
        // Combinations.
        await Finds(
            engine,
            new Filter.And([new Filter.Exists(Code), new Filter.Or([Compare(Code, FilterOperator.Equal, new FilterValue.Text("abc")), Compare(Code, FilterOperator.Equal, new FilterValue.Boolean(true))])]),
            "bool", "word");
    }

    [Fact]
    public async Task One_event_or_link_that_satisfies_a_condition_suffices()
    {
        await using var engine = await ReadEngine.OpenAsync();
        await engine.InsertSpansAsync(Requests.Of(
            new TestSpan("both", Now, 1) { Events = [("exception", Of("type", "Timeout")), ("exception", Of("type", "Refused"))] },
            new TestSpan("one", Now, 2) { Events = [("retry", Of("attempt", 2L)), ("exception", Of("type", "Timeout"))] },
            new TestSpan("none", Now, 3) { Attributes = Of("type", "Timeout"), Links = [Of("type", "Timeout")] },
            new TestSpan("bytes", Now, 4) { Events = [("e", Of("attempt", new byte[] { 0xdb, 0x4d, 0x34 }))] }));
        var (type, attempt) = (new FilterField.Attribute(AttributeScope.Event, "type"), new FilterField.Attribute(AttributeScope.Event, "attempt"));

        await Finds(engine, Compare(type, FilterOperator.Equal, new FilterValue.Text("Timeout")), "both", "one");
        // A negation says that there is none; "both" has one that differs, too.
        await Finds(engine, Compare(type, FilterOperator.NotEqual, new FilterValue.Text("Timeout")), "bytes", "none");
        await Finds(engine, new Filter.Not(new Filter.Exists(type)), "bytes", "none");
        await Finds(engine, new Filter.In(type, [new FilterValue.Text("Refused"), new FilterValue.Integer(2)]), "both");
        await Finds(engine, Compare(type, FilterOperator.Matches, new FilterValue.Text("^Ref")), "both");
        await Finds(engine, Compare(attempt, FilterOperator.Greater, new FilterValue.Integer(1)), "one");
        await Finds(engine, Compare(new FilterField.Attribute(AttributeScope.Link, "type"), FilterOperator.Contains, new FilterValue.Text("out")), "none");
        await Finds(engine, Compare(new FilterField.Attribute(AttributeScope.Any, "type"), FilterOperator.Equal, new FilterValue.Text("Timeout")), "none");
        await FindsLogs(engine, new Filter.Exists(type));

        static Dictionary<string, object> Of(string key, object value) => new() { [key] = value };
    }

    [Fact]
    public async Task Hostile_keys_and_values_stay_values()
    {
        string[] hostile =
        [
            "'", "''", "\\", "\\'", "`", "\"", ")) OR 1=1 --", "{p0:String}", "{", "}", "\n\t\r", "%_*?", "__proto__", "'; DROP TABLE otel_traces; --",
            "\u202e\u0000x", "値段🙂", new('k', 4000),
        ];
        await using var engine = await ReadEngine.OpenAsync();
        await engine.InsertSpansAsync(Requests.Of(
            [.. hostile.Select((text, i) => new TestSpan($"s{i}", Now, (ulong)i + 1) { Attributes = new() { [text] = text } })]));
        var plain = FindSql(Compare(new FilterField.Attribute(AttributeScope.Any, "k"), FilterOperator.Equal, new FilterValue.Text("v"))).Text;

        for (var i = 0; i < hostile.Length; i++)
        {
            var field = new FilterField.Attribute(AttributeScope.Any, hostile[i]);
            var filter = Compare(field, FilterOperator.Equal, new FilterValue.Text(hostile[i]));
            Assert.Equal(plain, FindSql(filter).Text);
            await Finds(engine, filter, $"s{i}");
        }
    }

    [Fact]
    public async Task Records_are_found_by_severity_body_and_trace()
    {
        await using var engine = await ReadEngine.OpenAsync();
        await engine.InsertLogsAsync(Requests.Of(
            new TestLog("connection timeout after 3 s", Now) { Severity = 17, Trace = 7 },
            new TestLog("all is well", Now + 1) { Severity = 9, Attributes = new() { ["user"] = "u1" } },
            new TestLog("42", Now + 2) { Severity = 13, Service = "other" }));

        await FindsLogs(engine, Compare(Intrinsic(IntrinsicField.SeverityNumber), FilterOperator.GreaterOrEqual, new FilterValue.Integer(13)), "42", "connection timeout after 3 s");
        await FindsLogs(engine, Compare(Intrinsic(IntrinsicField.Body), FilterOperator.Contains, new FilterValue.Text("timeout")), "connection timeout after 3 s");
        await FindsLogs(engine, Compare(Intrinsic(IntrinsicField.Body), FilterOperator.Equal, new FilterValue.Integer(42)), "42");
        await FindsLogs(engine, Compare(Intrinsic(IntrinsicField.TraceId), FilterOperator.Equal, new FilterValue.Text(Requests.TraceIdText(7))), "connection timeout after 3 s");
        await FindsLogs(engine, Compare(new FilterField.Attribute(AttributeScope.Item, "user"), FilterOperator.Equal, new FilterValue.Text("u1")), "all is well");
        await FindsLogs(engine, Compare(Intrinsic(IntrinsicField.ServiceName), FilterOperator.NotEqual, new FilterValue.Text("shop")), "42");
    }

    [Fact]
    public void A_filter_beyond_its_limits_is_a_bug_of_the_edge()
    {
        Filter deep = new Filter.Exists(Code);
        for (var i = 0; i < Filter.DepthMax; i++)
            deep = new Filter.Not(deep);
        var wide = new Filter.Or([.. Enumerable.Repeat(new Filter.Exists(Code), Filter.NodesMax)]);

        Assert.Throws<ArgumentException>(() => FindSql(deep));
        Assert.Throws<ArgumentException>(() => FindSql(wide));
    }

    private static TestSpan Span(ulong trace, string name, object code) => new(name, Now, trace) { Attributes = new() { ["code"] = code } };

    private static FilterField.Intrinsic Intrinsic(IntrinsicField field) => new(field);

    private static Filter.Comparison Compare(FilterField field, FilterOperator op, FilterValue value) => new(field, op, value);

    private static SqlStatement FindSql(Filter filter) =>
        SpanReader.FindSql(new SpanQuery(TenantId.Default, ReadEngine.Everything, filter, 10), ReadEngine.Everything, 11).Build(QueryLimits.None);

    private static async Task Finds(ReadEngine engine, Filter filter, params string[] names)
    {
        var page = await engine.Spans.FindSpansAsync(new SpanQuery(TenantId.Default, ReadEngine.Everything, filter, 100), Stop);
        Assert.Equal(names, page.Items.Select(span => span.Name).Order(StringComparer.Ordinal));
    }

    private static async Task FindsLogs(ReadEngine engine, Filter filter, params string[] bodies)
    {
        var page = await engine.Logs.FindLogsAsync(new LogQuery(TenantId.Default, ReadEngine.Everything, filter, 100), Stop);
        Assert.Equal(bodies, page.Items.Select(record => record.Body!.Value.ToString()).Order(StringComparer.Ordinal));
    }
}
