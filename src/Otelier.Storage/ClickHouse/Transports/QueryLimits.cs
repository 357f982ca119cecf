using System.Globalization;

namespace Otelier.Storage.ClickHouse.Transports;

/// <summary>What happens to a query that finds more rows than <see cref="QueryLimits.ResultRowsMax"/>.</summary>
internal enum ResultOverflow
{
    /// <summary>It fails with <see cref="ClickHouseErrorKind.TooManyRows"/>.</summary>
    Fail,

    /// <summary>It ends after the block in which the limit was passed, so somewhat more rows may come.</summary>
    Truncate,
}

/// <summary>What one statement may cost. Null means no limit beyond the engine's own.</summary>
internal sealed record QueryLimits
{
    /// <summary>No limits of its own: for DDL and maintenance.</summary>
    internal static QueryLimits None { get; } = new();

    /// <summary>Wall time in the engine, at millisecond resolution; then <see cref="ClickHouseErrorKind.Timeout"/>.</summary>
    internal TimeSpan? ExecutionTimeMax { get; init; }

    /// <summary>Rows read from tables; then <see cref="ClickHouseErrorKind.TooManyRows"/>.</summary>
    internal long? RowsToReadMax { get; init; }

    /// <summary>Rows in the answer.</summary>
    internal long? ResultRowsMax { get; init; }

    internal ResultOverflow ResultOverflow { get; init; }

    /// <summary>Memory of this statement, in bytes; then <see cref="ClickHouseErrorKind.MemoryLimit"/>.</summary>
    internal long? MemoryBytesMax { get; init; }

    internal int? ThreadsMax { get; init; }

    /// <summary>The names of all settings that limits become.</summary>
    internal static readonly string[] SettingNames =
        ["max_execution_time", "max_rows_to_read", "max_result_rows", "result_overflow_mode", "max_memory_usage", "max_threads"];

    /// <summary>The limits that are set, as engine settings: numbers and fixed words only.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Settings()
    {
        if (ExecutionTimeMax is { } time)
            yield return new(SettingNames[0], time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture));
        if (RowsToReadMax is { } read)
            yield return new(SettingNames[1], Number(read));
        if (ResultRowsMax is { } rows)
        {
            yield return new(SettingNames[2], Number(rows));
            yield return new(SettingNames[3], ResultOverflow == ResultOverflow.Truncate ? "break" : "throw");
        }

        if (MemoryBytesMax is { } memory)
            yield return new(SettingNames[4], Number(memory));
        if (ThreadsMax is { } threads)
            yield return new(SettingNames[5], Number(threads));
    }

    private static string Number(long value) =>
        value > 0
            ? value.ToString(CultureInfo.InvariantCulture)
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A limit is more than 0; null is no limit.");
}
