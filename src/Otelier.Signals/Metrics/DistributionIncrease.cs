namespace Otelier.Signals.Metrics;

/// <summary>Some points of one series that count from the same start, in one step.</summary>
/// <param name="StartUnixNano">Since when they count; 0 for unknown.</param>
/// <param name="LastUnixNano">The time of the last of them.</param>
/// <param name="Last">What it says.</param>
public sealed record DistributionStep(ulong StartUnixNano, ulong LastUnixNano, Distribution Last);

/// <summary>
/// Follows one series of cumulative histograms or summaries as <see cref="CounterIncrease"/> does a number: what came in between two
/// steps is the difference of their last points, after a restart the point itself. What came in during the first step is not told unless
/// the counting began in it: for that two points of every step would have to be read, and buckets are large.
/// </summary>
/// <param name="seenSinceUnixNano">The beginning of the time that is looked at.</param>
public struct DistributionIncrease(ulong seenSinceUnixNano)
{
    private DistributionStep? _last;

    /// <summary>What came in, by the series' next points in the order of time; <see langword="null"/> where nothing can be told of it.</summary>
    public Distribution? Next(DistributionStep step)
    {
        var before = _last;
        _last = step;
        if (before is null)
            return step.StartUnixNano > 0 && step.StartUnixNano >= seenSinceUnixNano ? step.Last : null;

        var isRestarted = step.StartUnixNano > before.StartUnixNano && step.StartUnixNano >= before.LastUnixNano;
        return isRestarted ? step.Last : step.Last.Since(before.Last) ?? step.Last;
    }
}
