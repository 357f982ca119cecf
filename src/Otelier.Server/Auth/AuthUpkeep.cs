using Otelier.Server.Http;
using Otelier.Storage;
using Otelier.Storage.Catalog;

namespace Otelier.Server.Auth;

/// <summary>
/// What has to be done now and then: write when keys were used, forget what has expired, and learn what other processes on the same
/// store have changed, which is how a key revoked there stops working here.
/// </summary>
internal sealed partial class AuthUpkeep(
    ICatalog catalog, KeyRing keys, KeyUses uses, Tokens tokens, OtelierOptions options, TimeProvider time, ILogger<AuthUpkeep> logger) : BackgroundService
{
    // Revocations reach other processes within a minute: twice the interval, and an answer's time.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan KeepRevoked = TimeSpan.FromDays(90);
    private const int RoundsPerTidying = 180;

    /// <summary>One round of it.</summary>
    /// <exception cref="StoreException">The store is away.</exception>
    public async Task RunOnceAsync(bool isTidying, CancellationToken cancellationToken)
    {
        if (options.Storage.Store.Engine == StoreEngine.ClickHouse)
            await catalog.ReloadAsync(cancellationToken);
        await uses.WriteAsync(cancellationToken);
        if (!isTidying)
            return;
        await tokens.ForgetAsync(cancellationToken);
        await uses.ForgetAsync(await keys.ForgetAsync(time.GetUtcNow() - KeepRevoked, cancellationToken), cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        for (var round = 1; await WaitAsync(timer, stoppingToken); round = (round % RoundsPerTidying) + 1)
            await TryRunAsync(isTidying: round == RoundsPerTidying, stoppingToken);
        // The last minute's uses would be lost otherwise.
        await TryRunAsync(isTidying: false, CancellationToken.None);
    }

    private async Task TryRunAsync(bool isTidying, CancellationToken cancellationToken)
    {
        try
        {
            await RunOnceAsync(isTidying, cancellationToken);
        }
        catch (StoreException fault)
        {
            LogFailed(fault);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The last round follows.
        }
    }

    private static async ValueTask<bool> WaitAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
