using Otelier.Signals;

namespace Otelier.Storage;

/// <summary>What belongs to a tenant, as a whole. Implementations are thread-safe. Faults of the store are thrown as <see cref="StoreException"/>.</summary>
public interface ITenantStore
{
    /// <summary>
    /// Deletes what a tenant has sent, what was derived from it, and its documents of the catalog; the acts of administration stay. When
    /// this returns nobody sees any of it, and after a restart nobody does. Takes seconds to minutes, as there is much of it; may be repeated, and
    /// must be after a fault. What is written of the tenant meanwhile may stay: the caller sees to it that there is none.
    /// </summary>
    Task EraseAsync(TenantId tenant, CancellationToken cancellationToken);
}
