using System.Net;
using System.Text.Json;
using Otelier.Cli.Otlp;
using Otelier.Tests.EndToEnd;
using Xunit;

namespace Otelier.Tests.Api;

[Collection(EngineCollection.Name)]
public sealed class LogContextEndpointTests
{
    private const ulong Second = 1_000_000_000;

    private static readonly AttributeList FirstPod = new() { { "service.name", "shop" }, { "k8s.pod.name", "a" } };
    private static readonly AttributeList SecondPod = new() { { "service.name", "shop" }, { "k8s.pod.name", "b" } };
    private static readonly AttributeList OtherService = new() { { "service.name", "mail" } };

    [Fact]
    public async Task A_record_is_found_again_by_its_id()
    {
        await using var server = await StartAsync();
        var record = await FindAsync(server, "a5");

        var found = await server.GetAsync($"/api/v1/logs/{record.GetProperty("id").GetString()}");

        Assert.Equal(record.GetRawText(), found.GetProperty("log").GetRawText());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("ffffffffffffffff-ffffffffffffffff")]
    [InlineData("184919d5c5a5e000-0000000000000001")]
    public async Task An_unknown_id_is_404(string id)
    {
        await using var server = await StartAsync();

        await server.GetAsync($"/api/v1/logs/{id}", HttpStatusCode.NotFound);
        await server.GetAsync($"/api/v1/logs/{id}/context", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Context_is_what_the_same_resource_logged_before_and_after()
    {
        await using var server = await StartAsync();
        var id = (await FindAsync(server, "a5")).GetProperty("id").GetString();

        var context = await server.GetAsync($"/api/v1/logs/{id}/context?before=2&after=3");

        Assert.Equal(["a3", "a4", "a5", "a6", "a7", "a8"], Bodies(context));
        Assert.Equal(2, context.GetProperty("index").GetInt32());
    }

    [Fact]
    public async Task Context_of_a_service_takes_in_its_other_resources()
    {
        await using var server = await StartAsync();
        var id = (await FindAsync(server, "a5")).GetProperty("id").GetString();

        var context = await server.GetAsync($"/api/v1/logs/{id}/context?before=2&after=1&scope=service");

        Assert.Equal(["a4", "b4", "a5", "b5"], Bodies(context));
    }

    [Fact]
    public async Task Context_ends_where_the_stream_ends()
    {
        await using var server = await StartAsync();
        var id = (await FindAsync(server, "a0")).GetProperty("id").GetString();

        var context = await server.GetAsync($"/api/v1/logs/{id}/context?before=5&after=0");

        Assert.Equal(["a0"], Bodies(context));
    }

    [Fact]
    public async Task Records_of_one_time_are_before_and_after_each_other_in_one_order()
    {
        await using var server = await ApiServer.StartAsync();
        await ShopData.InsertAsync(server, FirstPod, [.. Enumerable.Range(0, 50).Select(i => ShopData.Log(ApiServer.Now - Second, $"same {i}"))]);
        var id = (await FindAsync(server, "same 20")).GetProperty("id").GetString();

        var context = await server.GetAsync($"/api/v1/logs/{id}/context?before=100&after=100");

        var bodies = Bodies(context).ToList();
        Assert.Equal(50, bodies.Distinct().Count());
        Assert.Equal("same 20", bodies[context.GetProperty("index").GetInt32()]);
        var first = context.GetProperty("logs")[0].GetProperty("id").GetString();
        Assert.Equal(bodies, Bodies(await server.GetAsync($"/api/v1/logs/{first}/context?before=100&after=100")));
    }

    [Fact]
    public async Task A_record_of_a_clock_centuries_ahead_is_found_again_with_its_neighbours()
    {
        const ulong Year2200 = 7_258_118_400 * Second;
        await using var server = await ApiServer.StartAsync();
        await ShopData.InsertAsync(server, FirstPod, [.. Enumerable.Range(0, 3).Select(i => ShopData.Log(Year2200 + ((ulong)i * Second), $"late {i}"))]);
        var logs = (await server.GetAsync($"/api/v1/logs?start={Year2200}&end={Year2200 + (5 * Second)}")).GetProperty("logs");
        var id = logs[1].GetProperty("id").GetString();

        var context = await server.GetAsync($"/api/v1/logs/{id}/context?before=5&after=5");

        Assert.Equal("late 1", (await server.GetAsync($"/api/v1/logs/{id}")).GetProperty("log").GetProperty("body").GetString());
        Assert.Equal(["late 0", "late 1", "late 2"], Bodies(context));
    }

    [Theory]
    [InlineData("before=101")]
    [InlineData("after=-1")]
    [InlineData("scope=pod")]
    [InlineData("limit=1")]
    public async Task What_cannot_be_understood_is_refused(string parameter)
    {
        await using var server = await ApiServer.StartAsync();

        await server.GetAsync($"/api/v1/logs/184919d5c5a5e000-0000000000000001/context?{parameter}", HttpStatusCode.UnprocessableEntity);
    }

    /// <summary>Two pods of one service that log in turn, a second apart and then ten minutes, and another service.</summary>
    private static async Task<ApiServer> StartAsync()
    {
        var server = await ApiServer.StartAsync();
        await ShopData.InsertAsync(server, FirstPod, [.. Enumerable.Range(0, 10).Select(i => ShopData.Log(TimeOf(i), $"a{i}"))]);
        await ShopData.InsertAsync(server, SecondPod, [.. Enumerable.Range(0, 10).Select(i => ShopData.Log(TimeOf(i) + (Second / 2), $"b{i}"))]);
        await ShopData.InsertAsync(server, OtherService, [.. Enumerable.Range(0, 10).Select(i => ShopData.Log(TimeOf(i) + (Second / 4), $"c{i}"))]);
        return server;
    }

    private static ulong TimeOf(int index) => ApiServer.Now - (3000 * Second) + ((ulong)(index < 7 ? index : 600 + index) * Second);

    private static async Task<JsonElement> FindAsync(ApiServer server, string body) =>
        Assert.Single((await server.GetAsync($"/api/v1/logs?q=body%20%3D%20%22{Uri.EscapeDataString(body)}%22")).GetProperty("logs").EnumerateArray());

    private static IEnumerable<string?> Bodies(JsonElement context) => context.GetProperty("logs").EnumerateArray().Select(log => log.GetProperty("body").GetString());
}
