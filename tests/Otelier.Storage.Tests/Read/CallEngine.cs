using Microsoft.Extensions.Logging.Abstractions;
using Otelier.Signals;
using Otelier.Signals.Otlp;
using Otelier.Signals.Services;
using Otelier.Signals.Traces;
using Otelier.Storage.ClickHouse;
using Otelier.Storage.ClickHouse.Schema;
using Otelier.Storage.ClickHouse.Services;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Transports;
using Otelier.Storage.ClickHouse.Upkeep;
using Otelier.Storage.Tests.Engine;
using Xunit;

namespace Otelier.Storage.Tests.Read;

/// <summary>A trace store with all that is derived, a clock that is set, and the upkeep that settles calls.</summary>
internal sealed class CallEngine : IAsyncDisposable
{
    private readonly IAsyncDisposable _engine;
    private readonly BlockInserter _inserter;
    private readonly SetTime _time = new();
    private int _blocks;

    private CallEngine(IAsyncDisposable engine, IClickHouseTransport transport)
    {
        _engine = engine;
        Transport = transport;
        _inserter = new BlockInserter(transport);
        Queries = new QueryRunner(transport, new StoreOptions(), TimeProvider.System);
        Upkeep = NewUpkeep();
        Traces = new ClickHouseTraceStore(_inserter, Queries, Upkeep);
    }

    public IClickHouseTransport Transport { get; }

    public QueryRunner Queries { get; }

    public ClickHouseTraceStore Traces { get; }

    public CallUpkeep Upkeep { get; private set; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<CallEngine> OpenAsync(EngineKind kind)
    {
        var engine = await TestEngine.OpenAsync(kind);
        return await MigratedAsync(engine, engine.Transport);
    }

    public static async Task<CallEngine> OpenOverHttpAsync()
    {
        var server = await EngineOverHttp.OpenAsync(EngineKind.Memory);
        return await MigratedAsync(server, new HttpTransport(server.Options, TimeProvider.System));
    }

    public async Task InsertAsync(string tenant, params IReadOnlyList<TestSpan> spans)
    {
        Assert.True(TenantId.TryParse(tenant, out var owner));
        using var decoder = new TraceDecoder();
        using var batch = new SpanBatch();
        Assert.Equal(DecodeError.None, decoder.Decode(Requests.Of(spans), batch, new Rejections()));
        await Traces.WriteAsync(new Block<SpanBatch>($"block-{_blocks++}", [new BlockPart<SpanBatch>(batch, owner, (long)ReadEngine.Now)]), Stop);
    }

    /// <summary>Passes of the upkeep until nothing more happens, at some time.</summary>
    public async Task SettleAsync(ulong unixNano)
    {
        _time.Now = DateTimeOffset.FromUnixTimeSeconds((long)(unixNano / 1_000_000_000));
        // One to see what there is, one to see that it stays so, one that adds up the hours, and one that finds nothing to do.
        for (var pass = 0; pass < 4; pass++)
            await Upkeep.RunAsync(Stop);
    }

    /// <summary>Another process's upkeep, or this one's after a start.</summary>
    public void Restart() => Upkeep = NewUpkeep();

    public Task<ServiceMap> MapAsync(TimeRange range, string tenant = "default")
    {
        Assert.True(TenantId.TryParse(tenant, out var owner));
        return Traces.FindServiceMapAsync(owner, range, Stop);
    }

    public async Task<MapPlan> PlanAsync(TimeRange range)
    {
        var minutes = MinuteRun.Of(range);
        return MapPlan.Of(minutes, await MinuteSpans.ReadAsync(Queries, TenantId.Default, minutes, Stop));
    }

    public Task<ulong> CountAsync(string from) => Transport.NumberAsync($"SELECT count() AS v FROM {from}");

    public Task ExecuteAsync(string sql) => Transport.ExecuteAsync(SqlStatement.Unlimited(sql), Stop);

    /// <summary>Everything a map says, in lines.</summary>
    public static IReadOnlyList<string> Text(ServiceMap map) =>
    [
        .. map.Nodes.Select(node => $"{node}"),
        .. map.Edges.Select(edge =>
            $"{edge.SourceId} {edge.Type} {edge.TargetId} {edge.Calls.Count}/{edge.Calls.Errors} {edge.Calls.DurationSumNanos} "
            + $"{edge.Calls.DurationQuantileNanos(0.5)} {edge.Calls.DurationQuantileNanos(0.95)} {edge.Calls.CallerDurationQuantileNanos(0.95)} {edge.Seconds}"),
        .. map.Warnings.Select(warning => $"{warning}"),
        $"{map.Range}",
    ];

    public async ValueTask DisposeAsync()
    {
        Upkeep.Dispose();
        _inserter.Dispose();
        await Transport.DisposeAsync();
        await _engine.DisposeAsync();
    }

    private static async Task<CallEngine> MigratedAsync(IAsyncDisposable engine, IClickHouseTransport transport)
    {
        await new SchemaMigrator(transport, TimeProvider.System, NullLogger.Instance)
            .ApplyAsync(SchemaScript.Embedded(typeof(StoreSet).Assembly), SchemaSettings.Of(new StoreOptions()), Stop);
        return new CallEngine(engine, transport);
    }

    private CallUpkeep NewUpkeep() => new(new QueryRunner(Transport, new StoreOptions(), TimeProvider.System), _inserter, _time) { RestFactor = 0 };

    /// <summary>A clock that is set, and that goes on by its smallest step whenever somebody looks.</summary>
    private sealed class SetTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now += TimeSpan.FromTicks(1);
    }
}
