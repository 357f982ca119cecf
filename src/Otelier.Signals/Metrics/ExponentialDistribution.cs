namespace Otelier.Signals.Metrics;

/// <summary>
/// A distribution over buckets whose bounds are powers of 2^(2^-scale): bucket i holds what is above base^i and up to base^(i+1),
/// on the negative side with the sign turned; values near 0 have a bucket of their own.
/// </summary>
public sealed class ExponentialDistribution : Distribution
{
    private const int ShiftMax = 31;

    public int Scale { get; init; }

    public double ZeroCount { get; init; }

    /// <summary>Values from minus this to this are in the bucket of 0.</summary>
    public double ZeroThreshold { get; init; }

    /// <summary>Counts by index, none of them 0.</summary>
    public SortedDictionary<int, double> Positive { get; init; } = [];

    /// <inheritdoc cref="Positive"/>
    public SortedDictionary<int, double> Negative { get; init; } = [];

    /// <summary>Buckets as they are sent: counts from an index on.</summary>
    public static SortedDictionary<int, double> Buckets(int offset, ReadOnlySpan<ulong> counts)
    {
        var buckets = new SortedDictionary<int, double>();
        for (var i = 0; i < counts.Length; i++)
        {
            // An index beyond what the protocol can say belongs to its last bucket.
            if (counts[i] != 0)
                Add(buckets, (int)Math.Min((long)offset + i, int.MaxValue), counts[i]);
        }

        return buckets;
    }

    /// <summary>Over the coarser of the two scales, or a coarser one still where there would be too many buckets; over the wider bucket of 0.</summary>
    public override Distribution Plus(Distribution other)
    {
        var b = (ExponentialDistribution)other;
        var (left, right) = Align(this, b);
        var sum = new ExponentialDistribution
        {
            Count = Count + b.Count,
            Sum = Sum + b.Sum,
            Min = Math.Min(Min, b.Min),
            Max = Math.Max(Max, b.Max),
            Scale = left.Scale,
            ZeroCount = left.ZeroCount + right.ZeroCount,
            ZeroThreshold = left.ZeroThreshold,
            Positive = Combine(left.Positive, right.Positive, 1),
            Negative = Combine(left.Negative, right.Negative, 1),
        };
        while (Math.Max(sum.Positive.Count, sum.Negative.Count) > MetricLimits.ExponentialBucketsMax)
            sum = sum.AtScale(sum.Scale - 1);
        return sum;
    }

    public override Distribution? Since(Distribution earlier)
    {
        var before = (ExponentialDistribution)earlier;
        if (before.Count > Count)
            return null;
        var (now, then) = Align(this, before);
        var positive = Combine(now.Positive, then.Positive, -1);
        var negative = Combine(now.Negative, then.Negative, -1);
        if (now.ZeroCount < then.ZeroCount || positive.Values.Any(count => count < 0) || negative.Values.Any(count => count < 0))
            return null;
        return new ExponentialDistribution
        {
            Count = Count - before.Count,
            Sum = Sum - before.Sum,
            Min = Min,
            Max = Max,
            Scale = now.Scale,
            ZeroCount = now.ZeroCount - then.ZeroCount,
            ZeroThreshold = now.ZeroThreshold,
            Positive = positive,
            Negative = negative,
        };
    }

    /// <summary>
    /// Within a bucket values are taken to lie evenly on the logarithmic scale it is a part of; in the one of 0 evenly, from 0 on
    /// where there are no values on the other side.
    /// </summary>
    public override double Quantile(double quantile)
    {
        var total = ZeroCount + Positive.Values.Sum() + Negative.Values.Sum();
        if (!(total > 0))
            return double.NaN;
        var rank = quantile * total;
        double below = 0;
        var answer = double.NaN;

        // From the far end of the negative side, where the indexes are large, to that of the positive one.
        foreach (var (index, count) in Negative.Reverse())
        {
            if (below + count >= rank)
                return -Within(index, 1 - ((rank - below) / count));
            below += count;
            answer = -Bound(index);
        }

        if (ZeroCount > 0)
        {
            if (below + ZeroCount >= rank)
                return WithinZero((rank - below) / ZeroCount);
            below += ZeroCount;
            answer = ZeroThreshold;
        }

        foreach (var (index, count) in Positive)
        {
            if (below + count >= rank)
                return Within(index, (rank - below) / count);
            below += count;
            answer = Bound((long)index + 1);
        }

        // Rounding may leave the rank a hair above all counts.
        return answer;
    }

