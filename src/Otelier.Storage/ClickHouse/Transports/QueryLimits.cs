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

    /// <summary>
    /// The limits as engine settings. Every setting is always there, so applying these to a session also takes back
    /// what an earlier statement had set. The engine reads 0 as "no limit".
    /// </summary>
    internal IEnumerable<KeyValuePair<string, string>> Settings()
    {
        yield return new("max_execution_time", (ExecutionTimeMax ?? TimeSpan.Zero).TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture));
        yield return new("max_rows_to_read", Number(RowsToReadMax));
        yield return new("max_result_rows", Number(ResultRowsMax));
        yield return new("result_overflow_mode", ResultOverflow == ResultOverflow.Truncate ? "break" : "throw");
        yield return new("max_memory_usage", Number(MemoryBytesMax));
        if (ThreadsMax is { } threads)
            yield return new("max_threads", Number(threads));
    }

    private static string Number(long? value) =>
        (value ?? 0) is >= 0 and var number
            ? number.ToString(CultureInfo.InvariantCulture)
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A limit is not negative.");
}
