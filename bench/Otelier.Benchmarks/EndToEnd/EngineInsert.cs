using System.Buffers;
using System.Diagnostics;
using Otelier.Benchmarks.Decode;
using Otelier.Benchmarks.Processes;
using Otelier.Benchmarks.Requests;
using Otelier.Signals;

namespace Otelier.Benchmarks.EndToEnd;

/// <summary>What the engine alone is to do.</summary>
/// <param name="DataDirectory">A directory with the server's tables, empty ones.</param>
/// <param name="Signal">Whose blocks.</param>
/// <param name="Blocks">How many blocks, all of them of unique items.</param>
/// <param name="ItemsPerRequest">Items of the requests they are made of.</param>
/// <param name="RequestsPerBlock">Requests in a block.</param>
internal sealed record EngineInsertOrder(string DataDirectory, Signal Signal, int Blocks, int ItemsPerRequest, int RequestsPerBlock);

/// <summary>What it did.</summary>
/// <param name="Items">Items inserted.</param>
/// <param name="Seconds">From the first insert to the last one's commit.</param>
/// <param name="CpuSeconds">Processor time until the merges were done too.</param>
internal sealed record EngineInsertResult(long Items, double Seconds, double CpuSeconds);

/// <summary>
/// The most the engine can do here: it alone on the machine, inserting blocks that were made before, one after the other as the
/// server does, merging meanwhile. No network, no log, no decoding.
/// </summary>
internal static class EngineInsert
{
    /// <summary>How long merges may go on afterwards.</summary>
    public static readonly TimeSpan MergesMax = TimeSpan.FromMinutes(3);

    /// <summary>Items lie as far apart in time as those of a server under this load, since merges depend on it.</summary>
    private const double ItemsPerSecond = 250_000;

    public static async Task<EngineInsertResult> RunAsync(EngineInsertOrder order, CancellationToken cancellationToken)
    {
        var items = 0L;
        var blocks = BuildBlocks(order, ref items, cancellationToken);
        await using var engine = EngineDirectory.Open(order.DataDirectory);
        using var self = Process.GetCurrentProcess();
        var cpuBefore = ProcessUse.Of(self).Cpu;
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < blocks.Count; i++)
        {
            foreach (var (table, columns, native) in blocks[i])
            {
                await engine.InsertAsync(table, columns, $"bench:{i}:{table}", output => output.Write(native), cancellationToken);
            }
        }

        var elapsed = Stopwatch.GetElapsedTime(started);
        var cpu = await ProcessUse.WaitQuietAsync(self, MergesMax, cancellationToken) - cpuBefore;
        return new EngineInsertResult(items, elapsed.TotalSeconds, cpu.TotalSeconds);
    }

    private static List<List<(string Table, IReadOnlyList<string> Columns, byte[] Native)>> BuildBlocks(
        EngineInsertOrder order, ref long items, CancellationToken cancellationToken)
    {
        var requests = new LoadRequests(order.Signal, order.ItemsPerRequest, cancellationToken);
        var start = (ulong)(TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        using var path = BlockPath.Of(order.Signal);
        var blocks = new List<List<(string, IReadOnlyList<string>, byte[])>>(order.Blocks);
        var bodies = new byte[order.RequestsPerBlock][];
        var sent = 0L;
        for (var i = 0; i < order.Blocks; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var request = 0; request < bodies.Length; request++, sent += order.ItemsPerRequest)
                bodies[request] = requests.Next(start + (ulong)(sent / ItemsPerSecond * 1e9));
            var tables = new List<(string, IReadOnlyList<string>, byte[])>();
            items += path.Build(bodies, (long)start, (table, columns, native) => tables.Add((table, columns, native.ToArray())));
            blocks.Add(tables);
        }

        return blocks;
    }
}
