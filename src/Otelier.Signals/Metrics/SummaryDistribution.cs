namespace Otelier.Signals.Metrics;

/// <summary>Count and sum of a summary, and the quantiles that its sender worked out.</summary>
public sealed class SummaryDistribution : Distribution
{
    private const double SameQuantile = 1e-9;

    /// <summary>Of one point its own, of several the largest value of each.</summary>
    public IReadOnlyList<QuantileValue> Quantiles { get; init; } = [];

    /// <summary>Quantiles cannot be put together; the largest value is at least no understatement.</summary>
    public override Distribution Plus(Distribution other)
    {
        var b = (SummaryDistribution)other;
        return new SummaryDistribution
        {
            Count = Count + b.Count,
            Sum = Sum + b.Sum,
            Quantiles = [.. Quantiles.Concat(b.Quantiles).GroupBy(q => q.Quantile).Select(q => new QuantileValue(q.Key, q.Max(v => v.Value)))],
        };
    }

    public override Distribution? Since(Distribution earlier) =>
        earlier.Count > Count ? null : new SummaryDistribution { Count = Count - earlier.Count, Sum = Sum - earlier.Sum, Quantiles = Quantiles };

    public override double Quantile(double quantile)
    {
        foreach (var (sent, value) in Quantiles)
        {
            if (Math.Abs(sent - quantile) < SameQuantile)
                return value;
        }

        return double.NaN;
    }
}
