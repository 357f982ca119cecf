using Otelier.Signals;

namespace Otelier.Storage;

/// <summary>One request's rows in a block.</summary>
/// <param name="Batch">The rows. The block's maker keeps owning it; a store only reads it.</param>
/// <param name="Tenant">Whose rows they are.</param>
/// <param name="ReceivedUnixNano">When the request came in, in nanoseconds since 1970.</param>
public readonly record struct BlockPart<TBatch>(TBatch Batch, TenantId Tenant, long ReceivedUnixNano)
    where TBatch : SignalBatch;

/// <summary>
/// What is inserted at once: the batches of consecutive log records. Writing the same block again must not store it twice.
/// </summary>
/// <param name="Token">
/// Names the block for good: log id, signal, first and last sequence number. The same token always means the same rows.
/// </param>
/// <param name="Parts">The batches, in the order of the log.</param>
public sealed record Block<TBatch>(string Token, IReadOnlyList<BlockPart<TBatch>> Parts)
    where TBatch : SignalBatch
{
    /// <summary>How many items there are in all parts.</summary>
    public int Count { get; } = Parts.Sum(part => part.Batch.Count);
}
