namespace Otelier.Signals.Metrics;

/// <summary>
/// Equal steps of time, each beginning at a multiple of its length since 1970, so that queries at different times see the same steps; or so much
/// later, where the steps are to end at a given moment.
/// </summary>
/// <param name="First">The number of the first step: its beginning divided by the length.</param>
/// <param name="Count">How many steps.</param>
/// <param name="StepNanos">The length of a step, in nanoseconds, more than 0.</param>
/// <param name="OffsetNanos">How much later than at a multiple of their length steps begin, in nanoseconds, less than a step.</param>
public readonly record struct StepGrid(long First, int Count, long StepNanos, long OffsetNanos = 0)
{
    private const long NanosPerMilli = 1_000_000;
    private const long NanosPerSecond = 1_000_000_000;

    /// <summary>Lengths that people find natural, in seconds; longer ones are whole days.</summary>
    private static readonly long[] NaturalSeconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];

    /// <summary>The steps that a range touches, or more than <see cref="int.MaxValue"/> of them cut to that number.</summary>
    public static StepGrid Over(TimeRange range, long stepNanos)
    {
        var first = (long)(range.StartUnixNano / (ulong)stepNanos);
        var last = (long)(Math.Max(range.EndUnixNano, range.StartUnixNano + 1) - 1) / stepNanos;
        return new StepGrid(first, (int)Math.Min(last - first + 1, int.MaxValue), stepNanos);
    }

    /// <summary>The one step that ends with a moment, itself included.</summary>
    public static StepGrid EndingAt(ulong unixNano, long stepNanos)
    {
        var end = (long)Math.Min(unixNano, long.MaxValue - 1) + 1;
        return new StepGrid((end / stepNanos) - 1, 1, stepNanos, end % stepNanos);
    }

    /// <summary>A natural length for about <see cref="MetricLimits.StepsAutomatic"/> steps, in nanoseconds.</summary>
    public static long AutomaticNanos(TimeRange range) => NaturalNanos(range, MetricLimits.StepsAutomatic);

    /// <summary>The shortest natural length for about so many steps, or fewer, in nanoseconds.</summary>
    public static long NaturalNanos(TimeRange range, int steps)
    {
        var seconds = (double)(range.EndUnixNano - range.StartUnixNano) / NanosPerSecond / steps;
        foreach (var natural in NaturalSeconds)
        {
            if (natural >= seconds)
                return natural * NanosPerSecond;
        }

        return (long)Math.Ceiling(seconds / NaturalSeconds[^1]) * NaturalSeconds[^1] * NanosPerSecond;
    }

    /// <summary>The time of all steps.</summary>
    public TimeRange Range => new((ulong)Math.Max(0, (First * StepNanos) + OffsetNanos), (ulong)(((First + Count) * StepNanos) + OffsetNanos));

    /// <summary>The length of a step in seconds.</summary>
    public double StepSeconds => (double)StepNanos / NanosPerSecond;

    /// <summary>When a step begins, in milliseconds since 1970.</summary>
    /// <param name="index">From 0 on.</param>
    public long UnixMillis(int index) => (((First + index) * StepNanos) + OffsetNanos) / NanosPerMilli;
}
