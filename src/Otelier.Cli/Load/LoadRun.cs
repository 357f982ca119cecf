using System.Diagnostics;
using System.Net.Sockets;
using Otelier.Cli.CommandLine;

namespace Otelier.Cli.Load;

/// <summary>
/// Sends from every connection until time or items are used up. With a rate, requests are due at fixed instants and a connection
/// takes the next due one; without, each connection sends as soon as it has its answer.
/// </summary>
internal sealed class LoadRun(LoadOptions options, IRequestSource[] sources, AckJournal? journal, TimeProvider time)
{
    /// <summary>How long answers are waited for after the end.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly LoadTally[] _tallies = [.. sources.Select(_ => new LoadTally())];
    private long _started;
    private long _taken;
    private long _behindTicks;

    /// <summary>Items acknowledged so far, warm-up included.</summary>
    public long Acknowledged => _tallies.Sum(t => t.AcknowledgedSoFar);

    /// <summary>Runs to the end, or until <paramref name="cancellationToken"/>; what was seen until then is the result.</summary>
    public async Task<LoadResult> RunAsync(CancellationToken cancellationToken)
    {
        using var hardStop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        hardStop.CancelAfter(options.Duration + options.Warmup + Grace);
        _started = Stopwatch.GetTimestamp();
        var warm = _started + Ticks(options.Warmup);
        var end = warm + Ticks(options.Duration);
        var workers = sources
            .Select((source, i) => Task.Run(() => WorkAsync(source, _tallies[i], warm, end, hardStop.Token), CancellationToken.None))
            .ToArray();

        var all = Task.WhenAll(workers);
        if (options.Warmup > TimeSpan.Zero)
            await Task.WhenAny(all, Task.Delay(options.Warmup, time, hardStop.Token)).ConfigureAwait(false);
        var cpuBefore = Environment.CpuUsage.TotalTime;
        var measuredFrom = Stopwatch.GetTimestamp();
        await all.ConfigureAwait(false);
        var elapsed = Stopwatch.GetElapsedTime(measuredFrom);
        var cpu = Environment.CpuUsage.TotalTime - cpuBefore;

        var sum = new LoadTally();
        foreach (var tally in _tallies)
            sum.Add(tally);
        return new LoadResult(sum, elapsed, cpu, TimeSpan.FromSeconds((double)_behindTicks / Stopwatch.Frequency));
    }

    private async Task WorkAsync(IRequestSource source, LoadTally tally, long warm, long end, CancellationToken cancellationToken)
    {
        using ILoadConnection connection = options.Protocol == LoadProtocol.Grpc
            ? new GrpcLoadConnection(options)
            : new HttpLoadConnection(options.Endpoint);
        try
        {
            while (true)
            {
                var taken = Interlocked.Add(ref _taken, source.NextItems) - source.NextItems;
                if (options.Items > 0 && taken >= options.Items)
                    return;
                if (!await WaitUntilDueAsync(taken, end, cancellationToken).ConfigureAwait(false))
                    return;

                var first = options.FirstNumber + taken;
                var request = source.Next(first, Stamp(taken));
                var sent = Stopwatch.GetTimestamp();
                var answer = await connection.SendAsync(request.Wire, cancellationToken).ConfigureAwait(false);
                tally.Add(answer, request, Stopwatch.GetTimestamp() - sent, sent >= warm);
                if (answer is { Kind: LoadAnswerKind.Acknowledged, Rejected: 0 })
                    journal?.Acknowledged(first, request.Items);
                if (GivesUp(answer))
                    return;
                if (answer.RetryAfter > TimeSpan.Zero)
                    await Task.Delay(answer.RetryAfter, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C or the end of the grace time: what is counted so far is the result.
        }
    }

    /// <summary>False when the run is over before the request is due.</summary>
    private async ValueTask<bool> WaitUntilDueAsync(long taken, long end, CancellationToken cancellationToken)
    {
        var now = Stopwatch.GetTimestamp();
        if (options.Rate > 0)
        {
            var due = _started + (long)(taken / (double)options.Rate * Stopwatch.Frequency);
            if (due >= end)
                return false;
            if (due > now)
            {
                await Task.Delay(TimeSpan.FromSeconds((double)(due - now) / Stopwatch.Frequency), time, cancellationToken).ConfigureAwait(false);
                return true;
            }

            InterlockedMax(ref _behindTicks, now - due);
        }

        return now < end && !cancellationToken.IsCancellationRequested;
    }

    private ulong Stamp(long taken)
    {
        var now = time.UnixNanos();
        if (options.Spread == TimeSpan.Zero)
            return now;
        var left = 1 - (taken / (double)options.Items);
        return now - (ulong)(options.Spread.ToNanos() * left);
    }

    // Without a single answer there is no server; later a broken connection may be one that is being restarted.
    private bool GivesUp(LoadAnswer answer) =>
        answer is { Kind: LoadAnswerKind.Broken, Code: (int)SocketError.ConnectionRefused } && Acknowledged == 0 && !options.Numbered;

    private static long Ticks(TimeSpan span) => (long)(span.TotalSeconds * Stopwatch.Frequency);

    private static void InterlockedMax(ref long target, long value)
    {
        var seen = Interlocked.Read(ref target);
        while (value > seen)
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen)
                return;
            seen = before;
        }
    }
}

/// <summary>What a run has measured.</summary>
/// <param name="Tally">The counts of all connections together.</param>
/// <param name="Elapsed">From the end of the warm-up to the last answer.</param>
/// <param name="Cpu">Processor time of this process in that time.</param>
/// <param name="Behind">How late the latest request left against its schedule.</param>
internal sealed record LoadResult(LoadTally Tally, TimeSpan Elapsed, TimeSpan Cpu, TimeSpan Behind);