    private double WithinZero(double share)
    {
        var lower = Negative.Count == 0 ? 0 : -ZeroThreshold;
        var upper = Positive.Count == 0 ? 0 : ZeroThreshold;
        return lower + ((upper - lower) * share);
    }

    private double Within(int index, double share) => Math.Pow(2, Math.ScaleB(index + share, Negated(Scale)));

    private double Bound(long index) => Math.Pow(2, Math.ScaleB(index, Negated(Scale)));

    private static int Negated(int scale) => scale == int.MinValue ? int.MaxValue : -scale;

    private static (ExponentialDistribution, ExponentialDistribution) Align(ExponentialDistribution a, ExponentialDistribution b)
    {
        var scale = Math.Min(a.Scale, b.Scale);
        var (x, y) = (a.AtScale(scale), b.AtScale(scale));
        var threshold = Math.Max(x.ZeroThreshold, y.ZeroThreshold);
        return (x.WithZeroThreshold(threshold), y.WithZeroThreshold(threshold));
    }

    /// <summary>The same values at a coarser scale: 2 to the difference buckets become one.</summary>
    private ExponentialDistribution AtScale(int scale)
    {
        if (scale == Scale)
            return this;
        var shift = (int)Math.Min((long)Scale - scale, ShiftMax);
        return With(scale, ZeroThreshold, ZeroCount, Shift(Positive, shift), Shift(Negative, shift));
    }

    /// <summary>Puts buckets that lie wholly within the wider bucket of 0 into it.</summary>
    private ExponentialDistribution WithZeroThreshold(double threshold)
    {
        if (threshold == ZeroThreshold)
            return this;
        var zero = ZeroCount;
        return With(Scale, threshold, zero + Below(Positive, threshold) + Below(Negative, threshold), Above(Positive, threshold), Above(Negative, threshold));
    }

    private ExponentialDistribution With(int scale, double threshold, double zeroCount, SortedDictionary<int, double> positive, SortedDictionary<int, double> negative) => new()
    {
        Count = Count,
        Sum = Sum,
        Min = Min,
        Max = Max,
        Scale = scale,
        ZeroThreshold = threshold,
        ZeroCount = zeroCount,
        Positive = positive,
        Negative = negative,
    };

    private double Below(SortedDictionary<int, double> buckets, double threshold) =>
        buckets.Where(bucket => Bound((long)bucket.Key + 1) <= threshold).Sum(bucket => bucket.Value);

    private SortedDictionary<int, double> Above(SortedDictionary<int, double> buckets, double threshold) =>
        new(buckets.Where(bucket => Bound((long)bucket.Key + 1) > threshold).ToDictionary());

    private static SortedDictionary<int, double> Shift(SortedDictionary<int, double> buckets, int shift)
    {
        var shifted = new SortedDictionary<int, double>();
        foreach (var (index, count) in buckets)
            Add(shifted, index >> shift, count);
        return shifted;
    }

    private static SortedDictionary<int, double> Combine(SortedDictionary<int, double> a, SortedDictionary<int, double> b, int sign)
    {
        var sum = new SortedDictionary<int, double>(a);
        foreach (var (index, count) in b)
            Add(sum, index, sign * count);
        return sum;
    }

    private static void Add(SortedDictionary<int, double> buckets, int index, double count)
    {
        var sum = buckets.GetValueOrDefault(index) + count;
        if (sum == 0)
            buckets.Remove(index);
        else
            buckets[index] = sum;
    }
}
