namespace Otelier.Cli.Load;

internal enum PointKind : byte
{
    Gauge,
    IntegerSum,
    DoubleSum,
    Histogram,
}

/// <summary>
/// One point of each of a fixed run of series. Gauges walk, sums only grow, histograms grow in one bucket at a time, so that what
/// is stored compresses as real measurements do.
/// </summary>
internal sealed class PointLoadBatch(byte[] bytes, int bodyLength, int[] marks, PointKind[] kinds, bool numbered)
    : LoadBatch(bytes, bodyLength, kinds.Length)
{
    /// <summary>Marks per point, in the order <see cref="PointTemplate"/> takes them; the last two only in histograms.</summary>
    private const int Time = 0, Value = 1, Sum = 2, Buckets = 3;

    public const int Marks = 4;

    /// <summary>Buckets of a histogram: its bounds and the one above them.</summary>
    public const int BucketCount = 12;

    private const ulong NanosPerMilli = 1_000_000;
    private const ulong SmallestStepNanos = 1_000;

    private readonly long[] _values = [.. kinds.Select((_, i) => 1000L + (long)(Overwrite.Scatter((ulong)i) % 9000))];
    private readonly ulong[] _buckets = new ulong[kinds.Count(k => k == PointKind.Histogram) * BucketCount];
    private ulong _lastTime;

    public override void Patch(ulong run, long first, ulong nowNanos)
    {
        // Scrapes are stamped in whole milliseconds; a series visited more often than that still moves forward.
        _lastTime = Math.Max(nowNanos - (nowNanos % NanosPerMilli), _lastTime + SmallestStepNanos);
        var bytes = Bytes;
        var histogram = 0;
        for (var i = 0; i < kinds.Length; i++)
        {
            var mark = marks.AsSpan(i * Marks, Marks);
            var random = Overwrite.Scatter(run ^ ((ulong)first + (ulong)i));
            Overwrite.Fixed64(bytes, mark[Time], _lastTime);
            if (numbered)
            {
                Overwrite.Fixed64(bytes, mark[Value], (ulong)first + (ulong)i);
                continue;
            }

            switch (kinds[i])
            {
                case PointKind.Gauge:
                    _values[i] = Math.Abs(_values[i] + (long)(random % 41) - 20);
                    Overwrite.Fixed64(bytes, mark[Value], BitConverter.DoubleToUInt64Bits(_values[i] / 100.0));
                    break;
                case PointKind.IntegerSum:
                    _values[i] += (long)(random & 63);
                    Overwrite.Fixed64(bytes, mark[Value], (ulong)_values[i]);
                    break;
                case PointKind.DoubleSum:
                    _values[i] += (long)(random & 127);
                    Overwrite.Fixed64(bytes, mark[Value], BitConverter.DoubleToUInt64Bits(_values[i] / 8.0));
                    break;
                default:
                    PatchHistogram(bytes, mark, i, histogram++, random);
                    break;
            }
        }
    }

    private void PatchHistogram(Span<byte> bytes, ReadOnlySpan<int> mark, int point, int histogram, ulong random)
    {
        var buckets = _buckets.AsSpan(histogram * BucketCount, BucketCount);
        var hit = (int)(random % BucketCount);
        var added = 1 + ((random >> 8) & 7);
        buckets[hit] += added;
        _values[point] += (long)added * (hit + 1);
        ulong count = 0;
        for (var b = 0; b < BucketCount; b++)
        {
            count += buckets[b];
            Overwrite.Fixed64(bytes, mark[Buckets] + (8 * b), buckets[b]);
        }

        Overwrite.Fixed64(bytes, mark[Value], count);
        Overwrite.Fixed64(bytes, mark[Sum], BitConverter.DoubleToUInt64Bits(_values[point] / 4.0));
    }
}
