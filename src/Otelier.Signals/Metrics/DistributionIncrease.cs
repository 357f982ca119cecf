namespace Otelier.Signals.Metrics;

/// <summary>Some points of one series that count from the same start, in one step.</summary>
/// <param name="StartUnixNano">Since when they count; 0 for unknown.</param>
/// <param name="FirstUnixNano">The time of the first of them.</param>
/// <param name="First">What it says.</param>
/// <param name="LastUnixNano">The time of the last of them.</param>
/// <param name="Last">What it says.</param>
public sealed record DistributionStep(ulong StartUnixNano, ulong FirstUnixNano, Distribution First, ulong LastUnixNano, Distribution Last);

/// <summary>
/// Follows one series of cumulative histograms or summaries as <see cref="CounterIncrease"/> does a number: what came in between two
/// points is their difference, after a restart the point itself.
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
        {
            if (step.StartUnixNano > 0 && step.StartUnixNano >= seenSinceUnixNano)
                return step.Last;
            return step.FirstUnixNano == step.LastUnixNano ? null : step.Last.Since(step.First) ?? step.Last;
        }

        var isRestarted = step.StartUnixNano > before.StartUnixNano && step.StartUnixNano >= before.LastUnixNano;
        return isRestarted ? step.Last : step.Last.Since(before.Last) ?? step.Last;
    }
}
