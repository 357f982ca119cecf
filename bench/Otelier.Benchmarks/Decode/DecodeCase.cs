using Google.Protobuf;
using Otelier.Benchmarks.Report;
using Otelier.Benchmarks.Requests;
using Otelier.Benchmarks.Wire;
using Otelier.Signals;

namespace Otelier.Benchmarks.Decode;

/// <summary>
/// Requests to one Native block on one core, against generated protobuf classes that only parse the same bytes. Measured in
/// processor time of the whole process, so that garbage collection counts and other processes do not.
/// </summary>
internal static class DecodeCase
{
    private const int ItemsPerRequest = 1000;
    private const long ReceivedUnixNano = 1_790_000_000_000_000_000;

    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchContext context, CancellationToken cancellationToken) =>
    [
        .. await MeasureAsync("spans", Signal.Traces, ExportTraceServiceRequest.Parser, context, cancellationToken),
        .. await MeasureAsync("logs", Signal.Logs, ExportLogsServiceRequest.Parser, context, cancellationToken),
        .. await MeasureAsync("points", Signal.Metrics, ExportMetricsServiceRequest.Parser, context, cancellationToken),
    ];

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(
        string items, Signal signal, MessageParser baseline, BenchContext context, CancellationToken cancellationToken)
    {
        var requests = new LoadRequests(signal, ItemsPerRequest, cancellationToken);
        var bodies = Enumerable.Range(0, context.Quick ? 20 : 200).Select(_ => requests.Next(ReceivedUnixNano)).ToArray();
        using var path = BlockPath.Of(signal);
        var count = 0;
        var native = 0L;
        void Ours()
        {
            native = 0;
            count = path.Build(bodies, ReceivedUnixNano, (_, _, bytes) => native += bytes.Length);
        }

        void Theirs()
        {
            foreach (var body in bodies)
                GC.KeepAlive(baseline.ParseFrom(body));
        }

        // A block is made of all requests at once, so whoever parses into objects has to keep them until then.
        var kept = new object[bodies.Length];
        void TheirsKept()
        {
            for (var i = 0; i < bodies.Length; i++)
                kept[i] = baseline.ParseFrom(bodies[i]);
            Array.Clear(kept);
        }

        // Until the second tier of compiled code and the pool's memory are there.
        var warm = TimeSpan.FromSeconds(context.Quick ? 2 : 5);
        context.Say($"decode: warming up with {bodies.Length} requests of {bodies.Average(b => b.Length) / ItemsPerRequest:0} bytes per item ({items})");
        CpuPerRound(Ours, warm);
        CpuPerRound(Theirs, warm);

        var pairCount = Math.Max(5, context.PairCount);
        var span = TimeSpan.FromSeconds(context.Quick ? 0.5 : 2);
        var pairs = await Pairs.RunAsync(
            pairCount,
            _ => Task.FromResult(count / CpuPerRound(Ours, span).TotalSeconds),
            _ => Task.FromResult(count / CpuPerRound(Theirs, span).TotalSeconds));
        var keptPairs = await Pairs.RunAsync(
            pairCount,
            _ => Task.FromResult(count / CpuPerRound(Ours, span).TotalSeconds),
            _ => Task.FromResult(count / CpuPerRound(TheirsKept, span).TotalSeconds));
        return
        [
            Figure.Of($"{items} to Native block, one core", $"{items}/s", Pairs.Of(pairs), "Google.Protobuf parse", Goal.RatioLeast(6)),
            Figure.Of($"{items} to Native block, one core", $"{items}/s", Pairs.Of(keptPairs), "the same, kept for a block", goal: null),
            new Figure($"garbage, {items}", GarbagePerItem(Ours, count), "bytes/item")
            {
                Against = "Google.Protobuf parse",
                AgainstValue = GarbagePerItem(Theirs, count),
                // What a block itself allocates (its list of parts, one object per request) is shared by all its rows.
                Goal = Goal.Most(1),
            },
            new Figure($"Native block, {items}", native / (double)count, "bytes/item"),
        ];
    }

    private static TimeSpan CpuPerRound(Action round, TimeSpan atLeast)
    {
        var before = Environment.CpuUsage.TotalTime;
        var rounds = 0;
        TimeSpan used;
        do
        {
            round();
            rounds++;
            used = Environment.CpuUsage.TotalTime - before;
        }
        while (used < atLeast);
        return used / rounds;
    }

    private static double GarbagePerItem(Action round, int count)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        round();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)count;
    }
}
