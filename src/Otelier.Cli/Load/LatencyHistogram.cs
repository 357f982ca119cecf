using System.Diagnostics;
using System.Numerics;

namespace Otelier.Cli.Load;

/// <summary>
/// Counts latencies in buckets of constant relative width: 64 to each power of two of microseconds, so a quantile is off by at
/// most 1.6 %. One writer at a time.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 6;
    private const int SubCount = 1 << SubBits;
    private const int PowersMax = 34;

    private readonly long[] _counts = new long[(PowersMax + 1) * SubCount];

    public long Count { get; private set; }

    public double MaxMillis { get; private set; }

    public double SumMillis { get; private set; }

    public double MeanMillis => Count == 0 ? 0 : SumMillis / Count;

    /// <summary>Counts one latency given in ticks of <see cref="Stopwatch"/>.</summary>
    public void Add(long ticks)
    {
        var micros = ticks * 1e6 / Stopwatch.Frequency;
        _counts[Bucket((ulong)micros)]++;
        Count++;
        SumMillis += micros / 1000;
        MaxMillis = Math.Max(MaxMillis, micros / 1000);
    }

    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < _counts.Length; i++)
            _counts[i] += other._counts[i];
        Count += other.Count;
        SumMillis += other.SumMillis;
        MaxMillis = Math.Max(MaxMillis, other.MaxMillis);
    }

    /// <summary>The latency in milliseconds that the share <paramref name="quantile"/> of all did not exceed; 0 without any.</summary>
    public double QuantileMillis(double quantile)
    {
        var wanted = (long)Math.Ceiling(quantile * Count);
        long seen = 0;
        for (var i = 0; i < _counts.Length && Count > 0; i++)
        {
            seen += _counts[i];
            if (seen >= wanted && seen > 0)
                return Math.Min(UpperMicros(i) / 1000.0, MaxMillis);
        }

        return 0;
    }

    // The first 64 buckets are one microsecond wide; after them each power of two is cut into 64.
    private static int Bucket(ulong micros)
    {
        if (micros < SubCount)
            return (int)micros;
        var power = BitOperations.Log2(micros) - SubBits;
        return power >= PowersMax
            ? ((PowersMax + 1) * SubCount) - 1
            : ((power + 1) * SubCount) + (int)((micros >> power) & (SubCount - 1));
    }

    private static ulong UpperMicros(int bucket)
    {
        if (bucket < SubCount)
            return (ulong)bucket + 1;
        var power = (bucket / SubCount) - 1;
        return ((ulong)(SubCount + (bucket % SubCount)) + 1) << power;
    }
}
