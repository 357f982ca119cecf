using System.Net;
using System.Text.Json;
using Otelier.Tests.EndToEnd;
using Xunit;

namespace Otelier.Tests.Api;

[Collection(EngineCollection.Name)]
public sealed class TraceAnalysisEndpointTests
{
    private const ulong Start = ApiServer.Now - 60_000_000_000;

    private static string Trace => $"/api/v1/traces/{OtlpText.TraceId(1)}";

    [Fact]
    public async Task Rows_are_what_a_waterfall_shows()
    {
        await using var server = await FilledAsync();

        var answer = await server.GetAsync($"{Trace}/rows");

        Assert.Equal(["op1", "op2", "op3", "op4", "op9"], Names(answer));
        Assert.Equal((5, 5, 2, 1, 1, "web"), (Int(answer, "spanCount"), Int(answer, "rowCount"), Int(answer, "depthMax"), Int(answer, "rootCount"), Int(answer, "orphanCount"), Text(answer, "rootService")));
        var rows = answer.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(
            """{"spanId":"0000000000000002","parentSpanId":"0000000000000001","name":"op2","serviceName":"db","kind":"server","status":"error","depth":1,"childCount":1,"descendantCount":1,"descendantErrorCount":0,"startTimeUnixNano":"1749999940000000100","durationNanos":400,"selfTimeNanos":300,"isRoot":false,"isOrphan":false,"isCritical":true,"isCollapsed":false,"isMatch":false,"eventCount":1,"linkCount":0}""",
            rows[1].GetRawText());
        Assert.True(rows[4].GetProperty("isOrphan").GetBoolean());
        Assert.Equal(5, answer.GetProperty("minimap").GetArrayLength());
        Assert.Equal(0, answer.GetProperty("warnings").GetArrayLength());
    }

    [Fact]
    public async Task Windows_collapse_surround_and_match_alike_in_both_forms()
    {
        await using var server = await FilledAsync();

        Assert.Equal(["op2", "op3"], Names(await server.GetAsync($"{Trace}/rows?offset=1&limit=2")));
        Assert.Equal(["op1", "op2", "op4", "op9"], Names(await server.GetAsync($"{Trace}/rows?collapsed={OtlpText.SpanId(2)}")));
        Assert.Equal(["op1", "op9"], Names(await server.PostAsync($"{Trace}/rows", $$"""{"collapsed":["{{OtlpText.SpanId(2)}}","{{OtlpText.SpanId(1)}}"]}""")));
        var around = await server.PostAsync($"{Trace}/rows", $$"""{"around":"{{OtlpText.SpanId(4)}}","limit":3}""");
        Assert.Equal(["op3", "op4", "op9"], Names(around));
        Assert.Equal(2, Int(around, "offset"));
        Assert.False(around.TryGetProperty("minimap", out _));
        var matches = await server.GetAsync($"{Trace}/rows?q=SELECT&limit=1");
        Assert.Equal((1, "[1]"), (Int(matches, "matchCount"), matches.GetProperty("matchRows").GetRawText()));
        Assert.Equal("[1]", (await server.GetAsync($"{Trace}/rows?q=status%3Derror&limit=1")).GetProperty("matchRows").GetRawText());
        Assert.Equal("[1,2,4]", (await server.PostAsync($"{Trace}/rows", """{"q":"service.name = \"db\""}""")).GetProperty("matchRows").GetRawText());
        const string IsDb = """{"combinator":"and","rules":[{"field":"service.name","operator":"=","value":"db"}]}""";
        Assert.Equal("[1,2,4]", (await server.PostAsync($"{Trace}/rows", $$"""{"filter":{{IsDb}}}""")).GetProperty("matchRows").GetRawText());
        Assert.Equal("[1]", (await server.PostAsync($"{Trace}/rows", $$"""{"filter":{{IsDb}},"q":"status = error"}""")).GetProperty("matchRows").GetRawText());
        Assert.Equal("[4]", (await server.PostAsync($"{Trace}/rows", $$"""{"q":"op9","filter":{{IsDb}}}""")).GetProperty("matchRows").GetRawText());
        Assert.Equal("[]", (await server.PostAsync($"{Trace}/rows", $$"""{"q":"op4","filter":{{IsDb}}}""")).GetProperty("matchRows").GetRawText());
        var missing = await server.GetAsync($"{Trace}/rows?around={OtlpText.SpanId(77)}");
        Assert.Equal("span-not-found", Text(Assert.Single(missing.GetProperty("warnings").EnumerateArray()), "code"));
    }

