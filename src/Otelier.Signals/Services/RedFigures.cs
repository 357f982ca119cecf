namespace Otelier.Signals.Services;

/// <summary>
/// Rate, errors and durations over a length of time, from a per-minute rollup. Of a service they are those of its requests (the spans by
/// which work enters it), of an operation those of all its spans; either way <see cref="MeasuredCount"/> says how many.
/// </summary>
public sealed record RedFigures
{
    private static readonly Dictionary<ushort, ulong> NoBuckets = [];

    /// <summary>How many times the threshold a tolerated duration may last, by the definition of Apdex.</summary>
    private const double ToleratedThresholds = 4;

    /// <summary>All spans.</summary>
    public required ulong SpanCount { get; init; }

    /// <summary>Of all spans those with the status error.</summary>
    public required ulong ErrorCount { get; init; }

    /// <summary>What rate, error rate and durations are of.</summary>
    public required ulong MeasuredCount { get; init; }

    /// <summary>Of the measured ones those with the status error.</summary>
    public required ulong MeasuredErrorCount { get; init; }

    /// <summary>Sum of the measured durations, in nanoseconds.</summary>
    public required ulong DurationSumNanos { get; init; }

    /// <summary>The longest, in nanoseconds.</summary>
    public required ulong DurationMaxNanos { get; init; }

    /// <summary>How many of the measured durations lie in which <see cref="Traces.DurationBucket"/>.</summary>
    public IReadOnlyDictionary<ushort, ulong> Buckets { get; init; } = NoBuckets;

    /// <summary>The share of errors among what is measured, 0 to 1.</summary>
    public double ErrorRate => MeasuredCount == 0 ? 0 : (double)MeasuredErrorCount / MeasuredCount;

    /// <summary>In nanoseconds; 0 where nothing is measured.</summary>
    public double DurationAverageNanos => MeasuredCount == 0 ? 0 : (double)DurationSumNanos / MeasuredCount;

    /// <summary>A quantile of the durations in nanoseconds, off by less than a fifth; 0 where nothing is measured.</summary>
    /// <param name="quantile">0 to 1.</param>
    public double DurationQuantileNanos(double quantile) => DurationQuantile.Of(Buckets, quantile, DurationMaxNanos);

    /// <summary>
    /// The Apdex score, 0 to 1; <see langword="null"/> where nothing is measured. An error frustrates however fast it came. How long errors
    /// lasted is not known apart from the rest, so they are taken to be as the others: the score is off by at most <see cref="ErrorRate"/>.
    /// </summary>
    /// <param name="thresholdNanos">Up to which duration a request satisfies, in nanoseconds, more than 0.</param>
    public double? Apdex(ulong thresholdNanos)
    {
        if (MeasuredCount == 0)
            return null;
        var satisfied = DurationQuantile.CountUpTo(Buckets, thresholdNanos);
        var tolerated = DurationQuantile.CountUpTo(Buckets, thresholdNanos * ToleratedThresholds) - satisfied;
        return Math.Clamp((satisfied + (tolerated / 2)) / MeasuredCount * (1 - ErrorRate), 0, 1);
    }
}
