using Otelier.Signals;
using Otelier.Signals.Logs;
using Otelier.Signals.Metrics;
using Otelier.Signals.Traces;
using Otelier.Storage;
using Otelier.Storage.Log;

namespace Otelier.Server.Ingest;

/// <summary>Runs the drains of the three signals, and ends them calmly: what is in the log is stored before the server is gone.</summary>
internal sealed class DrainService(
    WriteAheadLog log, StoreSet stores, SignalDecoders decoders, BlockRules rules, DrainMetrics metrics, TimeProvider time, ILogger<DrainService> logger)
    : BackgroundService
{
    /// <summary>How long storing the rest may take when the server ends; what is left then stays in the log.</summary>
    private static readonly TimeSpan LastWritesMax = TimeSpan.FromSeconds(4);

    /// <summary>How long nothing must have come in before unused memory is given back.</summary>
    private static readonly TimeSpan IdleAfter = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How often, while idle goes on. The framework's shared array pool lets go only of what several collections, half a minute
    /// and more apart, have found unused.
    /// </summary>
    private const int TrimsMax = 12;

    private readonly Drain<SpanBatch> _traces = new(Signal.Traces, log, decoders.Traces, stores.Traces.WriteAsync, rules, metrics, time, logger);
    private readonly Drain<LogBatch> _logs = new(Signal.Logs, log, decoders.Logs, stores.Logs.WriteAsync, rules, metrics, time, logger);
    private readonly Drain<MetricBatch> _metrics = new(Signal.Metrics, log, decoders.Metrics, stores.Metrics.WriteAsync, rules with { RowsMax = rules.PointsMax }, metrics, time, logger);

    /// <summary>What is wrong with the way to the store; null while all is well.</summary>
    public string? Fault => _traces.Fault ?? _logs.Fault ?? _metrics.Fault;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var abort = new CancellationTokenSource();
        await using var onStopping = stoppingToken.Register(() => abort.CancelAfter(LastWritesMax));
        await Task.WhenAll(
            WatchAsync(Signal.Traces, _traces.RunAsync(stoppingToken, abort.Token), abort.Token),
            WatchAsync(Signal.Logs, _logs.RunAsync(stoppingToken, abort.Token), abort.Token),
            WatchAsync(Signal.Metrics, _metrics.RunAsync(stoppingToken, abort.Token), abort.Token),
            TrimWhenIdleAsync(stoppingToken));
    }

    private async Task WatchAsync(Signal signal, Task drain, CancellationToken abort)
    {
        try
        {
            await drain;
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            // Out of time at the end: the rest is in the log.
        }
        catch (Exception exception)
        {
            logger.DrainStopped(signal, exception);
            throw;
        }
    }

    private async Task TrimWhenIdleAsync(CancellationToken stopping)
    {
        var seen = -1L;
        var trims = 0;
        using var timer = new PeriodicTimer(IdleAfter, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                var appended = log.Statistics.RecordsAppended;
                trims = appended == seen ? trims + 1 : 0;
                if (trims is > 0 and <= TrimsMax)
                {
                    decoders.Trim();
                    stores.Trim();
                    GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                }

                seen = appended;
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server ends.
        }
    }
}