    [Fact]
    public async Task Late_spans_and_other_traces_are_seen()
    {
        await using var server = await FilledAsync();
        Assert.Equal(5, Int(await server.GetAsync($"{Trace}/rows"), "spanCount"));

        await server.InsertSpansAsync(OtlpText.Spans("web", OtlpText.Span(1, 50, 1, Start + 1, 1), OtlpText.Span(3, 1, 0, Start, 1)));

        Assert.Equal(1, Int(await server.GetAsync($"/api/v1/traces/{OtlpText.TraceId(3)}/rows"), "spanCount"));
        // Another range is another question, which the kept tree does not answer.
        Assert.Equal(6, Int(await server.GetAsync($"{Trace}/rows?start=-1h"), "spanCount"));
    }

    [Fact]
    public async Task The_analysis_tells_services_operations_and_the_critical_path()
    {
        await using var server = await FilledAsync();

        var answer = await server.GetAsync($"{Trace}/analysis");

        Assert.Equal(
            [("web", 2, 0, 600), ("db", 3, 1, 600)],
            answer.GetProperty("services").EnumerateArray().OrderBy(s => Int(s, "spanCount")).Select(s => (Text(s, "serviceName"), Int(s, "spanCount"), Int(s, "errorCount"), Int(s, "selfTimeNanos"))));
        Assert.Equal(1.0, answer.GetProperty("services").EnumerateArray().Sum(s => s.GetProperty("selfTimeShare").GetDouble()), 9);
        Assert.Equal(["op1", "op2", "op3", "op2", "op1", "op4", "op1"], answer.GetProperty("criticalPath").EnumerateArray().Select(s => Text(s, "name")));
        Assert.Equal(1000, answer.GetProperty("criticalPath").EnumerateArray().Sum(s => Int(s, "durationNanos")));
        Assert.Equal(5, answer.GetProperty("operations").GetArrayLength());
    }

