namespace Otelier.Storage.Log;

/// <summary>What became of an append or a cut.</summary>
public enum AppendOutcome
{
    /// <summary>On disk and fsynced.</summary>
    Appended,

    /// <summary>The log has reached <see cref="LogOptions.LogBytesMax"/>. Nothing was kept; passes when the store has caught up.</summary>
    Full,

    /// <summary>The disk is nearly or quite full. Nothing was kept; passes by itself when there is space.</summary>
    ReadOnly,

    /// <summary>Too much is waiting for the disk (<see cref="LogOptions.QueueBytesMax"/>). Nothing was kept; passes in moments.</summary>
    Busy,

    /// <summary>The payload exceeds <see cref="LogOptions.RecordBytesMax"/>. Nothing was kept, and it will never fit.</summary>
    TooLarge,

    /// <summary>
    /// The disk failed. Whether the record is on it is unknown, and the log takes nothing more until it is reopened:
    /// after one failed fsync the system may have dropped the pages and report the next one as good.
    /// </summary>
    Failed,
}

/// <summary>The answer to an append.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Sequence">The record's number, from 1; 0 unless appended.</param>
public readonly record struct AppendResult(AppendOutcome Outcome, long Sequence);
