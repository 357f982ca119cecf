namespace Otelier.Signals.Traces;

/// <summary>One line of the RED rollup: one operation in one minute.</summary>
public sealed class RedLine(string tenant, uint minuteUnixSeconds, string serviceName, string spanName, int kind)
{
    private ulong[] _buckets = [];
    private int _firstBucket;

    public string Tenant => tenant;

    /// <summary>Start of the minute, in seconds since 1970.</summary>
    public uint MinuteUnixSeconds => minuteUnixSeconds;

    public string ServiceName => serviceName;

    public string SpanName => spanName;

    /// <summary>The protocol's number of the span kind.</summary>
    public int Kind => kind;

    public ulong Count { get; private set; }

    public ulong Errors { get; private set; }

    public ulong DurationNanosSum { get; private set; }

    public ulong DurationNanosMax { get; private set; }

    /// <summary>How many of its spans lie in which <see cref="DurationBucket"/>, in ascending order, none of them zero.</summary>
    public IEnumerable<(ushort Bucket, ulong Count)> Buckets =>
        _buckets.Index().Where(bucket => bucket.Item > 0).Select(bucket => ((ushort)(_firstBucket + bucket.Index), bucket.Item));

    internal void Add(ulong durationNanos, bool isError)
    {
        var bucket = DurationBucket.Of(durationNanos);
        if ((uint)(bucket - _firstBucket) >= (uint)_buckets.Length)
            Cover(bucket);
        _buckets[bucket - _firstBucket]++;
        Count++;
        if (isError)
            Errors++;
        DurationNanosSum += durationNanos;
        DurationNanosMax = Math.Max(DurationNanosMax, durationNanos);
    }

    /// <summary>Durations of one operation lie close together, so only the buckets between the shortest and the longest are held.</summary>
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
