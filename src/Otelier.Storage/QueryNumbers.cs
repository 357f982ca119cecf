namespace Otelier.Storage;

/// <summary>What the statements of the readers came to since the store was opened.</summary>
public sealed record QueryNumbers
{
    /// <summary>When counting began, in nanoseconds since 1970.</summary>
    public required ulong SinceUnixNano { get; init; }

    /// <summary>Statements begun.</summary>
    public required long Count { get; init; }

    /// <summary>Statements that failed, limits and time-outs included.</summary>
    public required long Failures { get; init; }

    /// <summary>Of the failed ones those that ran into their time limit.</summary>
    public required long Timeouts { get; init; }

    /// <summary>Statements that were stopped before their end: the client left, or had enough.</summary>
    public required long Cancelled { get; init; }

    /// <summary>Statements that were never begun, because too many waited or they waited too long.</summary>
    public required long Refused { get; init; }

    /// <summary>Time they took, from the statement to the last row read, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Rows read from tables, as far as the engine tells.</summary>
    public required long RowsRead { get; init; }

    /// <summary>Their size in bytes before compression.</summary>
    public required long BytesRead { get; init; }

    /// <summary>Statements under way in the engine.</summary>
    public required int Active { get; init; }

    /// <summary>Statements that wait for their turn.</summary>
    public required int Waiting { get; init; }

    /// <summary>What the newest statements came to.</summary>
    public required RecentQueries Recent { get; init; }
}

/// <summary>What the newest statements came to. All are 0 before the first.</summary>
/// <param name="DurationAverageSeconds">Their mean duration.</param>
/// <param name="DurationP95Seconds">The 95th percentile of their durations.</param>
/// <param name="RowsReadPerSecond">Rows read per second of their duration.</param>
/// <param name="BytesReadPerSecond">Bytes read per second of their duration.</param>
public readonly record struct RecentQueries(
    double DurationAverageSeconds, double DurationP95Seconds, double RowsReadPerSecond, double BytesReadPerSecond);
