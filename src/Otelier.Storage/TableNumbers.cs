namespace Otelier.Storage;

/// <summary>The active parts of a table in one partition.</summary>
/// <param name="Table">The table.</param>
/// <param name="Day">The day (UTC) the partition holds; <see langword="null"/> where it is not one of a day.</param>
/// <param name="Rows">Rows.</param>
/// <param name="CompressedBytes">Bytes of their columns on disk.</param>
/// <param name="UncompressedBytes">The same before compression.</param>
/// <param name="Parts">Active parts.</param>
/// <param name="OldestUnixSeconds">The oldest time in it, in seconds since 1970; 0 where the engine does not tell.</param>
/// <param name="NewestUnixSeconds">The newest time in it, in seconds since 1970; 0 where the engine does not tell.</param>
public sealed record TableNumbers(
    string Table,
    DateOnly? Day,
    ulong Rows,
    ulong CompressedBytes,
    ulong UncompressedBytes,
    ulong Parts,
    ulong OldestUnixSeconds,
    ulong NewestUnixSeconds);
