using Xunit;

namespace Otelier.Tests.Ingest;

/// <summary>Item 40 of spec/market.md §5.</summary>
public sealed class OtlpHttpCorsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static byte[] Preflight(string origin) => RawHttp.Head(
        "OPTIONS", "/v1/traces", $"Origin: {origin}", "Access-Control-Request-Method: POST", "Access-Control-Request-Headers: content-type,x-key");

    [Fact]
    public async Task Preflight_of_a_listed_origin_is_granted_to_that_origin()
    {
        await using var server = await EdgeServer.StartAsync(Ct, options => options.Otlp.CorsOrigins = ["https://shop.example"]);

        var response = await RawHttp.ExchangeAsync(server.OtlpHttp, Preflight("https://shop.example"), Ct);

        Assert.Equal(204, response.Status);
        Assert.Equal("https://shop.example", response["Access-Control-Allow-Origin"]);
        Assert.Equal("true", response["Access-Control-Allow-Credentials"]);
        Assert.Equal("POST", response["Access-Control-Allow-Methods"]);
        Assert.Equal("content-type,x-key", response["Access-Control-Allow-Headers"]);
        Assert.Equal("Origin", response["Vary"]);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("https://shop.example.evil.example")]
    [InlineData("null")]
    public async Task Preflight_of_another_origin_is_refused(string origin)
    {
        await using var server = await EdgeServer.StartAsync(Ct, options => options.Otlp.CorsOrigins = ["https://shop.example"]);

        var response = await RawHttp.ExchangeAsync(server.OtlpHttp, Preflight(origin), Ct);

        Assert.Equal(403, response.Status);
        Assert.Null(response["Access-Control-Allow-Origin"]);
        Assert.Equal(7, StatusMessage.Parse(response.Body).Code);
    }

    [Fact]
    public async Task Everybody_is_admitted_without_credentials()
    {
        await using var server = await EdgeServer.StartAsync(Ct, options => options.Otlp.CorsOrigins = ["*"]);

        var response = await RawHttp.ExchangeAsync(server.OtlpHttp, Preflight("https://any.example"), Ct);

        Assert.Equal(("*", null), (response["Access-Control-Allow-Origin"], response["Access-Control-Allow-Credentials"]));
    }

    [Fact]
    public async Task Answer_to_a_post_names_the_allowed_origin()
    {
        await using var server = await EdgeServer.StartAsync(Ct, options => options.Otlp.CorsOrigins = ["https://shop.example"]);

        var response = await RawHttp.ExchangeAsync(
            server.OtlpHttp, RawHttp.Post("/v1/traces", "application/json", "{}"u8.ToArray(), "Origin: https://shop.example"), Ct);

        Assert.Equal((200, "https://shop.example"), (response.Status, response["Access-Control-Allow-Origin"]));
    }
}
