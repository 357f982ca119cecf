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
}
