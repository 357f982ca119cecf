using Otelier.Benchmarks.Processes;
using Otelier.Benchmarks.Report;
using Otelier.Signals;

namespace Otelier.Benchmarks.EndToEnd;

/// <summary>
/// The whole way of one signal: generator, OTLP/HTTP, fsynced log, acknowledgement, blocks, store. Once for 75 seconds, and in pairs
/// against the engine alone inserting as many items from blocks made before.
/// </summary>
internal sealed record EndToEndCase(Signal Signal, string Items, double GoalPerSecond)
{
    private static readonly TimeSpan Sustained = TimeSpan.FromSeconds(75);

    /// <summary>Items of a request: the spans and logs an SDK's exporter sends, the points a collector's does.</summary>
    private int ItemsPerRequest => Signal == Signal.Metrics ? 5000 : 1000;

    /// <summary>As large as the server makes them under load.</summary>
    private static int ItemsPerBlock(BenchContext context) => context.Quick ? 50_000 : 300_000;

    private int Blocks(BenchContext context) => context.Quick ? 2 : Signal == Signal.Metrics ? 40 : 12;

    private LoadOrder Order => new(Signal) { Batch = ItemsPerRequest };

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var items = Blocks(context) * (long)ItemsPerBlock(context);
        var span = context.Quick ? TimeSpan.FromSeconds(3) : Sustained;
        context.Say($"{Items}: {span.TotalSeconds:0} s at full speed");
        var sustained = await ServerRun.RunAsync(context, Order with { Duration = span }, cancellationToken);
        var runs = await Pairs.RunAsync(
            context.PairCount,
            i => SayAsync($"{Items}: pair {i + 1}, server, {items:N0} items", () => ServerRun.RunAsync(context, Order with { Items = items }, cancellationToken)),
            i => SayAsync($"{Items}: pair {i + 1}, engine alone", () => InsertAsync(context, cancellationToken)));

        var latency = sustained.Report.LatencyMillis;
        var length = $"{span.TotalSeconds:0} s";
        return
        [
            new Figure($"countable, {length}", sustained.CountablePerSecond, $"{Items}/s") { Goal = Goal.Least(GoalPerSecond) },
            new Figure($"acknowledged, {length}", sustained.Report.ItemsPerSecond, $"{Items}/s") { Goal = Goal.Least(GoalPerSecond) },
            new Figure("ack p50", latency.P50, "ms"),
            new Figure("ack p95", latency.P95, "ms") { Goal = Goal.Most(50) },
            new Figure("ack p99", latency.P99, "ms"),
            new Figure("told to come back later", sustained.Report.FailedItems, Items),
            new Figure("server's peak RSS", sustained.ResidentBytesPeak / 1e6, "MB") { Goal = Goal.Most(2000) },
            new Figure("server's CPU, merges included", sustained.CpuMicrosPerItem, "µs/item"),
            new Figure("generator's CPU", sustained.Report.GeneratorCores, "cores") { Goal = Goal.Most(0.2) },
            Figure.Of(
                "countable", $"{Items}/s", Pairs.Of([.. runs.Select(run => (run.A.CountablePerSecond, run.B.Items / run.B.Seconds))]), "engine alone", Goal.RatioLeast(0.7)),
            Figure.Of(
                "CPU, merges included", "µs/item", Pairs.Of([.. runs.Select(run => (run.A.CpuMicrosPerItem, run.B.CpuSeconds * 1e6 / run.B.Items))]), "engine alone", goal: null),
        ];

        Task<T> SayAsync<T>(string line, Func<Task<T>> run)
        {
            context.Say(line);
            return run();
        }
    }

    private async Task<EngineInsertResult> InsertAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var directory = await EngineDirectory.CreateAsync(context, cancellationToken);
        try
        {
            return await BenchChild.RunAsync(
                context,
                new EngineInsertOrder(directory, Signal, Blocks(context), ItemsPerRequest, ItemsPerBlock(context) / ItemsPerRequest),
                cancellationToken);
        }
        finally
        {
            ServerRun.DeleteIfThere(directory);
        }
    }
}
