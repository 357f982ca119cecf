using System.Text.Json;
using Otelier.Server.Http;
using Xunit;

namespace Otelier.Tests.Ingest;

/// <summary>Health and the form of errors on the API's listener.</summary>
public sealed class ApiEdgeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Live_answers_whatever_the_checks_say()
    {
        await using var server = await EdgeServer.StartAsync(
            Ct, configure: null, new HealthCheck("log", HealthKind.Ready, _ => ValueTask.FromResult(new HealthState(Ok: false))));

        var response = await RawHttp.ExchangeAsync(server.Api, RawHttp.Head("GET", "/health/live"), Ct);

        Assert.Equal((200, """{"status":"ok","checks":[]}"""), (response.Status, response.Text));
    }

    [Fact]
    public async Task Ready_and_store_ask_their_own_checks()
    {
        await using var server = await EdgeServer.StartAsync(
            Ct,
            configure: null,
            new HealthCheck("log", HealthKind.Ready, _ => ValueTask.FromResult(new HealthState(Ok: true))),
            new HealthCheck("engine", HealthKind.Store, _ => ValueTask.FromResult(new HealthState(Ok: false, "It is down."))));

        var ready = await RawHttp.ExchangeAsync(server.Api, RawHttp.Head("GET", "/health/ready"), Ct);
        var store = await RawHttp.ExchangeAsync(server.Api, RawHttp.Head("GET", "/health/store"), Ct);

        Assert.Equal((200, """{"status":"ok","checks":[{"name":"log","status":"ok","message":""}]}"""), (ready.Status, ready.Text));
        Assert.Equal(
            (503, """{"status":"failing","checks":[{"name":"engine","status":"failing","message":"It is down."}]}"""), (store.Status, store.Text));
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing", 404, "urn:otelier:error:not-found")]
    [InlineData("POST", "/health/live", 405, "urn:otelier:error:method-not-allowed")]
    [InlineData("GET", "/fails", 500, "urn:otelier:error:internal")]
    public async Task Errors_are_problems_with_a_stable_type(string method, string path, int expected, string type)
    {
        await using var server = await EdgeServer.StartAsync(Ct);

        var response = await RawHttp.ExchangeAsync(server.Api, RawHttp.Head(method, path, "Content-Length: 0"), Ct);

        Assert.Equal((expected, "application/problem+json"), (response.Status, response["Content-Type"]));
        var problem = JsonDocument.Parse(response.Body).RootElement;
        Assert.Equal((type, expected), (problem.GetProperty("type").GetString(), problem.GetProperty("status").GetInt32()));
        Assert.DoesNotContain("told to fail", response.Text, StringComparison.Ordinal);
    }
}
