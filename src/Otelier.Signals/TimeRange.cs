namespace Otelier.Signals;

/// <summary>A half-open range of time, [start, end), in nanoseconds since 1970.</summary>
public readonly record struct TimeRange(ulong StartUnixNano, ulong EndUnixNano)
{
    /// <summary>The nanoseconds of a second.</summary>
    public const ulong SecondNanos = 1_000_000_000;

    /// <summary>The nanoseconds of a minute.</summary>
    public const ulong MinuteNanos = 60 * SecondNanos;
}
