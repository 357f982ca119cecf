using Otelier.Benchmarks.Processes;
using Otelier.Benchmarks.Report;
using Otelier.Signals;

namespace Otelier.Benchmarks.EndToEnd;

/// <summary>A server with little to do, and one with nothing to do after it had much.</summary>
internal static class LowLoadCase
{
    /// <summary>A tenth of the load the server must carry.</summary>
    private const int SpansPerSecond = 25_000;

    private const ulong Probes = 12;

    /// <summary>By then merges are done, indexes are built and unused memory is given back.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan IdleWindow = TimeSpan.FromSeconds(20);

    public static async Task<IReadOnlyList<Figure>> LowLoadAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var directory = context.NewDirectory("server");
        try
        {
            await using var server = await ServerProcess.StartAsync(context, directory, cancellationToken);
            var load = LoadProcess.RunAsync(
                context,
                server,
                new LoadOrder(Signal.Traces) { Rate = SpansPerSecond, Duration = TimeSpan.FromSeconds(context.Quick ? 6 : 30) },
                cancellationToken);
            var delays = new List<double>();
            for (ulong probe = 1; probe <= Probes && !load.IsCompleted; probe++)
                delays.Add((await TraceProbe.RunAsync(server, probe, cancellationToken)).TotalMilliseconds);
            var report = await load;
            await server.StopAsync(cancellationToken);
            return
            [
                new Figure("acknowledged", report.ItemsPerSecond, "spans/s"),
                new Figure("ack p50", report.LatencyMillis.P50, "ms") { Goal = Goal.Most(5) },
                new Figure("ack p95", report.LatencyMillis.P95, "ms"),
                new Figure("queryable after, median", Statistics.Median(delays), "ms"),
                new Figure($"queryable after, worst of {delays.Count}", delays.Max(), "ms") { Goal = Goal.Most(2000) },
            ];
        }
        finally
        {
            ServerRun.DeleteIfThere(directory);
        }
    }

    public static async Task<IReadOnlyList<Figure>> IdleAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var directory = context.NewDirectory("server");
        try
        {
            await using var server = await ServerProcess.StartAsync(context, directory, cancellationToken);
            await LoadProcess.RunAsync(
                context, server, new LoadOrder(Signal.Traces) { Items = context.Quick ? 100_000 : 3_600_000 }, cancellationToken);
            await server.WaitDrainedAsync(Signal.Traces, cancellationToken);
            await Task.Delay(context.Quick ? TimeSpan.FromSeconds(3) : Settle, cancellationToken);
            var before = ProcessUse.Of(server.Process);
            var window = context.Quick ? TimeSpan.FromSeconds(3) : IdleWindow;
            await Task.Delay(window, cancellationToken);
            var after = ProcessUse.Of(server.Process);
            await server.StopAsync(cancellationToken);
            return
            [
                new Figure("CPU", (after.Cpu - before.Cpu) / window * 100, "% of a core") { Goal = Goal.Most(2) },
                new Figure("RSS", after.ResidentBytes / 1e6, "MB") { Goal = Goal.Most(400) },
                new Figure("RSS at its peak", after.ResidentBytesPeak / 1e6, "MB"),
            ];
        }
        finally
        {
            ServerRun.DeleteIfThere(directory);
        }
    }
}
