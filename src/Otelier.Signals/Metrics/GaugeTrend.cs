namespace Otelier.Signals.Metrics;

/// <summary>
/// What the points of one series in one step come to, as far as its trend goes. Times are seconds since the step began, which keeps the sums
/// small enough to be exact.
/// </summary>
/// <param name="Count">How many points.</param>
/// <param name="LastSeconds">The time of the newest.</param>
/// <param name="Last">The value of the newest.</param>
/// <param name="SumX">Of their times.</param>
/// <param name="SumY">Of their values.</param>
/// <param name="SumXX">Of the squares of their times.</param>
/// <param name="SumXY">Of the products of time and value.</param>
public readonly record struct TrendStep(double Count, double LastSeconds, double Last, double SumX, double SumY, double SumXX, double SumXY);

/// <summary>
/// Follows one series of a value that may rise and fall from step to step. The newest point of the step before belongs to a step, too, or steps with
/// one point would have no trend.
/// </summary>
/// <param name="stepNanos">The length of a step, in nanoseconds.</param>
public struct GaugeTrend(long stepNanos)
{
    private const double NanosPerSecond = 1e9;

    private (long Step, double Seconds, double Value)? _last;

    /// <summary>Change and slope per second in the series' next step that has points; <see langword="null"/> where they cannot be told.</summary>
    /// <param name="step">The step's number.</param>
    /// <param name="points">Its points.</param>
    public (double? Delta, double? Slope) Next(long step, TrendStep points)
    {
        var before = _last;
        _last = (step, points.LastSeconds, points.Last);
        if (before is not { } last)
            return (null, SlopeOf(points));
        var x = last.Seconds - ((step - last.Step) * (stepNanos / NanosPerSecond));
        return (points.Last - last.Value, SlopeOf(points with
        {
            Count = points.Count + 1,
            SumX = points.SumX + x,
            SumY = points.SumY + last.Value,
            SumXX = points.SumXX + (x * x),
            SumXY = points.SumXY + (x * last.Value),
        }));
    }

    private static double? SlopeOf(TrendStep points)
    {
        var spread = (points.Count * points.SumXX) - (points.SumX * points.SumX);
        return points.Count < 2 || spread <= 0 ? null : ((points.Count * points.SumXY) - (points.SumX * points.SumY)) / spread;
    }
}
