using Otelier.Server.Http;
using Otelier.Storage;
using Otelier.Storage.Log;

namespace Otelier.Server.Auth;

/// <summary>
/// Deletes the data of tenants that are being deleted, then gives their names free. What a tenant has in the log must be in the store
/// before it is deleted there, or it would come after. All that is remembered of it is the tenant's document, so a server that was
/// stopped midway begins anew; every step may be repeated.
/// </summary>
internal sealed partial class TenantErasure(
    TenantRegistry tenants,
    TenantGate gate,
    WriteAheadLog log,
    ITenantStore store,
    IEnumerable<TenantErased> listeners,
    OtelierOptions options,
    TimeProvider time,
    ILogger<TenantErasure> logger) : BackgroundService
{
    /// <summary>How often it is looked, in memory, whether there is something to do.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>How long after a fault of the store or of the disk it is tried again: each attempt is work for the engine.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>How long other processes on the same store have to learn of it, store what is in their logs, and delete it too.</summary>
    private static readonly TimeSpan OthersLearnWithin = TimeSpan.FromMinutes(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var notBefore = DateTimeOffset.MinValue;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (time.GetUtcNow() >= notBefore && !await TryEraseAllAsync(stoppingToken))
                    notBefore = time.GetUtcNow() + Pause;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start goes on with it.
        }
    }

    private async Task<bool> TryEraseAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var tenant in tenants.List().Where(tenant => tenant.IsDeleting))
                await EraseAsync(tenant, cancellationToken);
            return true;
        }
        catch (Exception fault) when (fault is StoreException or IOException)
        {
            LogFailed(fault);
            return false;
        }
    }

    private async Task EraseAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        // Others on the same store have requests on their way and a log of their own, which cannot be seen from here.
        if (options.Storage.Store.Engine == StoreEngine.ClickHouse && time.GetUtcNow() < tenant.Document!.DeletingSince + OthersLearnWithin)
            return;
        if (!gate.IsEmpty(tenant.Id))
            return;
        // With the gate closed and empty nothing of it comes after this record.
        var last = log.LastAppended;
        using var timer = new PeriodicTimer(Interval, time);
        while (!log.IsCheckpointed(last))
            await timer.WaitForNextTickAsync(cancellationToken);
        // Nor does any more of it step aside: what has is taken out, and who has read it before that has stored it or will not.
        var parked = await Task.Run(() => log.Parked.Erase(tenant.Id), cancellationToken);
        if (parked > 0)
            LogParkedErased(parked, tenant.Id);
        while (log.Parked.IsRetrying)
            await timer.WaitForNextTickAsync(cancellationToken);

        var started = time.GetTimestamp();
        await store.EraseAsync(tenant.Id, cancellationToken);
        var took = time.GetElapsedTime(started);
        foreach (var tell in listeners)
            tell(tenant.Id);
        // Where another process was faster, the name is free already.
        await tenants.EndDeletingAsync(tenant, cancellationToken);
        LogErased(tenant.Id, took);
    }
}
