namespace Otelier.Storage.Log;

/// <summary>The log's counters at one moment. Counters count from opening.</summary>
/// <param name="BytesOnDisk">Bytes of all segments.</param>
/// <param name="Segments">How many segments there are.</param>
/// <param name="RecordsAppended">Records appended and fsynced.</param>
/// <param name="BytesAppended">Their frames' bytes.</param>
/// <param name="FsyncCount">fsyncs of appended data.</param>
/// <param name="FsyncSeconds">Time spent in them.</param>
/// <param name="QueueBytes">Bytes waiting for the writer.</param>
/// <param name="MemoryBytes">Bytes of attachments waiting for the tails.</param>
/// <param name="SpilledRecords">Records whose attachment was let go because memory was used up.</param>
/// <param name="QuarantinedBytes">Bytes found damaged, at opening or while reading back.</param>
/// <param name="RefusedRecords">Appends answered with anything but Appended.</param>
public sealed record LogStatistics(
    long BytesOnDisk,
    int Segments,
    long RecordsAppended,
    long BytesAppended,
    long FsyncCount,
    double FsyncSeconds,
    long QueueBytes,
    long MemoryBytes,
    long SpilledRecords,
    long QuarantinedBytes,
    long RefusedRecords);

/// <summary>How far the store is behind the log for one signal.</summary>
/// <param name="Records">Records appended and not yet checkpointed.</param>
/// <param name="Bytes">Their payloads' bytes.</param>
/// <param name="OldestReceivedUnixNano">
/// Receive time of the oldest of them, null when there is none. While a backlog is read back from disk it may be
/// that of a record already checkpointed, so it never makes the lag look shorter than it is.
/// </param>
public readonly record struct LogLag(long Records, long Bytes, long? OldestReceivedUnixNano);
