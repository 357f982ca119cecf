using Otelier.Benchmarks.EndToEnd;
using Otelier.Benchmarks.Processes;
using Otelier.Benchmarks.Report;
using Otelier.Signals;

namespace Otelier.Benchmarks.Queries;

/// <summary>What each index of log bodies costs, in room and in processor time.</summary>
internal static class LogIndexCase
{
    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        foreach (var index in (string[])["none", "token", "text"])
        {
            context.Say($"log-index: {index}");
            var directory = context.NewDirectory("log-index");
            try
            {
                TimeSpan cpu;
                await using (var server = await ServerProcess.StartAsync(context, directory, cancellationToken, $"--LogBodyIndex={index}"))
                {
                    var before = ProcessUse.Of(server.Process).Cpu;
                    await LoadProcess.RunAsync(
                        context,
                        server,
                        new LoadOrder(Signal.Logs) { Items = context.Quick ? 100_000 : 3_000_000, Spread = TimeSpan.FromHours(1) },
                        cancellationToken);
                    await server.WaitDrainedAsync(Signal.Logs, cancellationToken);
                    cpu = await ProcessUse.WaitQuietAsync(server.Process, EngineInsert.MergesMax, cancellationToken) - before;
                    await server.StopAsync(cancellationToken);
                }

                var tables = await BenchChild.RunAsync(context, new TableInspectionOrder(directory, Merge: true), cancellationToken);
                var size = tables.Of(ServerRun.TableOf(Signal.Logs));
                figures.Add(new Figure($"on disk, index {index}", size.BytesOnDisk / (double)size.Rows, "bytes/log") { Goal = index == "none" ? Goal.Most(60) : null });
                figures.Add(new Figure($"server's CPU, index {index}", cpu.TotalMicroseconds / size.Rows, "µs/log"));
            }
            finally
            {
                ServerRun.DeleteIfThere(directory);
            }
        }

        return figures;
    }
}
