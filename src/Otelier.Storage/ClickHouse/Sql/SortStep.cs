using Otelier.Signals;

namespace Otelier.Storage.ClickHouse.Sql;

/// <summary>
/// A step of time that comes early in a table's sort key. Where another column comes between it and the time itself, the engine applies a
/// range of times to the latter alone; without the range's steps it would read all times of, say, a service.
/// </summary>
/// <param name="Function">What makes a time its step, as the schema spells it. The engine's time zone has a say in it.</param>
/// <param name="Seconds">How long a step is.</param>
internal sealed record SortStep(string Function, ulong Seconds)
{
    public static SortStep Second { get; } = new("toDateTime", 1);

    public static SortStep Minute { get; } = new("toStartOfMinute", 60);

    public static SortStep Hour { get; } = new("toStartOfHour", 3600);

    /// <summary>Whether the steps of these times can be compared: they have 32 bits for seconds, and wild clocks go beyond.</summary>
    public static bool Covers(TimeRange range) => range.EndUnixNano <= uint.MaxValue * TimeRange.SecondNanos;

    /// <summary>The step of a time in SQL.</summary>
    public string Of(string time) => $"{Function}({time})";

    /// <summary>A time's step where time zones differ by whole steps, as they do by minutes; in seconds since 1970.</summary>
    public ulong Of(ulong unixNano) => unixNano / TimeRange.SecondNanos / Seconds * Seconds;
}
