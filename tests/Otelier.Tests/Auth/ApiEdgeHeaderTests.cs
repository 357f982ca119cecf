using Otelier.Tests.Ingest;
using Xunit;

namespace Otelier.Tests.Auth;

/// <summary>What every answer of the API's listener carries, and which pages of a browser may ask.</summary>
public sealed class ApiEdgeHeaderTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/health/live", 200)]
    [InlineData("/nothing", 404)]
    [InlineData("/fails", 500)]
    public async Task Every_answer_tells_the_browser_to_be_strict(string path, int status)
    {
        await using var server = await EdgeServer.StartAsync(Ct);

        var answer = await RawHttp.ExchangeAsync(server.Api, RawHttp.Head("GET", path), Ct);

        Assert.Equal(status, answer.Status);
        Assert.StartsWith("default-src 'none'", answer["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", answer["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", answer["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal(("nosniff", "no-referrer", "DENY"), (answer["X-Content-Type-Options"], answer["Referrer-Policy"], answer["X-Frame-Options"]));
    }

    [Fact]
    public async Task A_listed_origin_may_call_the_api()
    {
        await using var server = await EdgeServer.StartAsync(Ct, options => options.Api.CorsOrigins = ["https://grafana.example"]);

        var preflight = await RawHttp.ExchangeAsync(
            server.Api,
            RawHttp.Head("OPTIONS", "/health/live", "Origin: https://grafana.example", "Access-Control-Request-Method: DELETE", "Access-Control-Request-Headers: authorization"),
            Ct);
        var answer = await RawHttp.ExchangeAsync(server.Api, RawHttp.Head("GET", "/health/live", "Origin: https://grafana.example"), Ct);

        Assert.Equal((204, "https://grafana.example", "authorization"), (preflight.Status, preflight["Access-Control-Allow-Origin"], preflight["Access-Control-Allow-Headers"]));
        Assert.Contains("DELETE", preflight["Access-Control-Allow-Methods"], StringComparison.Ordinal);
        Assert.Equal((200, "https://grafana.example"), (answer.Status, answer["Access-Control-Allow-Origin"]));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://localhost:1")]
    public async Task Another_origin_can_read_nothing_and_change_nothing(string origin)
    {
        await using var server = await EdgeServer.StartAsync(Ct);

        var preflight = await RawHttp.ExchangeAsync(server.Api, RawHttp.Head("OPTIONS", "/health/live", $"Origin: {origin}", "Access-Control-Request-Method: POST"), Ct);
        var read = await RawHttp.ExchangeAsync(server.Api, RawHttp.Head("GET", "/health/live", $"Origin: {origin}"), Ct);
        var write = await RawHttp.ExchangeAsync(server.Api, RawHttp.Head("POST", "/health/live", $"Origin: {origin}", "Content-Length: 0"), Ct);

        Assert.Equal((403, 200, 403), (preflight.Status, read.Status, write.Status));
        Assert.All((RawResponse[])[preflight, read, write], answer => Assert.Null(answer["Access-Control-Allow-Origin"]));
    }

    [Fact]
    public async Task Our_own_pages_need_no_permission()
    {
        await using var server = await EdgeServer.StartAsync(Ct);

        var answer = await RawHttp.ExchangeAsync(server.Api, RawHttp.Head("POST", "/health/live", "Origin: http://localhost", "Content-Length: 0"), Ct);

        Assert.Equal(405, answer.Status);
    }
}