    [Fact]
    public async Task A_span_is_given_whole_and_by_its_service_where_two_share_an_id()
    {
        await using var server = await FilledAsync();
        await server.InsertSpansAsync(OtlpText.Spans("shared", OtlpText.Span(1, 1, 0, Start + 1, 1)));
        var path = $"{Trace}/spans/{OtlpText.SpanId(1)}";

        Assert.Equal("web", Text(await server.GetAsync(path), "serviceName"));
        Assert.Equal("shared", Text(await server.GetAsync($"{path}?service=shared"), "serviceName"));
        await server.GetAsync($"{path}?service=nobody", HttpStatusCode.NotFound);
        await server.GetAsync($"{Trace}/spans/{OtlpText.SpanId(77)}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Logs_of_a_trace_are_paged_oldest_first()
    {
        await using var server = await FilledAsync();
        await server.InsertLogsAsync(OtlpText.Logs(
            OtlpText.Log(1, 2, Start + 3, "c"), OtlpText.Log(1, 1, Start + 1, "a"), OtlpText.Log(1, 1, Start + 2, "b"), OtlpText.Log(2, 1, Start, "x")));

        var first = await server.GetAsync($"{Trace}/logs?limit=2");
        var second = await server.GetAsync($"{Trace}/logs?limit=2&cursor={Text(first, "nextCursor")}");

        Assert.Equal(["a", "b", "c"], first.GetProperty("logs").EnumerateArray().Concat(second.GetProperty("logs").EnumerateArray()).Select(log => Text(log, "body")));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("nextCursor").ValueKind);
        Assert.Equal(["c"], (await server.GetAsync($"{Trace}/logs?spanId={OtlpText.SpanId(2)}")).GetProperty("logs").EnumerateArray().Select(log => Text(log, "body")));
        await server.GetAsync($"/api/v1/traces/{OtlpText.TraceId(2)}/logs?limit=2&cursor={Text(first, "nextCursor")}", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Two_traces_are_laid_over_each_other()
    {
        await using var server = await FilledAsync();

        var answer = await server.GetAsync($"/api/v1/traces/compare?left={OtlpText.TraceId(1)}&right={OtlpText.TraceId(2)}");

        Assert.Equal((5, 2), (Int(answer.GetProperty("left"), "spanCount"), Int(answer.GetProperty("right"), "spanCount")));
        Assert.Equal(
            ["op1 same", "op2 changed", "op3 removed", "op4 removed", "op9 removed"],
            answer.GetProperty("nodes").EnumerateArray().Select(node => $"{Text(node, "name")} {Text(node, "change")}"));
        Assert.Equal(0, Int(answer.GetProperty("nodes")[1], "parentId"));
    }

    [Fact]
    public async Task What_cannot_be_understood_is_refused_by_name()
    {
        await using var server = await ApiServer.StartAsync();
        foreach (var (path, mentioned) in ((string, string)[])
            [
                ("/rows?limit=10001", "10000"), ("/rows?offset=-1", "offset"), ("/rows?around=zz", "hexadecimal"), ("/rows?collapsed=zz", "collapsed"),
                ("/rows?minimap=yes", "minimap"), ("/rows?q=status%3D", "'q'"), ("/rows?colapsed=a", "'colapsed'"), ("/rows?limit=1&limit=2", "more than once"),
                ("/rows?start=-1h&end=-2h", "before"), ("/analysis?limit=2", "'limit'"), ("/logs?spanId=1", "spanId"),
            ])
        {
            Assert.Contains(mentioned, Text(await server.GetAsync(Trace + path, HttpStatusCode.UnprocessableEntity), "detail"), StringComparison.Ordinal);
        }

        foreach (var (body, status) in ((string, int)[])
            [
                ("[]", 400), ("{", 400), ("""{"limit":"many"}""", 422), ("""{"collapsed":"0000000000000001"}""", 422), ("""{"colapsed":[]}""", 422),
                ("""{"filter":{"combinator":"and","rules":[{"field":"servce","operator":"=","value":1}]}}""", 422), ("""{"filter":[]}""", 422),
                ("""{"filter":{"combinator":"and","rules":[]},"filter":{"combinator":"and","rules":[]}}""", 422),
            ])
        {
            await server.PostAsync($"{Trace}/rows", body, (HttpStatusCode)status);
        }
    }

    [Fact]
    public async Task What_is_not_there_is_404()
    {
        await using var server = await ApiServer.StartAsync();
        foreach (var path in (string[])["/rows", "/analysis", $"/spans/{OtlpText.SpanId(1)}", "/spans/zz"])
            Assert.Equal("urn:otelier:error:not-found", Text(await server.GetAsync(Trace + path, HttpStatusCode.NotFound), "type"));
        await server.GetAsync("/api/v1/traces/zz/rows", HttpStatusCode.NotFound);
        await server.GetAsync($"/api/v1/traces/compare?left={OtlpText.TraceId(1)}&right={OtlpText.TraceId(2)}", HttpStatusCode.NotFound);
        await server.GetAsync("/api/v1/traces/compare?left=1", HttpStatusCode.UnprocessableEntity);
    }

    /// <summary>web op1 0–1000 { db op2 100–500 error { db op3 200–300 }, web op4 600–900 }, and an orphan of db, op9.</summary>
    private static async Task<ApiServer> FilledAsync()
    {
        var server = await ApiServer.StartAsync();
        await server.InsertSpansAsync(OtlpText.Spans("web", OtlpText.Span(1, 1, 0, Start, 1000), OtlpText.Span(1, 4, 1, Start + 600, 300), OtlpText.Span(2, 1, 0, Start, 1000)));
        await server.InsertSpansAsync(OtlpText.Spans(
            "db",
            OtlpText.Span(1, 2, 1, Start + 100, 400, """
                "status":{"code":2},"events":[{"name":"e"}],"attributes":[{"key":"db.query.text","value":{"stringValue":"select 1"}}]
                """),
            OtlpText.Span(1, 3, 2, Start + 200, 100),
            OtlpText.Span(1, 9, 88, Start + 700, 200),
            OtlpText.Span(2, 2, 1, Start + 100, 400)));
        return server;
    }

    private static IEnumerable<string> Names(JsonElement answer) => answer.GetProperty("rows").EnumerateArray().Select(row => Text(row, "name"));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static int Int(JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
