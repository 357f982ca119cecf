using Otelier.Signals.Traces;

namespace Otelier.Signals.Services;

/// <summary>Calls added up. Not thread-safe while it grows.</summary>
public sealed class CallTally
{
    private readonly Dictionary<ushort, ulong> _buckets = [];
    private readonly Dictionary<ushort, ulong> _callerBuckets = [];

    public ulong Count { get; private set; }

    /// <summary>Calls of which either side has the status error.</summary>
    public ulong Errors { get; private set; }

    /// <summary>In nanoseconds, as the callee measured it; as the caller did where nobody answered.</summary>
    public ulong DurationSumNanos { get; private set; }

    /// <summary>A quantile of the same durations in nanoseconds.</summary>
    /// <param name="quantile">0 to 1.</param>
    public double DurationQuantileNanos(double quantile) => QuantileOf(_buckets, quantile);

    /// <summary>A quantile of the durations as callers measured them, in nanoseconds; <see langword="null"/> where none did.</summary>
    /// <param name="quantile">0 to 1.</param>
    public double? CallerDurationQuantileNanos(double quantile) => _callerBuckets.Count == 0 ? null : QuantileOf(_callerBuckets, quantile);

    /// <summary>Adds calls whose durations lie in one <see cref="DurationBucket"/>.</summary>
    internal void Add(in CallCounts calls)
    {
        Count += calls.Count;
        Errors += calls.Errors;
        DurationSumNanos += calls.DurationSumNanos;
        AddBucket(_buckets, calls);
    }

    internal void Add(CallTally other)
    {
        Count += other.Count;
        Errors += other.Errors;
        DurationSumNanos += other.DurationSumNanos;
        foreach (var (bucket, count) in other._buckets)
            _buckets[bucket] = _buckets.GetValueOrDefault(bucket) + count;
    }

    internal void AddCaller(in CallCounts calls) => AddBucket(_callerBuckets, calls);

    /// <summary>Adds what callers measured of the same calls.</summary>
    internal void AddCaller(CallTally callers)
    {
        foreach (var (bucket, count) in callers._callerBuckets)
            _callerBuckets[bucket] = _callerBuckets.GetValueOrDefault(bucket) + count;
    }

    private static void AddBucket(Dictionary<ushort, ulong> buckets, in CallCounts calls) =>
        buckets[calls.Bucket] = buckets.GetValueOrDefault(calls.Bucket) + calls.Count;

    private static double QuantileOf(Dictionary<ushort, ulong> buckets, double quantile) =>
        buckets.Count == 0 ? 0 : DurationQuantile.Of(buckets, quantile, (ulong)Math.Min(DurationBucket.UpperBoundNanos(buckets.Keys.Max()), long.MaxValue));
}

/// <summary>Calls whose durations lie in one bucket.</summary>
/// <param name="Bucket">The <see cref="DurationBucket"/>.</param>
/// <param name="Count">How many.</param>
/// <param name="Errors">How many failed.</param>
/// <param name="DurationSumNanos">How long they took together, in nanoseconds.</param>
public readonly record struct CallCounts(ushort Bucket, ulong Count, ulong Errors, ulong DurationSumNanos);
