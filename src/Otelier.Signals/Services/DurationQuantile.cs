using Otelier.Signals.Traces;

namespace Otelier.Signals.Services;

/// <summary>What can be told of durations that a rollup counted in buckets (<see cref="DurationBucket"/>).</summary>
public static class DurationQuantile
{
    /// <summary>
    /// The duration, in nanoseconds, that the share <paramref name="quantile"/> of all does not exceed; within a bucket it is
    /// interpolated by powers. 0 where nothing was counted.
    /// </summary>
    /// <param name="buckets">How many durations are in each bucket.</param>
    /// <param name="quantile">0 to 1.</param>
    /// <param name="maxNanos">The longest duration, which no quantile exceeds.</param>
    public static double Of(IReadOnlyDictionary<ushort, ulong> buckets, double quantile, ulong maxNanos)
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
            var ofPrevious = (bucket - 1 + share) / DurationBucket.PerDoubling;
            return Math.Min(Math.Pow(2, ofPrevious), maxNanos);
        }

        return 0;
    }

    /// <summary>How many durations do not exceed <paramref name="nanos"/>; of the bucket in which it lies the share below it, by powers.</summary>
    /// <param name="buckets">How many durations are in each bucket.</param>
    /// <param name="nanos">A duration in nanoseconds, more than 0.</param>
    public static double CountUpTo(IReadOnlyDictionary<ushort, ulong> buckets, double nanos)
    {
        var place = Math.Log2(Math.Max(nanos, 1)) * DurationBucket.PerDoubling;
        var count = 0d;
        foreach (var (bucket, durations) in buckets)
            count += durations * (bucket == 0 ? 1 : Math.Clamp(place - (bucket - 1), 0, 1));
        return count;
    }
}
