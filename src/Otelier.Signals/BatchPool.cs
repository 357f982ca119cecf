using System.Collections.Concurrent;

namespace Otelier.Signals;

/// <summary>
/// Keeps batches whose owners are done with them, memory and all, for the next requests: growing columns from nothing
/// costs more than filling them. Thread-safe.
/// </summary>
/// <param name="bytesMax">How much memory waiting batches may hold, in bytes; what comes back beyond it is let go.</param>
public sealed class BatchPool<TBatch>(long bytesMax)
    where TBatch : SignalBatch, new()
{
    private readonly ConcurrentQueue<TBatch> _waiting = new();
    private long _bytes;

    /// <summary>How much memory the waiting batches hold, in bytes.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>An empty batch with one owner, the caller.</summary>
    public TBatch Rent()
    {
        if (!_waiting.TryDequeue(out var batch))
            return new TBatch { Return = Return };
        Interlocked.Add(ref _bytes, -batch.PooledBytes);
        batch.Renew();
        return batch;
    }

    /// <summary>
    /// Leaves every waiting batch to the garbage collector; for an idle server. Its arrays do not go back to the shared pool,
    /// which would hold on to them for as long as nothing happens.
    /// </summary>
    public void Trim()
    {
        while (_waiting.TryDequeue(out var batch))
            Interlocked.Add(ref _bytes, -batch.PooledBytes);
    }

    private void Return(SignalBatch batch)
    {
        var size = batch.MemoryBytes;
        batch.PooledBytes = size;
        if (Interlocked.Add(ref _bytes, size) <= bytesMax)
        {
            _waiting.Enqueue((TBatch)batch);
            return;
        }

        Interlocked.Add(ref _bytes, -size);
        batch.ReleaseAll();
    }
}
