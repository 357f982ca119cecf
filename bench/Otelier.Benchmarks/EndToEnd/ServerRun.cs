using Otelier.Benchmarks.Processes;
using Otelier.Cli.Load;
using Otelier.Signals;

namespace Otelier.Benchmarks.EndToEnd;

/// <summary>One load on a fresh server, seen from all sides.</summary>
/// <param name="Report">The generator's figures: what was acknowledged, and how fast.</param>
/// <param name="CountablePerSecond">Items from the first request until the last one was in the store, per second.</param>
/// <param name="CpuMicrosPerItem">The server's processor time per item, merges that went on afterwards included.</param>
/// <param name="ResidentBytesPeak">The most memory the server had.</param>
internal sealed record ServerRun(LoadReport Report, double CountablePerSecond, double CpuMicrosPerItem, long ResidentBytesPeak)
{
    /// <summary>The table that has one row per item.</summary>
    public static string TableOf(Signal signal) => signal switch
    {
        Signal.Traces => "otel_traces",
        Signal.Logs => "otel_logs",
        _ => "metric_points",
    };

    /// <summary>Runs it, and counts afterwards in the closed store that every acknowledged item is there once.</summary>
    /// <exception cref="InvalidOperationException">An item was lost or doubled, or the server failed.</exception>
    public static async Task<ServerRun> RunAsync(BenchContext context, LoadOrder order, CancellationToken cancellationToken)
    {
        var directory = context.NewDirectory("server");
        try
        {
            await using var server = await ServerProcess.StartAsync(context, directory, cancellationToken);
            // A server compiles its hot paths once, in its first second; that is not what is measured.
            var warm = await LoadProcess.RunAsync(context, server, order with { Items = context.Quick ? 20_000 : 300_000, Seed = order.Seed + 1 }, cancellationToken);
            await server.WaitDrainedAsync(order.Signal, cancellationToken);
            var cpuBefore = ProcessUse.Of(server.Process).Cpu;
            var report = await LoadProcess.RunAsync(context, server, order, cancellationToken);
            var rest = await server.WaitDrainedAsync(order.Signal, cancellationToken);
            var cpu = await ProcessUse.WaitQuietAsync(server.Process, EngineInsert.MergesMax, cancellationToken) - cpuBefore;
            var peak = ProcessUse.Of(server.Process).ResidentBytesPeak;
            await server.StopAsync(cancellationToken);

            var tables = await BenchChild.RunAsync(context, new TableInspectionOrder(directory, Merge: false), cancellationToken);
            var rows = tables.Of(TableOf(order.Signal)).Rows;
            var acknowledged = warm.AcknowledgedItems + report.AcknowledgedItems;
            if (rows != acknowledged)
                throw new InvalidOperationException($"{acknowledged} items were acknowledged, {rows} are in the store.");
            return new ServerRun(
                report,
                report.AcknowledgedItems / (report.Seconds + rest.TotalSeconds),
                cpu.TotalMicroseconds / report.AcknowledgedItems,
                peak);
        }
        finally
        {
            DeleteIfThere(directory);
        }
    }

    public static void DeleteIfThere(string directory)
    {
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
    }
}
