namespace Otelier.Signals.Metrics;

/// <summary>What the points of one series in one step say of a cumulative number.</summary>
/// <param name="First">The first point.</param>
/// <param name="Last">The last point.</param>
/// <param name="Inner">How much the number grew between the points of the step.</param>
public readonly record struct CounterStep(CounterPoint First, CounterPoint Last, double Inner);

/// <summary>A point of a cumulative number.</summary>
/// <param name="StartUnixNano">Since when it counts; 0 for unknown.</param>
/// <param name="TimeUnixNano">When it was read.</param>
/// <param name="Value">What it had come to.</param>
public readonly record struct CounterPoint(ulong StartUnixNano, ulong TimeUnixNano, double Value)
{
    /// <summary>Whether counting began anew between a point and this one.</summary>
    /// <param name="before">The point before.</param>
    /// <param name="isMonotonic">Whether the number never falls while it counts.</param>
    public bool IsRestartedSince(CounterPoint before, bool isMonotonic) =>
        (StartUnixNano > before.StartUnixNano && StartUnixNano >= before.TimeUnixNano) || (isMonotonic && Value < before.Value);
}

/// <summary>
/// Follows one series from step to step and says how much it grew in each. What lies between two steps is counted in the later
/// one. After a restart the number itself is the growth. Of the first point nothing is known before it, unless
/// its counting began within the time that is looked at.
/// </summary>
/// <param name="isMonotonic">Whether the number never falls while it counts.</param>
/// <param name="seenSinceUnixNano">The beginning of the time that is looked at.</param>
public struct CounterIncrease(bool isMonotonic, ulong seenSinceUnixNano)
{
    private CounterPoint? _last;

    /// <summary>The growth in the series' next step that has points.</summary>
    public double Next(CounterStep step)
    {
        var before = _last;
        _last = step.Last;
        if (before is not { } last)
            return step.Inner + (step.First.StartUnixNano >= seenSinceUnixNano && step.First.StartUnixNano > 0 ? step.First.Value : 0);
        return step.Inner + (step.First.IsRestartedSince(last, isMonotonic) ? step.First.Value : step.First.Value - last.Value);
    }
}
