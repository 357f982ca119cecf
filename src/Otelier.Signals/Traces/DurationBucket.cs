using System.Numerics;

namespace Otelier.Signals.Traces;

/// <summary>
/// The mergeable latency histogram of the rollups: four buckets per power of two of nanoseconds, so a quantile read from
/// it is at most 19 % off. Bucket 0 holds the duration 0. The numbering is stored and must not change.
/// </summary>
public static class DurationBucket
{
    /// <summary>Buckets per power of two.</summary>
    public const int PerDoubling = 4;

    /// <summary>The bucket of a duration in nanoseconds: 0, or 1 + ⌊4·log₂ d⌋.</summary>
    public static ushort Of(ulong durationNanos)
    {
        if (durationNanos == 0)
            return 0;
        var exponent = BitOperations.Log2(durationNanos);
        // The two bits of 4·log₂ below the exponent come from comparing the mantissa with 2^(1/4), 2^(2/4) and 2^(3/4).
        var mantissa = exponent >= 62 ? durationNanos >> (exponent - 62) : durationNanos << (62 - exponent);
        var quarter = mantissa >= Quarter3 ? 3 : mantissa >= Quarter2 ? 2 : mantissa >= Quarter1 ? 1 : 0;
        return (ushort)(1 + (exponent * PerDoubling) + quarter);
    }

    /// <summary>Where a bucket ends, in nanoseconds: 2^(bucket/4).</summary>
    public static double UpperBoundNanos(ushort bucket) => bucket == 0 ? 0 : Math.Pow(2, bucket / (double)PerDoubling);

    private const ulong Quarter1 = 5484249825272419511; // 2^62 · 2^(1/4)
    private const ulong Quarter2 = 6521908912666391106; // 2^62 · 2^(2/4)
    private const ulong Quarter3 = 7755900482342532474; // 2^62 · 2^(3/4)
}
