namespace Otelier.Storage.Log;

/// <summary>A range of a segment that could not be read.</summary>
/// <param name="Segment">The segment's file name.</param>
/// <param name="Offset">Where the range begins in it, in bytes.</param>
/// <param name="Bytes">How long it is.</param>
/// <param name="AfterSequence">The last readable record before it, 0 for none: what was lost came after this one.</param>
/// <param name="BeforeSequence">The next readable record after it, or the first number not yet given away: what was lost came before this one.</param>
/// <param name="Quarantine">The copy's file name in <c>quarantine/</c>; null when that was full or could not be written.</param>
public sealed record LogDamage(
    string Segment,
    long Offset,
    long Bytes,
    long AfterSequence,
    long BeforeSequence,
    string? Quarantine);

/// <summary>What opening the log found.</summary>
/// <param name="Created">The log did not exist before.</param>
/// <param name="Segments">Segments kept.</param>
/// <param name="Records">Readable records in them, checkpointed or not.</param>
/// <param name="NextSequence">The number the next record will get.</param>
/// <param name="TornTailBytes">Bytes cut off the end of the last segment: an append the crash interrupted, never acknowledged.</param>
/// <param name="CheckpointLost">The checkpoint file was missing or unreadable, so everything in the log is delivered again.</param>
/// <param name="Damage">Unreadable ranges, at most <see cref="DamageReportMax"/> of them.</param>
/// <param name="DamageCount">How many unreadable ranges there were.</param>
public sealed record RecoveryReport(
    bool Created,
    int Segments,
    long Records,
    long NextSequence,
    long TornTailBytes,
    bool CheckpointLost,
    IReadOnlyList<LogDamage> Damage,
    int DamageCount)
{
    /// <summary>How many damaged ranges are told one by one.</summary>
    public const int DamageReportMax = 1000;

    /// <summary>Nothing was cut off, damaged or lost.</summary>
    public bool IsClean => TornTailBytes == 0 && DamageCount == 0 && !CheckpointLost;
}
