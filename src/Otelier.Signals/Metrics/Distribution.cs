namespace Otelier.Signals.Metrics;

/// <summary>How values are distributed, of one point or of many together. Counts are doubles because differences of points are no longer exact beyond 2^53 anyway.</summary>
public abstract class Distribution
{
    private protected Distribution()
    {
    }

    /// <summary>How many values.</summary>
    public double Count { get; init; }

    /// <summary>Their sum; NaN where a part of them did not tell it.</summary>
    public double Sum { get; init; }

    /// <summary>The smallest; positive infinity where nobody told it.</summary>
    public double Min { get; init; } = double.PositiveInfinity;

    /// <summary>The largest; negative infinity where nobody told it.</summary>
    public double Max { get; init; } = double.NegativeInfinity;

    /// <summary>Both together. They are of one kind.</summary>
    public abstract Distribution Plus(Distribution other);

    /// <summary>What came in since an earlier point of the same series; <see langword="null"/> where a count fell, so counting began anew.</summary>
    public abstract Distribution? Since(Distribution earlier);

    /// <summary>The value below which a share of all values lies; NaN where that cannot be told.</summary>
    /// <param name="quantile">The share, 0 to 1.</param>
    public abstract double Quantile(double quantile);
}
