using Otelier.Benchmarks.Processes;
using Otelier.Benchmarks.Report;
using Otelier.Signals;

namespace Otelier.Benchmarks.EndToEnd;

/// <summary>Spans by another transport or compressed, in pairs against plain OTLP/HTTP.</summary>
internal static class TransportCase
{
    public static Task<IReadOnlyList<Figure>> GrpcAsync(BenchContext context, CancellationToken cancellationToken) =>
        RunAsync("gRPC", new LoadOrder(Signal.Traces) { Grpc = true }, context, cancellationToken);

    public static Task<IReadOnlyList<Figure>> GzipAsync(BenchContext context, CancellationToken cancellationToken) =>
        RunAsync("gzip", new LoadOrder(Signal.Traces) { Gzip = true }, context, cancellationToken);

    private static async Task<IReadOnlyList<Figure>> RunAsync(string name, LoadOrder order, BenchContext context, CancellationToken cancellationToken)
    {
        var items = context.Quick ? 100_000 : 3_600_000;
        var runs = await Pairs.RunAsync(
            context.PairCount,
            i => OneAsync($"{name}: pair {i + 1}", order),
            i => OneAsync($"{name}: pair {i + 1}, plain", new LoadOrder(Signal.Traces)));
        return
        [
            Figure.Of("countable", "spans/s", Pairs.Of([.. runs.Select(run => (run.A.CountablePerSecond, run.B.CountablePerSecond))]), "plain HTTP", Goal.RatioLeast(0.8)),
            Figure.Of("acknowledged", "spans/s", Pairs.Of([.. runs.Select(run => (run.A.Report.ItemsPerSecond, run.B.Report.ItemsPerSecond))]), "plain HTTP", Goal.RatioLeast(0.8)),
            Figure.Of("ack p95", "ms", Pairs.Of([.. runs.Select(run => (run.A.Report.LatencyMillis.P95, run.B.Report.LatencyMillis.P95))]), "plain HTTP", goal: null),
        ];

        Task<ServerRun> OneAsync(string line, LoadOrder one)
        {
            context.Say(line);
            return ServerRun.RunAsync(context, one with { Items = items }, cancellationToken);
        }
    }
}
