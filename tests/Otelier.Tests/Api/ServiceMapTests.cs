using System.Text.Json;
using Otelier.Tests.EndToEnd;
using Xunit;
using static Otelier.Tests.Api.MapSpan;

namespace Otelier.Tests.Api;

/// <summary>The service map of hand-made traces, over HTTP.</summary>
[Collection(EngineCollection.Name)]
public sealed class ServiceMapTests
{
    [Fact]
    public async Task Calls_are_paired_whoever_is_the_parent_and_within_a_service_only_with_their_answers()
    {
        await using var server = await ApiServer.StartAsync();
        await server.InsertSpansAsync(Request(
            new MapSpan("shop", ServerKind, 1) { DurationNanos = 9_000_000 },
            new MapSpan("shop", ClientKind, 2, 1) { DurationNanos = 8_000_000, Attributes = { ["server.address"] = "cart.local" } },
            new MapSpan("cart", ServerKind, 3, 2) { DurationNanos = 4_000_000, IsError = true },
            new MapSpan("cart", InternalKind, 4, 3),
            new MapSpan("price", ServerKind, 5, 4) { DurationNanos = 2_000_000 },
            new MapSpan("cart", ClientKind, 6, 3) { Attributes = { ["server.address"] = "cart.local" } },
            new MapSpan("cart", ServerKind, 7, 6),
            new MapSpan("alone", ServerKind, 8) { Trace = 2 }));

        var map = await server.GetAsync("/api/v1/service-map");

        Assert.Equal(["cart rpc cart 1/0", "cart rpc price 1/0", "shop rpc cart 1/1"], Edges(map));
        Assert.Equal(["service:alone", "service:cart", "service:price", "service:shop"], Ids(map));
        var call = map.GetProperty("edges").EnumerateArray().Single(edge => edge.GetProperty("source").GetString() == "service:shop");
        Assert.Equal(4_000_000, call.GetProperty("durationAverageNanos").GetInt64());
        Assert.InRange(call.GetProperty("durationP95Nanos").GetDouble(), 3_300_000, 4_800_000);
        Assert.InRange(call.GetProperty("callerDurationP95Nanos").GetDouble(), 6_700_000, 9_600_000);
        Assert.Equal(1, call.GetProperty("errorRate").GetDouble());
        Assert.Empty(map.GetProperty("warnings").EnumerateArray());
    }

    [Fact]
    public async Task Calls_nobody_answered_lead_to_databases_queues_and_peers()
    {
        await using var server = await ApiServer.StartAsync();
        await server.InsertSpansAsync(Request(
            new MapSpan("shop", ClientKind, 1) { Attributes = { ["db.system"] = "postgresql", ["db.name"] = "orders", ["server.address"] = "db-1" } },
            new MapSpan("shop", ClientKind, 2) { Attributes = { ["db.system.name"] = "redis" } },
            new MapSpan("shop", ClientKind, 3) { IsError = true, Attributes = { ["url.full"] = "https://pay.example/v1/charge?id=7" } },
            new MapSpan("shop", ClientKind, 4) { Attributes = { ["url.full"] = "https://pay.example/v1/refund" } },
            new MapSpan("shop", ProducerKind, 5) { Attributes = { ["messaging.system"] = "kafka", ["messaging.destination.name"] = "orders" } },
            new MapSpan("billing", ConsumerKind, 6) { Attributes = { ["messaging.system"] = "kafka", ["messaging.destination.name"] = "orders" } },
            new MapSpan("shop", ClientKind, 7)));

        var map = await server.GetAsync("/api/v1/service-map");

        Assert.Equal(
            [
                "queue:kafka/orders queue billing 1/0",
                "shop database database:postgresql/orders 1/0",
                "shop database database:redis 1/0",
                "shop rpc external:pay.example 2/1",
                "shop queue queue:kafka/orders 1/0",
            ],
            Edges(map));
        var queue = map.GetProperty("nodes").EnumerateArray().Single(node => node.GetProperty("type").GetString() == "queue");
        Assert.Equal(("orders", "kafka", 2), (queue.GetProperty("name").GetString(), queue.GetProperty("system").GetString(), queue.GetProperty("spanCount").GetInt32()));
    }

    [Fact]
    public async Task Consumers_are_paired_by_parent_or_link_and_counted_once()
    {
        await using var server = await ApiServer.StartAsync();
        Dictionary<string, string> topic = new() { ["messaging.system"] = "kafka", ["messaging.destination.name"] = "orders" };
        await server.InsertSpansAsync(Request(
            new MapSpan("shop", ProducerKind, 1) { Attributes = topic },
            new MapSpan("shop", ProducerKind, 2) { Attributes = topic },
            new MapSpan("billing", ConsumerKind, 3, 1) { Attributes = topic, Links = [1] },
            new MapSpan("mail", ConsumerKind, 4) { Attributes = topic, Links = [1, 2] }));

        var map = await server.GetAsync("/api/v1/service-map");

        Assert.Equal(["shop queue billing 1/0", "shop queue mail 2/0"], Edges(map));
        Assert.Equal(["service:billing", "service:mail", "service:shop"], Ids(map));
    }

    [Fact]
    public async Task A_host_that_is_a_known_service_is_not_drawn_twice()
    {
        await using var server = await ApiServer.StartAsync();
        await server.InsertSpansAsync(Request(
            new MapSpan("cart", ServerKind, 1),
            new MapSpan("shop", ClientKind, 2) { Attributes = { ["server.address"] = "cart.shop.svc.cluster.local" } },
            new MapSpan("shop", ClientKind, 3) { Attributes = { ["server.address"] = "10.0.0.7" } },
            new MapSpan("cart", ServerKind, 4, 3),
            new MapSpan("shop", ClientKind, 5) { Attributes = { ["server.address"] = "10.0.0.7" } },
            new MapSpan("shop", ClientKind, 6) { Attributes = { ["server.address"] = "10.0.0.8" } }));

        var map = await server.GetAsync("/api/v1/service-map");

        Assert.Equal(["shop rpc external:10.0.0.8 1/0", "shop rpc cart 3/0"], Edges(map));
    }

    [Fact]
    public async Task A_map_around_a_service_has_its_neighbours_alone()
    {
        await using var server = await ApiServer.StartAsync();
        await server.InsertSpansAsync(Request(
            new MapSpan("a", ClientKind, 1),
            new MapSpan("b", ServerKind, 2, 1),
            new MapSpan("b", ClientKind, 3, 2),
            new MapSpan("c", ServerKind, 4, 3),
            new MapSpan("c", ClientKind, 5, 4),
            new MapSpan("d", ServerKind, 6, 5)));

        var map = await server.GetAsync("/api/v1/service-map?service=b");

        Assert.Equal(["a rpc b 1/0", "b rpc c 1/0"], Edges(map));
        Assert.Equal(["service:a", "service:b", "service:c"], Ids(map));
    }

    private static IEnumerable<string> Ids(JsonElement map) => map.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("id").GetString()!);

    private static IEnumerable<string> Edges(JsonElement map) => map.GetProperty("edges").EnumerateArray().Select(edge =>
        $"{Short(edge, "source")} {edge.GetProperty("type").GetString()} {Short(edge, "target")} {edge.GetProperty("callCount")}/{edge.GetProperty("errorCount")}");

    private static string Short(JsonElement edge, string end) => edge.GetProperty(end).GetString()!.Replace("service:", "", StringComparison.Ordinal);
}
