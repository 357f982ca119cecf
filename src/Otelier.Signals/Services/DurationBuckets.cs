using System.Numerics;

namespace Otelier.Signals.Services;

/// <summary>
/// The histogram of durations that the per-minute rollup keeps: four buckets per power of two. The numbers are stored and
/// must not change. Bucket 0 is the duration 0; bucket b > 0 holds what is at least 2^((b-1)/4) and less than 2^(b/4) nanoseconds.
/// </summary>
public static class DurationBuckets
{
    /// <summary>How many buckets there can be.</summary>
    public const int Count = 257;

    private const int PerPowerOfTwo = 4;

    private static readonly double[] UpperEdges = [.. Enumerable.Range(0, Count).Select(bucket => Math.Pow(2, (double)bucket / PerPowerOfTwo))];

    /// <summary>The bucket of a duration.</summary>
    public static ushort Of(ulong durationNanos)
    {
        if (durationNanos == 0)
            return 0;
        // The power of two is exact; within it the three inner edges are compared with, so that no logarithm's rounding decides.
        var first = (BitOperations.Log2(durationNanos) * PerPowerOfTwo) + 1;
        var bucket = first;
        while (bucket < first + PerPowerOfTwo - 1 && durationNanos >= UpperEdges[bucket])
            bucket++;
        return (ushort)bucket;
    }

    /// <summary>Where a bucket begins, in nanoseconds.</summary>
    public static double LowerEdge(int bucket) => bucket == 0 ? 0 : UpperEdges[bucket - 1];

    /// <summary>Where a bucket ends, in nanoseconds.</summary>
    public static double UpperEdge(int bucket) => bucket == 0 ? 0 : UpperEdges[bucket];

    /// <summary>
    /// The duration, in nanoseconds, that the share <paramref name="quantile"/> of all is not above; within a bucket it is
    /// interpolated by powers, so it is off by less than a fifth. 0 where nothing was counted.
    /// </summary>
    /// <param name="buckets">How many durations are in each bucket.</param>
    /// <param name="quantile">0 to 1.</param>
    /// <param name="maxNanos">The longest duration, which no quantile exceeds.</param>
    public static double Quantile(IReadOnlyDictionary<ushort, ulong> buckets, double quantile, ulong maxNanos)
    {
        var total = 0d;
        foreach (var (_, count) in buckets)
            total += count;
        var before = 0d;
        foreach (var (bucket, count) in buckets.OrderBy(pair => pair.Key))
        {
            if (count == 0 || before + count < quantile * total)
            {
                before += count;
                continue;
            }

            if (bucket == 0)
                return 0;
            var share = Math.Clamp(((quantile * total) - before) / count, 0, 1);
            return Math.Min(LowerEdge(bucket) * Math.Pow(UpperEdge(bucket) / LowerEdge(bucket), share), maxNanos);
        }

        return 0;
    }
}
