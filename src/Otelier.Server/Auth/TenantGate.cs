using System.Collections.Concurrent;
using Otelier.Server.Ingest;
using Otelier.Signals;

namespace Otelier.Server.Auth;

/// <summary>
/// Knows how many requests of a tenant are on their way into the log. One whose key was good when it began is turned back here if its
/// tenant has begun to be deleted, so that after the last has left nothing of that tenant comes into the log any more.
/// </summary>
internal sealed class TenantGate(TenantRegistry tenants) : IAdmissionRule
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>As many as there were tenants, of which there is a limit.</summary>
    private readonly ConcurrentDictionary<TenantId, Inside> _inside = new();

    /// <summary>Whether none of a tenant's requests is on its way. Of one that is being deleted none will be again.</summary>
    public bool IsEmpty(TenantId tenant)
    {
        // Who counted themselves before this sees the tenant deleted, or is seen here.
        Interlocked.MemoryBarrier();
        return !_inside.TryGetValue(tenant, out var inside) || Volatile.Read(ref inside.Count) == 0;
    }

    /// <inheritdoc/>
    public AdmissionRefusal? Check(in IngestRequest request)
    {
        var inside = _inside.GetOrAdd(request.Tenant, static _ => new Inside());
        // Counted before the tenant is looked at, or it could be closed and found empty in between.
        Interlocked.Increment(ref inside.Count);
        if (tenants.Exists(request.Tenant))
            return null;
        Interlocked.Decrement(ref inside.Count);
        return new AdmissionRefusal("The tenant is being deleted.", RetryAfter);
    }

    /// <inheritdoc/>
    public void Count(in IngestRequest request, int items)
    {
        // Requests are what is counted here.
    }

    /// <inheritdoc/>
    public void Leave(in IngestRequest request) => Interlocked.Decrement(ref _inside[request.Tenant].Count);

    private sealed class Inside
    {
        public int Count;
    }
}
