using Otelier.Signals;
using Otelier.Storage.ClickHouse;
using Otelier.Storage.ClickHouse.Catalog;
using Otelier.Storage.Tests.Engine;
using Xunit;

namespace Otelier.Storage.Tests.Read;

/// <summary>A service map is the same whether its calls are stored or found by pairing spans, and late spans are never missing from it.</summary>
public sealed class SettledCallsTests
{
    private const ulong Minute = 60_000_000_000;
    private const ulong Hour = 60 * Minute;

    /// <summary>A whole hour.</summary>
    private const ulong Start = 1_750_000_000_000_000_000 / Hour * Hour;

    private static readonly TimeRange Three = new(Start, Start + (3 * Hour));

    private static readonly string[] Services = ["shop", "cart", "billing", "mail"];

    /// <summary>What the maps of these ranges are made of: hours, minutes, both, and half a minute.</summary>
    private static readonly TimeRange[] Ranges =
    [
        Three,
        new(Start + (30 * Minute), Start + Hour + (75 * Minute)),
        new(Start + (82 * Minute) + 30_000_000_000, Start + (85 * Minute) + 10_000_000_000),
        new(Start + Hour, Start + Hour + Minute),
    ];

    [Theory]
    [InlineData("disk")]
    [InlineData("memory")]
    [InlineData("http")]
    public async Task A_map_is_the_same_before_and_after_settling_and_after_late_spans(string engineName)
    {
        await using var engine = engineName == "http" ? await CallEngine.OpenOverHttpAsync() : await CallEngine.OpenAsync(engineName == "disk" ? EngineKind.Disk : EngineKind.Memory);
        var random = new Random(7);
        var (early, late) = (Draw(random, 1, 400), Draw(random, 401, 60));
        // Late ones answer early ones, and the other way round.
        await engine.InsertAsync("default", early);

        var paired = await MapsAsync(engine);
        await engine.SettleAsync(Three.EndUnixNano + (10 * Minute));
        var settled = await MapsAsync(engine);

        Assert.Equal(paired, settled);
        Assert.Contains(paired[0], line => line.Contains("Queue", StringComparison.Ordinal));
        Assert.Contains(paired[0], line => line.Contains("database:", StringComparison.Ordinal));
        Assert.Equal((3, 0, 0), await PlannedAsync(engine, Three));
        Assert.Equal((0, 1, 0), await PlannedAsync(engine, Ranges[2]));

        await engine.InsertAsync("default", late);
        Assert.True((await PlannedAsync(engine, Three)).Unsettled > 0);
        var complete = await MapsAsync(engine);
        Assert.NotEqual(settled, complete);
        await engine.SettleAsync(Three.EndUnixNano + (11 * Minute));

        Assert.Equal((3, 0, 0), await PlannedAsync(engine, Three));
        Assert.Equal(complete, await MapsAsync(engine));

        // And it is the map of all spans together.
        await engine.ExecuteAsync("TRUNCATE TABLE otel_calls_1m");
        await engine.ExecuteAsync("TRUNCATE TABLE otel_calls_1h");
        Assert.Equal((0, 0, 1), await PlannedAsync(engine, Three));
        Assert.Equal(complete, await MapsAsync(engine));
    }

    [Fact]
    public async Task Settled_minutes_are_answered_without_their_spans()
    {
        await using var engine = await CallEngine.OpenAsync(EngineKind.Memory);
        await engine.InsertAsync("default", Draw(new Random(1), 1, 200));
        await engine.SettleAsync(Three.EndUnixNano + (10 * Minute));
        var map = CallEngine.Text(await engine.MapAsync(Three));

        await engine.ExecuteAsync("TRUNCATE TABLE otel_traces");

        Assert.Equal(map, CallEngine.Text(await engine.MapAsync(Three)));
    }

    [Fact]
    public async Task A_call_over_the_border_of_two_minutes_is_counted_once_in_that_of_its_answer()
    {
        await using var engine = await CallEngine.OpenAsync(EngineKind.Memory);
        await engine.InsertAsync(
            "default",
            new TestSpan("call", Start + Minute - 1, Id: 1) { Service = "shop", Kind = 3 },
            new TestSpan("answer", Start + Minute, Id: 2) { Service = "cart", Parent = 1 },
            new TestSpan("late answer", Start + (2 * Minute) - 1, Id: 3) { Service = "mail", Parent = 1 },
            new TestSpan("too late", Start + (2 * Minute), Id: 4) { Service = "billing", Parent = 1 });

        for (var pass = 0; pass < 2; pass++)
        {
            Assert.Empty((await engine.MapAsync(new TimeRange(Start, Start + Minute))).Edges);
            var edges = (await engine.MapAsync(new TimeRange(Start + Minute, Start + (3 * Minute)))).Edges;
            Assert.Equal(["cart 1", "mail 1"], edges.Select(edge => $"{edge.TargetId["service:".Length..]} {edge.Calls.Count}"));
            await engine.SettleAsync(Start + Hour);
        }
    }

