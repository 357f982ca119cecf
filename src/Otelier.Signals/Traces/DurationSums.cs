namespace Otelier.Signals.Traces;

/// <summary>Durations added up: sum, longest, and how many in which <see cref="DurationBucket"/>.</summary>
public sealed class DurationSums
{
    private ulong[] _buckets = [];
    private int _firstBucket;

    /// <summary>In nanoseconds.</summary>
    public ulong NanosSum { get; private set; }

    /// <summary>The longest, in nanoseconds.</summary>
    public ulong NanosMax { get; private set; }

    /// <summary>How many lie in which <see cref="DurationBucket"/>, in ascending order, none of them zero.</summary>
    public IEnumerable<(ushort Bucket, ulong Count)> Buckets =>
        _buckets.Index().Where(bucket => bucket.Item > 0).Select(bucket => ((ushort)(_firstBucket + bucket.Index), bucket.Item));

    internal void Add(ulong durationNanos, ushort bucket)
    {
        if ((uint)(bucket - _firstBucket) >= (uint)_buckets.Length)
            Cover(bucket);
        _buckets[bucket - _firstBucket]++;
        NanosSum += durationNanos;
        NanosMax = Math.Max(NanosMax, durationNanos);
    }

    /// <summary>Durations of one kind lie close together, so only the buckets between the shortest and the longest are held.</summary>
    private void Cover(ushort bucket)
    {
        if (_buckets.Length == 0)
            _firstBucket = bucket;
        var first = Math.Min(bucket, _firstBucket);
        var wider = new ulong[Math.Max(bucket + 1, _firstBucket + _buckets.Length) - first];
        _buckets.CopyTo(wider, _firstBucket - first);
        (_firstBucket, _buckets) = (first, wider);
    }
}
