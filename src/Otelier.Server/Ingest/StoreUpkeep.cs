using Otelier.Storage;

namespace Otelier.Server.Ingest;

/// <summary>Gives the store its time for what is worked out in the background.</summary>
internal sealed partial class StoreUpkeep(StoreSet stores, TimeProvider time, ILogger<StoreUpkeep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await stores.UpkeepAsync(stoppingToken);
                }
                catch (StoreException exception)
                {
                    LogFailed(exception);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server ends.
        }
    }

    [LoggerMessage(EventName = "store.upkeep_failed", Level = LogLevel.Warning, Message = "The store could not be looked after; it is tried again.")]
    private partial void LogFailed(Exception exception);
}