    [Fact]
    public async Task A_minute_is_settled_when_it_and_the_next_are_over_and_nothing_more_has_come_since_the_last_pass()
    {
        await using var engine = await CallEngine.OpenAsync(EngineKind.Memory);
        await engine.InsertAsync("default", new TestSpan("a", Start));

        await engine.SettleAsync(Start + (2 * Minute) - 1_000_000_000);
        Assert.Equal(0UL, await engine.CountAsync("otel_calls_1m"));

        await engine.InsertAsync("default", new TestSpan("b", Start, Id: 2));
        await engine.SettleAsync(Start + (2 * Minute));
        Assert.Equal(1UL, await engine.CountAsync("otel_calls_1m"));

        await engine.InsertAsync("default", new TestSpan("c", Start, Id: 3));
        await engine.Upkeep.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1UL, await engine.CountAsync("otel_calls_1m WHERE Spans = 2"));
        await engine.Upkeep.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1UL, await engine.CountAsync("otel_calls_1m WHERE Spans = 3"));
    }

    [Fact]
    public async Task Every_tenants_minutes_are_settled_apart_and_after_a_start_too()
    {
        await using var engine = await CallEngine.OpenAsync(EngineKind.Memory);
        await engine.InsertAsync("default", Draw(new Random(3), 1, 100));
        await engine.InsertAsync("acme", Draw(new Random(4), 1, 100));
        var maps = (CallEngine.Text(await engine.MapAsync(Three)), CallEngine.Text(await engine.MapAsync(Three, "acme")));

        engine.Restart();
        await engine.SettleAsync(Three.EndUnixNano + (10 * Minute));
        await engine.ExecuteAsync("TRUNCATE TABLE otel_traces");

        Assert.Equal(maps, (CallEngine.Text(await engine.MapAsync(Three)), CallEngine.Text(await engine.MapAsync(Three, "acme"))), LinesEqual);
    }

    [Fact]
    public async Task Spans_the_rollup_has_not_counted_are_not_settled_with_it()
    {
        await using var engine = await CallEngine.OpenAsync(EngineKind.Memory);
        await engine.InsertAsync("default", new TestSpan("call", Start, Id: 1) { Service = "shop", Kind = 3 }, new TestSpan("answer", Start, Id: 2) { Service = "cart", Parent = 1 });
        // As if the block were in the rollup and not yet among the spans.
        await engine.ExecuteAsync("INSERT INTO otel_red_service_1m (Tenant, Minute, ServiceName, Count) SELECT Tenant, Minute, 'late', 1 FROM otel_red_service_1m LIMIT 1");

        await engine.SettleAsync(Start + Hour);

        Assert.Equal((0, 0, 1), await PlannedAsync(engine, Three));
        Assert.Equal("service:cart", Assert.Single((await engine.MapAsync(Three)).Edges).TargetId);
        Assert.Equal(1UL, await engine.CountAsync("otel_calls_1m"));
    }

    [Fact]
    public async Task Of_a_minute_with_more_spans_than_are_paired_some_of_the_traces_stand_for_all()
    {
        const int Calls = 300_000;
        await using var engine = await CallEngine.OpenAsync(EngineKind.Memory);
        await engine.ExecuteAsync(
            $"INSERT INTO otel_traces (Timestamp, TraceId, SpanId, ParentSpanId, ServiceName, SpanKind, Duration) "
            + $"SELECT fromUnixTimestamp64Nano(toInt64({Start} + number)), hex(intDiv(number, 2)), hex(number % 2 + 1), if(number % 2 = 0, '', '01'), "
            + $"if(number % 2 = 0, 'shop', 'cart'), if(number % 2 = 0, 'Client', 'Server'), 1000 FROM numbers({2 * Calls})");
        await engine.ExecuteAsync(
            $"INSERT INTO otel_red_service_1m (Tenant, Minute, ServiceName, Count) SELECT 'default', toDateTime({Start / 1_000_000_000}), 'shop', {2 * Calls}");
        var paired = await engine.MapAsync(Three);

        await engine.SettleAsync(Start + Hour);

        Assert.Equal((1, 0, 0), await PlannedAsync(engine, Three));
        Assert.Equal(CallEngine.Text(paired), CallEngine.Text(await engine.MapAsync(Three)));
        Assert.InRange((int)Assert.Single(paired.Edges).Calls.Count, Calls * 0.98, Calls * 1.02);
        Assert.Equal(Warning.Estimated, Assert.Single(paired.Warnings).Code);
        Assert.Equal(2UL * Calls, await engine.Transport.NumberAsync("SELECT sum(Spans) AS v FROM otel_calls_1m"));
    }

    [Fact]
    public async Task A_deleted_tenants_calls_go_and_do_not_come_back()
    {
        await using var engine = await CallEngine.OpenAsync(EngineKind.Memory);
        Assert.True(TenantId.TryParse("acme", out var acme));
        await engine.InsertAsync("acme", Draw(new Random(4), 1, 100));
        await engine.InsertAsync("default", Draw(new Random(4), 1, 100));
        await engine.SettleAsync(Three.EndUnixNano + (10 * Minute));
        using var inserter = new BlockInserter(engine.Transport);
        using var catalog = new ClickHouseCatalog(engine.Transport, inserter, TimeProvider.System);
        var others = await engine.CountAsync("otel_calls_1m WHERE Tenant = 'default'");

        await new ClickHouseTenantStore(engine.Transport, catalog, new ClickHouseMetricStore(inserter, engine.Queries), engine.Upkeep)
            .EraseAsync(acme, TestContext.Current.CancellationToken);
        engine.Upkeep.Notice(acme);
        await engine.SettleAsync(Three.EndUnixNano + (11 * Minute));

        Assert.Equal((0UL, 0UL), (await engine.CountAsync("otel_calls_1m WHERE Tenant = 'acme'"), await engine.CountAsync("otel_calls_1h WHERE Tenant = 'acme'")));
        Assert.Equal(others, await engine.CountAsync("otel_calls_1m WHERE Tenant = 'default'"));
    }

    private static bool LinesEqual((IReadOnlyList<string>, IReadOnlyList<string>) one, (IReadOnlyList<string>, IReadOnlyList<string>) two) =>
        one.Item1.SequenceEqual(two.Item1) && one.Item2.SequenceEqual(two.Item2);

    private static async Task<List<IReadOnlyList<string>>> MapsAsync(CallEngine engine)
    {
        var maps = new List<IReadOnlyList<string>>();
        foreach (var range in Ranges)
            maps.Add(CallEngine.Text(await engine.MapAsync(range)));
        return maps;
    }

    /// <summary>How many hours, runs of other settled minutes, and runs of unsettled ones.</summary>
    private static async Task<(int Hours, int Settled, int Unsettled)> PlannedAsync(CallEngine engine, TimeRange range)
    {
        var plan = await engine.PlanAsync(range);
        return (plan.Hours.Sum(run => (int)((run.Last - run.First) / 60) + 1), plan.Settled.Count, plan.Unsettled.Count);
    }

    /// <summary>Spans of three hours whose parents and links are any others of the same minutes, of which some are too far away and some nowhere.</summary>
    private static List<TestSpan> Draw(Random random, int first, int count)
    {
        Dictionary<string, object>[] peers =
        [
            [],
            new() { ["db.system"] = "postgresql", ["db.name"] = "orders" },
            new() { ["messaging.system"] = "kafka", ["messaging.destination.name"] = "orders" },
            new() { ["server.address"] = "cart.local" },
            new() { ["url.full"] = "https://pay.example/v1/charge" },
        ];
        return [.. Enumerable.Range(first, count).Select(i => new TestSpan(
            "s", Start + (ulong)(random.NextDouble() * 6 * Minute) + ((ulong)random.Next(3) * (Hour - (3 * Minute))) + ((ulong)random.Next(2) * 24 * Minute), Id: (ulong)i)
        {
            Service = Services[random.Next(Services.Length)],
            Kind = random.Next(1, 6),
            Parent = random.Next(5) == 0 ? 0 : (ulong)random.Next(1, 500),
            LinkedIds = [.. Enumerable.Range(0, random.Next(3)).Select(_ => (ulong)random.Next(1, 500))],
            Status = random.Next(3),
            DurationNanos = (ulong)random.Next(5_000_000),
            Attributes = peers[random.Next(peers.Length)],
        })];
    }
}
