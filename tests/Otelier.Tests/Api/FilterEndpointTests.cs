using System.Net;
using System.Text.Json;
using Otelier.Storage.Tests.Read;
using Otelier.Tests.EndToEnd;
using Xunit;

namespace Otelier.Tests.Api;

[Collection(EngineCollection.Name)]
public sealed class FilterEndpointTests
{
    private const ulong Now = ApiServer.Now;

    [Fact]
    public async Task A_filter_in_either_form_narrows_a_search_and_goes_with_the_simple_parameters()
    {
        await using var server = await ApiServer.StartAsync();
        await server.InsertSpansAsync(Requests.Of(
            new TestSpan("GET /cart", Now - 1, 1) { Attributes = new() { ["http.response.status_code"] = 503L, ["my key"] = "a" }, DurationNanos = 300_000_000, Parent = 9 },
            new TestSpan("GET /", Now - 2, 2) { Attributes = new() { ["http.response.status_code"] = 200L }, Status = 2, Service = "edge" },
            new TestSpan("PUT /", Now - 3, 3) { Kind = 3 }));

        Assert.Equal(["GET /", "GET /cart"], await NamesAsync("http.response.status_code >= 500 or status = error"));
        Assert.Equal(["GET /"], await NamesAsync("http.response.status_code >= 500 or status = error", "&service=edge"));
        Assert.Equal(["GET /cart"], await NamesAsync("duration > 250ms"));
        Assert.Equal(["GET /cart"], await NamesAsync("""attributes."my key" = a"""));
        Assert.Equal(["GET /", "PUT /"], await NamesAsync("isRoot = true and name !~ '^GET /.'"));
        Assert.Equal(["GET /", "GET /cart"], await NamesAsync("\"GET\""));
        Assert.Equal(["PUT /"], await NamesAsync("kind = client and not http.response.status_code exists"));
        Assert.Equal(
            ["GET /", "GET /cart"],
            Names(await server.PostAsync("/api/v1/spans", """{"start":"-15m","filter":{"combinator":"or","rules":[{"field":"http.response.status_code","operator":">=","value":500},{"field":"status","operator":"=","value":"error"}]}}""")));
        Assert.Equal(["GET /"], Names(await server.PostAsync("/api/v1/spans", """{"start":"-15m","q":"isRoot = true","service":["edge","other"],"limit":10}""")));
        Assert.Single((await server.PostAsync("/api/v1/traces", """{"start":"-15m","q":"duration > 250ms"}""")).GetProperty("traces").EnumerateArray());

        async Task<IEnumerable<string>> NamesAsync(string filter, string more = "") =>
            Names(await server.GetAsync($"/api/v1/spans?start=-15m&q={Uri.EscapeDataString(filter)}{more}"));

        static IEnumerable<string> Names(JsonElement answer) =>
            answer.GetProperty("spans").EnumerateArray().Select(span => span.GetProperty("name").GetString()!).Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/spans", "service.name ~~ 5", "unknown operator '~~' at 14; expected one of =")]
    [InlineData("/api/v1/traces", "servce = 5", "unknown field 'servce' at 1; expected one of service.name")]
    [InlineData("/api/v1/logs", "duration > 5ms", "unknown field 'duration' at 1")]
    [InlineData("/api/v1/logs", "body ~ '('", "the regular expression has at its character 1 '(' without ')'")]
    public async Task A_filter_that_cannot_be_understood_is_refused_with_its_place(string path, string filter, string detail)
    {
        await using var server = await ApiServer.StartAsync();

        foreach (var problem in (JsonElement[])
            [
                await server.GetAsync($"{path}?q={Uri.EscapeDataString(filter)}", HttpStatusCode.UnprocessableEntity),
                await server.PostAsync(path, $$"""{"q":"{{JsonEncodedText.Encode(filter)}}"}""", HttpStatusCode.UnprocessableEntity),
            ])
        {
            Assert.Equal("urn:otelier:error:unprocessable", problem.GetProperty("type").GetString());
            Assert.Contains(detail, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"servce":"a"}""", HttpStatusCode.UnprocessableEntity, "'servce'")]
    [InlineData("""{"q":{"a":1}}""", HttpStatusCode.UnprocessableEntity, "'q'")]
    [InlineData("""{"filter":{"combinator":"and","rules":[{"field":"service.name","operator":"equals","value":1}]}}""", HttpStatusCode.UnprocessableEntity, "unknown operator 'equals'")]
    [InlineData("""{"filter":{"combinator":"and"}}""", HttpStatusCode.UnprocessableEntity, "at least one rule")]
    [InlineData("""{"limit":1001}""", HttpStatusCode.UnprocessableEntity, "1000")]
    [InlineData("""{"limit":1,"limit":2}""", HttpStatusCode.UnprocessableEntity, "more than once")]
    [InlineData("[]", HttpStatusCode.UnprocessableEntity, "object")]
    [InlineData("{", HttpStatusCode.BadRequest, "not JSON")]
    public async Task A_body_that_cannot_be_understood_is_refused(string body, HttpStatusCode status, string detail)
    {
        await using var server = await ApiServer.StartAsync();

        foreach (var path in (string[])["/api/v1/spans", "/api/v1/traces", "/api/v1/logs"])
            Assert.Contains(detail, (await server.PostAsync(path, body, status)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Traces_and_spans_come_in_the_order_asked_for_and_page_in_it()
    {
        await using var server = await ApiServer.StartAsync();
        var spans = new List<TestSpan>();
        for (ulong trace = 1; trace <= 25; trace++)
        {
            // Three traces each share a rank.
            for (ulong i = 0; i <= trace / 3; i++)
                spans.Add(new TestSpan("s", Now - (trace * 1_000_000_000), trace, (trace * 100) + i) { DurationNanos = trace / 3 * 1000, Status = (int)(i % 2 * 2) });
        }

        await server.InsertSpansAsync(Requests.Of(spans));

        foreach (var (sort, of) in ((string, string)[])[("-duration", "durationNanos"), ("-spanCount", "spanCount"), ("-errorCount", "errorCount")])
        {
            var traces = await AllAsync(server, $"/api/v1/traces?start=-15m&limit=7&sort={sort}&q=duration >= 0", "traces");
            Assert.Equal(25, traces.Select(trace => trace.GetProperty("traceId").GetString()).Distinct().Count());
            Assert.Equal(25, traces.Count);
            Assert.Equal(traces.Select(trace => trace.GetProperty(of).GetInt64()).OrderDescending(), traces.Select(trace => trace.GetProperty(of).GetInt64()));
        }

        var longest = await AllAsync(server, "/api/v1/spans?start=-15m&limit=20&sort=-duration", "spans");
        Assert.Equal(spans.Count, longest.Select(span => span.GetProperty("spanId").GetString()).Distinct().Count());
        Assert.Equal(spans.Count, longest.Count);
        Assert.Equal(longest.Select(span => span.GetProperty("durationNanos").GetInt64()).OrderDescending(), longest.Select(span => span.GetProperty("durationNanos").GetInt64()));
        await server.GetAsync("/api/v1/spans?sort=-spanCount", HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_total_is_told_when_asked_for()
    {
        await using var server = await ApiServer.StartAsync();
        await server.InsertSpansAsync(Requests.Of([.. Enumerable.Range(1, 30).Select(i => new TestSpan("s", Now, (ulong)i % 10 + 1, (ulong)i))]));
        await server.InsertLogsAsync(Requests.Of([.. Enumerable.Range(1, 12).Select(i => new TestLog($"r{i}", Now))]));

        Assert.Equal(30, (await server.GetAsync("/api/v1/spans?start=-15m&limit=1&total=true")).GetProperty("total").GetInt64());
        Assert.Equal(10, (await server.GetAsync("/api/v1/traces?start=-15m&limit=1&total=true")).GetProperty("total").GetInt64());
        Assert.Equal(12, (await server.PostAsync("/api/v1/logs", """{"start":"-15m","limit":1,"total":true}""")).GetProperty("total").GetInt64());
        Assert.Equal(3, (await server.GetAsync("/api/v1/logs?start=-15m&total=true&q=body in (r1, r2, r3)")).GetProperty("total").GetInt64());
        Assert.False((await server.GetAsync("/api/v1/spans?start=-15m")).TryGetProperty("total", out _));
    }

    [Fact]
    public async Task A_cursor_belongs_to_its_search_in_whatever_form_and_spelling()
    {
        await using var server = await ApiServer.StartAsync();
        await server.InsertSpansAsync(Requests.Of([.. Enumerable.Range(1, 25).Select(i => new TestSpan("s", Now, (ulong)i, (ulong)i))]));
        const string Filter = """{"combinator":"and","rules":[{"field":"name","operator":"=","value":"s"}]}""";

        var first = await server.PostAsync("/api/v1/spans", $$"""{"start":"-15m","limit":10,"filter":{{Filter}}}""");
        var cursor = first.GetProperty("nextCursor").GetString();
        var second = await server.PostAsync("/api/v1/spans", $$"""{"start":"-15m","limit":20,"filter":{{Filter}},"cursor":"{{cursor}}"}""");

        Assert.Equal(15, second.GetProperty("spans").GetArrayLength());
        var asText = await server.PostAsync("/api/v1/spans", $$"""{"q":"name  =  s","start":"-15m","cursor":"{{cursor}}"}""");
        var asQuery = await server.GetAsync($"/api/v1/spans?start=-15m&q=(name=%22s%22)&cursor={cursor}");
        var asOther = await server.PostAsync("/api/v1/spans", $$"""{"start":"-15m","filter":{"rules":[{"value":"s", "operator":"eq", "field":"name"}]},"cursor":"{{cursor}}"}""");
        Assert.All([asText, asQuery, asOther], page => Assert.Equal(15, page.GetProperty("spans").GetArrayLength()));
        foreach (var other in (string[])["""{"start":"-15m"}""", """{"start":"-15m","q":"name = t"}""", $$"""{"start":"-15m","filter":{{Filter.Replace("\"s\"", "\"t\"", StringComparison.Ordinal)}}}""", $$"""{"start":"-15m","sort":"-duration","filter":{{Filter}}}"""])
        {
            var problem = await server.PostAsync("/api/v1/spans", $$"""{{other[..^1]}},"cursor":"{{cursor}}"}""", HttpStatusCode.BadRequest);
            Assert.Equal("urn:otelier:error:invalid-cursor", problem.GetProperty("type").GetString());
        }
    }

    private static async Task<List<JsonElement>> AllAsync(ApiServer server, string path, string list)
    {
        const int PagesMax = 100;
        var items = new List<JsonElement>();
        string? cursor = null;
        for (var i = 0; i < PagesMax; i++)
        {
            var page = await server.GetAsync(cursor is null ? path : $"{path}&cursor={cursor}");
            items.AddRange(page.GetProperty(list).EnumerateArray());
            cursor = page.GetProperty("nextCursor").GetString();
            if (cursor is null)
                return items;
        }

        throw new InvalidOperationException("The pages do not end.");
    }
}
