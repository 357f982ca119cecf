using Otelier.Signals.Traces;

namespace Otelier.Storage;

/// <summary>What a place to keep spans is. Implementations are thread-safe.</summary>
public interface ITraceStore
{
    /// <summary>
    /// Stores a block with everything derived from it (rollups, catalog). Returns once it is durable. Writing the same block
    /// again, after a fault or a restart, stores nothing twice. Faults of the store are thrown as <see cref="StoreException"/>.
    /// </summary>
    Task WriteAsync(Block<SpanBatch> block, CancellationToken cancellationToken);
}
