namespace Otelier.Signals.Metrics;

/// <summary>A distribution over buckets with explicit bounds; a bucket holds what is above its lower and up to its upper bound.</summary>
public sealed class ExplicitDistribution : Distribution
{
    /// <summary>Strictly increasing.</summary>
    public IReadOnlyList<double> Bounds { get; init; } = [];

    /// <summary>One more than there are bounds, or none.</summary>
    public IReadOnlyList<double> Counts { get; init; } = [];

    /// <summary>With different bounds those stay that both have: up to there the counts are exact.</summary>
    public override Distribution Plus(Distribution other)
    {
        var b = (ExplicitDistribution)other;
        var (left, right) = Align(this, b);
        return new ExplicitDistribution
        {
            Count = Count + b.Count,
            Sum = Sum + b.Sum,
            Min = Math.Min(Min, b.Min),
            Max = Math.Max(Max, b.Max),
            Bounds = left.Bounds,
            Counts = [.. left.Counts.Zip(right.Counts, (x, y) => x + y)],
        };
    }

    public override Distribution? Since(Distribution earlier)
    {
        var before = (ExplicitDistribution)earlier;
        if (before.Count > Count)
            return null;
        if (!Bounds.SequenceEqual(before.Bounds) || Counts.Count != before.Counts.Count)
            return null;
        var counts = new double[Counts.Count];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = Counts[i] - before.Counts[i];
            if (counts[i] < 0)
                return null;
        }

        // The smallest and the largest are those of the whole time it has counted.
        return new ExplicitDistribution { Count = Count - before.Count, Sum = Sum - before.Sum, Min = Min, Max = Max, Bounds = Bounds, Counts = counts };
    }

    /// <summary>
    /// Values are taken to lie evenly within their bucket, and those of the first one from 0 on if its bound is more than that.
    /// Beyond the last bound there is no telling: it is the answer.
    /// </summary>
    public override double Quantile(double quantile)
    {
        var total = Counts.Sum();
        if (!(total > 0) || Bounds.Count == 0)
            return double.NaN;
        var rank = quantile * total;
        double below = 0;
        var bucket = 0;
        while (bucket < Counts.Count - 1 && (below + Counts[bucket] < rank || Counts[bucket] == 0))
            below += Counts[bucket++];
        if (bucket == Bounds.Count)
            return Bounds[^1];
        var upper = Bounds[bucket];
        if (bucket == 0 && upper <= 0)
            return upper;
        var lower = bucket == 0 ? 0 : Bounds[bucket - 1];
        return lower + ((upper - lower) * ((rank - below) / Counts[bucket]));
    }

    private static (ExplicitDistribution, ExplicitDistribution) Align(ExplicitDistribution a, ExplicitDistribution b)
    {
        if (a.Bounds.SequenceEqual(b.Bounds) && a.Counts.Count == b.Counts.Count)
            return (a, b);
        double[] common = [.. a.Bounds.Intersect(b.Bounds).Order()];
        return (a.Over(common), b.Over(common));
    }

    /// <summary>The same values over some of the bounds.</summary>
    private ExplicitDistribution Over(double[] bounds)
    {
        var counts = new double[bounds.Length + 1];
        var to = 0;
        for (var from = 0; from < Counts.Count; from++)
        {
            while (to < bounds.Length && from > 0 && Bounds[from - 1] >= bounds[to])
                to++;
            counts[to] += Counts[from];
        }

        return new ExplicitDistribution { Count = Count, Sum = Sum, Min = Min, Max = Max, Bounds = bounds, Counts = counts };
    }
}
