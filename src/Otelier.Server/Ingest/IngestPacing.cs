using Otelier.Storage.Log;

namespace Otelier.Server.Ingest;

/// <summary>
/// Slows senders down a little when the store falls behind: batches that no longer fit in memory have to be decoded a second
/// time, which makes it fall behind further. The delay grows with the memory that waits for the drain and is never longer
/// than <see cref="DelayMax"/>; nothing is refused before the log is full, and a store that is away slows nobody.
/// </summary>
internal sealed class IngestPacing(WriteAheadLog log, LogOptions options, DrainService drains)
{
    /// <summary>The longest delay of a request.</summary>
    public static readonly TimeSpan DelayMax = TimeSpan.FromMilliseconds(30);

    /// <summary>The share of the memory between log and drain from which on requests are delayed: about one block.</summary>
    private const double FreeShare = 0.35;

    /// <summary>The share at which the delay is longest.</summary>
    private const double FullShare = 0.85;

    /// <summary>How long the next request should wait before it is decoded.</summary>
    public TimeSpan Delay()
    {
        if (drains.Fault is not null)
            return TimeSpan.Zero;
        var share = (double)log.MemoryBytes / options.MemoryBytesMax;
        return DelayMax * Math.Clamp((share - FreeShare) / (FullShare - FreeShare), 0, 1);
    }
}
