namespace Otelier.Storage.Log;

/// <summary>Limits of the write-ahead log. Read once, when the log is opened.</summary>
public sealed class LogOptions
{
    /// <summary>Where the log lives. Created when missing; belongs to one open log at a time.</summary>
    public string Directory { get; set; } = "";

    /// <summary>Bytes after which a segment is sealed and a new one begun. Space is freed by whole segments.</summary>
    public long SegmentBytes { get; set; } = 64L << 20;

    /// <summary>
    /// Bytes the segments may take together; at that point appends are answered with <see cref="AppendOutcome.Full"/>
    /// until checkpoints free segments. Cut marks, some 40 bytes each, are let through, since without them nothing
    /// could be drained.
    /// </summary>
    public long LogBytesMax { get; set; } = 4L << 30;

    /// <summary>Free bytes the file system must keep; below it appends are answered with <see cref="AppendOutcome.ReadOnly"/>.</summary>
    public long FreeDiskBytesMin { get; set; } = 1L << 30;

    /// <summary>How long one look at the free space is believed while appends come in. Also looked at for every new segment.</summary>
    public TimeSpan FreeDiskCheckInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Largest payload of one record, in bytes.</summary>
    public int RecordBytesMax { get; set; } = 64 << 20;

    /// <summary>Bytes that may wait for the writer at once; beyond it appends are answered with <see cref="AppendOutcome.Busy"/>.</summary>
    public long QueueBytesMax { get; set; } = 128L << 20;

    /// <summary>Records that may wait for the writer at once; beyond it appends are answered with <see cref="AppendOutcome.Busy"/>.</summary>
    public int QueueRecordsMax { get; set; } = 65_536;

    /// <summary>
    /// Bytes of attachments (decoded batches) kept for the tails, over all signals. An attachment that does not fit
    /// is disposed at once and its record is read back from disk.
    /// </summary>
    public long MemoryBytesMax { get; set; } = 256L << 20;

    /// <summary>Records per signal kept in memory for its tail, however small their attachments.</summary>
    public int MemoryRecordsMax { get; set; } = 65_536;

    /// <summary>Cuts per signal that may be ahead of its checkpoint.</summary>
    public int PendingCutsMax { get; set; } = 10_000;

    /// <summary>Bytes of damaged ranges kept in <c>quarantine/</c>; beyond it damage is reported but not copied.</summary>
    public long QuarantineBytesMax { get; set; } = 256L << 20;

    /// <summary>Bytes of blocks the store refused that are kept in <c>parked/</c>; a block beyond it holds its signal up instead.</summary>
    public long ParkedBytesMax { get; set; } = 1L << 30;

    /// <summary>What is wrong with these settings, in English; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (string.IsNullOrWhiteSpace(Directory))
            errors.Add("Log.Directory must name a directory.");
        AtLeast(errors, nameof(SegmentBytes), SegmentBytes, 4096);
        AtLeast(errors, nameof(RecordBytesMax), RecordBytesMax, 1);
        AtLeast(errors, nameof(FreeDiskBytesMin), FreeDiskBytesMin, 0);
        AtLeast(errors, nameof(QueueBytesMax), QueueBytesMax, 1);
        AtLeast(errors, nameof(QueueRecordsMax), QueueRecordsMax, 1);
        AtLeast(errors, nameof(MemoryBytesMax), MemoryBytesMax, 0);
        AtLeast(errors, nameof(MemoryRecordsMax), MemoryRecordsMax, 0);
        AtLeast(errors, nameof(PendingCutsMax), PendingCutsMax, 1);
        AtLeast(errors, nameof(QuarantineBytesMax), QuarantineBytesMax, 0);
        AtLeast(errors, nameof(ParkedBytesMax), ParkedBytesMax, 0);
        if (FreeDiskCheckInterval < TimeSpan.Zero)
            errors.Add("Log.FreeDiskCheckInterval must not be negative.");
        // One segment being filled and the next record: with less, a log with nothing left to drain could stay full.
        if (LogBytesMax < 2 * Math.Max(SegmentBytes, RecordBytesMax))
            errors.Add("Log.LogBytesMax must be at least twice the larger of SegmentBytes and RecordBytesMax.");
        return errors;
    }

    private static void AtLeast(List<string> errors, string name, long value, long least)
    {
        if (value < least)
            errors.Add($"Log.{name} must be at least {least}, not {value}.");
    }
}
