namespace Otelier.Benchmarks.Report;

/// <summary>What a figure should reach: a bound of its value, or of its ratio to what it was measured against.</summary>
internal sealed record Goal(bool AtLeast, double Bound, bool OfRatio)
{
    public static Goal Least(double bound) => new(AtLeast: true, bound, OfRatio: false);

    public static Goal Most(double bound) => new(AtLeast: false, bound, OfRatio: false);

    public static Goal RatioLeast(double bound) => new(AtLeast: true, bound, OfRatio: true);

    public static Goal RatioMost(double bound) => new(AtLeast: false, bound, OfRatio: true);

    /// <summary>Whether <paramref name="figure"/> reaches it.</summary>
    public bool IsMetBy(Figure figure)
    {
        var seen = OfRatio ? figure.Ratio ?? double.NaN : figure.Value;
        return AtLeast ? seen >= Bound : seen <= Bound;
    }
}
