namespace Otelier.Server.SelfTelemetry;

/// <summary>The numbers of one series. Every method may be called from any thread.</summary>
internal sealed class MetricSeries(double[] bounds)
{
    // One more than there are bounds: the last bucket has no upper one. A series without bounds is a single number.
    private readonly long[] _counts = new long[bounds.Length + 1];
    private double _value;

    /// <summary>The number itself, or the sum of a histogram.</summary>
    public double Value => Volatile.Read(ref _value);

    public void Set(double value) => Volatile.Write(ref _value, value);

    public void Add(double value)
    {
        var seen = Volatile.Read(ref _value);
        while (true)
        {
            var before = Interlocked.CompareExchange(ref _value, seen + value, seen);
            if (before.Equals(seen))
                return;
            seen = before;
        }
    }

    public void Observe(double value)
    {
        var bucket = Array.BinarySearch(bounds, value);
        // A bound belongs to the bucket below it ("le"); NaN is below every number and counted last, as in no bucket.
        var index = double.IsNaN(value) ? bounds.Length : bucket >= 0 ? bucket : ~bucket;
        Interlocked.Increment(ref _counts[index]);
        Add(value);
    }

    public long CountOf(int bucket) => Volatile.Read(ref _counts[bucket]);
}
