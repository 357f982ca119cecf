using System.Net;
using System.Text;
using System.Text.Json;
using Otelier.Server.Http;
using Otelier.Tests.Ingest;
using Xunit;

namespace Otelier.Tests.Auth;

/// <summary>A page whose host name was made to point at this machine is not answered, whatever it asks for.</summary>
public sealed class HostPolicyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:4300")]
    [InlineData("localhost.:4300")]
    [InlineData("otelier.localhost:4300")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:4300")]
    [InlineData("127.1.2.3:1")]
    [InlineData("[::1]")]
    [InlineData("[::1]:4300")]
    [InlineData("192.168.1.7:4300")]
    [InlineData("traces.shop.example")]
    [InlineData("Traces.Shop.Example:443")]
    [InlineData("eu.otelier.example")]
    [InlineData("")]
    public async Task Names_that_nobody_can_point_elsewhere_and_listed_ones_are_answered(string host)
    {
        await using var server = await StartAsync();

        Assert.Equal(200, (await AskAsync(server.Api, "GET", "/health/live", host)).Status);
        Assert.Equal(200, (await AskAsync(server.OtlpHttp, "POST", "/v1/traces", host)).Status);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:4300")]
    [InlineData("localhost.evil.example")]
    [InlineData("evillocalhost")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("shop.example")]
    [InlineData("traces.shop.example.evil.example")]
    [InlineData("otelier.example")]
    [InlineData("eviltelier.example")]
    [InlineData("xn--evl-fma.example")]
    public async Task Any_other_name_is_refused_with_the_setting_that_would_allow_it(string host)
    {
        await using var server = await StartAsync();

        foreach (var path in (string[])["/health/live", "/api/v1/traces", "/", "/nothing"])
        {
            var answer = await AskAsync(server.Api, "GET", path, host);
            Assert.Equal((421, "application/problem+json"), (answer.Status, answer["Content-Type"]));
            var problem = JsonDocument.Parse(answer.Body).RootElement;
            Assert.Equal("urn:otelier:error:host-not-allowed", problem.GetProperty("type").GetString());
            Assert.Contains("Api:AllowedHosts", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        // As its own page it would be of the same origin.
        Assert.Equal(421, (await AskAsync(server.Api, "POST", "/api/v1/spans", host, $"Origin: http://{host}")).Status);
        Assert.Equal(421, (await AskAsync(server.Api, "OPTIONS", "/api/v1/spans", host, $"Origin: http://{host}", "Access-Control-Request-Method: PUT")).Status);

        var refused = await AskAsync(server.OtlpHttp, "POST", "/v1/traces", host);
        Assert.Equal((421, 7), (refused.Status, StatusMessage.Parse(refused.Body).Code));
        Assert.Contains("Api:AllowedHosts", StatusMessage.Parse(refused.Body).Message, StringComparison.Ordinal);
        Assert.Equal(421, (await AskAsync(server.OtlpHttp, "OPTIONS", "/v1/traces", host, "Origin: https://a.example", "Access-Control-Request-Method: POST")).Status);
    }

    [Theory]
    [InlineData("evil.example/")]
    [InlineData("evil.example, localhost")]
    [InlineData("localhost\r\nHost: evil.example")]
    [InlineData("::1")]
    public async Task A_host_that_is_none_is_refused_before_anything_else(string host)
    {
        await using var server = await StartAsync();

        Assert.Equal(400, (await AskAsync(server.Api, "GET", "/health/live", host)).Status);
        Assert.Equal(400, (await AskAsync(server.OtlpHttp, "POST", "/v1/traces", host)).Status);
    }

    [Fact]
    public async Task Http_1_0_without_a_host_is_answered_and_1_1_is_not()
    {
        await using var server = await StartAsync();

        Assert.Equal(200, (await RawHttp.ExchangeAsync(server.Api, "GET /health/live HTTP/1.0\r\n\r\n"u8.ToArray(), Ct)).Status);
        Assert.Equal(400, (await RawHttp.ExchangeAsync(server.Api, "GET /health/live HTTP/1.1\r\n\r\n"u8.ToArray(), Ct)).Status);
    }

    [Fact]
    public async Task A_target_of_another_name_is_refused_whatever_the_header_says()
    {
        await using var server = await StartAsync();

        var answer = await AskAsync(server.Api, "GET", "http://evil.example/health/live", "localhost");

        Assert.Contains(answer.Status, (int[])[400, 421]);
    }

    [Fact]
    public async Task Where_keys_are_required_names_do_not_matter_unless_they_are_listed()
    {
        await using var any = await EdgeServer.StartAsync(Ct, options => options.Auth.Mode = AuthMode.Required);
        await using var listed = await EdgeServer.StartAsync(Ct, options => (options.Auth.Mode, options.Api.AllowedHosts) = (AuthMode.Required, ["otelier.example"]));

        Assert.Equal(200, (await AskAsync(any.Api, "GET", "/health/live", "otelier.example")).Status);
        Assert.Equal(200, (await AskAsync(listed.Api, "GET", "/health/live", "otelier.example")).Status);
        Assert.Equal(421, (await AskAsync(listed.Api, "GET", "/health/live", "evil.example")).Status);
    }

    [Theory]
    [InlineData("http://otelier.example")]
    [InlineData("otelier.example:4300")]
    [InlineData("*")]
    [InlineData("*.")]
    [InlineData("a.*.example")]
    [InlineData("bücher.example")]
    [InlineData("127.0.0.1")]
    public void What_is_not_a_name_cannot_be_listed(string name) =>
        Assert.Contains("Api:AllowedHosts", Assert.Single(new ApiOptions { AllowedHosts = [name] }.Validate()), StringComparison.Ordinal);

    private static Task<EdgeServer> StartAsync() =>
        EdgeServer.StartAsync(Ct, options => options.Api.AllowedHosts = ["traces.shop.example", "*.otelier.example"]);

    private static Task<RawResponse> AskAsync(IPEndPoint address, string method, string path, string host, params string[] headers)
    {
        var content = method == "POST" ? "Content-Type: application/x-protobuf\r\nContent-Length: 0\r\n" : "";
        var head = $"{method} {path} HTTP/1.1\r\nHost: {host}\r\n{content}{string.Concat(headers.Select(header => $"{header}\r\n"))}\r\n";
        return RawHttp.ExchangeAsync(address, Encoding.UTF8.GetBytes(head), Ct);
    }
}
