namespace Otelier.Signals.Services;

/// <summary>One service over a range of time: rate, errors, durations. From the per-minute rollup, all kinds of spans together.</summary>
/// <param name="Name">The value of <c>service.name</c>; empty for spans without one.</param>
/// <param name="SpanCount">How many spans started in the range.</param>
/// <param name="ErrorCount">How many of them have the status error.</param>
/// <param name="RatePerSecond">Spans per second of the range.</param>
/// <param name="ErrorRate">The share of spans with the status error, 0 to 1.</param>
/// <param name="DurationAverageNanos">In nanoseconds.</param>
/// <param name="DurationP50Nanos">The median, in nanoseconds; the quantiles are off by less than a fifth.</param>
/// <param name="DurationP95Nanos">In nanoseconds.</param>
/// <param name="DurationP99Nanos">In nanoseconds.</param>
/// <param name="DurationMaxNanos">The longest, in nanoseconds.</param>
/// <param name="FirstSeenUnixNano">The first minute of the range that has spans, in nanoseconds since 1970.</param>
/// <param name="LastSeenUnixNano">The last minute of the range that has spans, in nanoseconds since 1970.</param>
/// <param name="OperationCount">How many different (span name, span kind) there are.</param>
public sealed record ServiceSummary(
    string Name,
    ulong SpanCount,
    ulong ErrorCount,
    double RatePerSecond,
    double ErrorRate,
    double DurationAverageNanos,
    double DurationP50Nanos,
    double DurationP95Nanos,
    double DurationP99Nanos,
    ulong DurationMaxNanos,
    ulong FirstSeenUnixNano,
    ulong LastSeenUnixNano,
    ulong OperationCount);
