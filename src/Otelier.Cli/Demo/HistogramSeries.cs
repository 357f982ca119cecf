using Otelier.Cli.Otlp;

namespace Otelier.Cli.Demo;

/// <summary>One cumulative series of an explicit-bucket histogram, with the latest measurement as its exemplar.</summary>
internal sealed class HistogramSeries(double[] bounds)
{
    public static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
    public static readonly double[] Tokens = [1, 4, 16, 64, 256, 1024, 4096, 16384];

    private readonly ulong[] _counts = new ulong[bounds.Length + 1];
    private ulong _count;
    private double _sum;
    private double _min = double.MaxValue;
    private double _max = double.MinValue;
    private Exemplar? _exemplar;

    public void Record(double value, Span span)
    {
        var bucket = Array.FindIndex(bounds, b => value <= b);
        _counts[bucket < 0 ? bounds.Length : bucket]++;
        _count++;
        _sum += value;
        _min = Math.Min(_min, value);
        _max = Math.Max(_max, value);
        _exemplar = new Exemplar(span.EndNanos, value, span.TraceId, span.SpanId, []);
    }

    public HistogramPoint Point(AttributeList attributes, ulong start, ulong now)
    {
        Exemplar[] exemplars = _exemplar is null ? [] : [_exemplar];
        _exemplar = null;
        return new HistogramPoint(attributes, start, now, _count, _sum, [.. _counts], bounds) { Min = _min, Max = _max, Exemplars = exemplars };
    }
}

/// <summary>One delta series of an exponential histogram of scale 3: each bucket is 9 % wider than the one below.</summary>
internal sealed class ExponentialSeries
{
    private const int Scale = 3;
    private const int BucketsPerPower = 1 << Scale;

    private readonly SortedDictionary<int, ulong> _buckets = [];
    private ulong _count;
    private double _sum;
    private double _min = double.MaxValue;
    private double _max = double.MinValue;
    private Exemplar? _exemplar;

    /// <summary>Records a value greater than zero.</summary>
    public void Record(double value, Span span)
    {
        // Bucket i holds (base^i, base^(i+1)], base = 2^(2^-scale).
        var bucket = (int)Math.Ceiling(Math.Log2(value) * BucketsPerPower) - 1;
        _buckets[bucket] = _buckets.GetValueOrDefault(bucket) + 1;
        _count++;
        _sum += value;
        _min = Math.Min(_min, value);
        _max = Math.Max(_max, value);
        _exemplar = new Exemplar(span.EndNanos, value, span.TraceId, span.SpanId, []);
    }

    /// <summary>The point since the last one; the series starts anew.</summary>
    public ExponentialPoint TakePoint(AttributeList attributes, ulong start, ulong now)
    {
        var empty = _count == 0;
        var offset = empty ? 0 : _buckets.Keys.First();
        var counts = new ulong[empty ? 0 : _buckets.Keys.Last() - offset + 1];
        foreach (var (bucket, count) in _buckets)
            counts[bucket - offset] = count;
        var point = new ExponentialPoint(attributes, start, now, _count, _sum, Scale, 0)
        {
            Positive = new ExponentialBuckets(offset, counts),
            Min = empty ? null : _min,
            Max = empty ? null : _max,
            Exemplars = _exemplar is null ? [] : [_exemplar],
        };
        _buckets.Clear();
        (_count, _sum, _min, _max, _exemplar) = (0, 0, double.MaxValue, double.MinValue, null);
        return point;
    }
}
