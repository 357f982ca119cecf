using Otelier.Signals.Columns;
using Otelier.Signals.Metrics;
using Otelier.Signals.Otlp;
using Xunit;
using static Otelier.Tests.Metrics.MetricMessages;

namespace Otelier.Tests.Metrics;

public sealed class MutatedMetricsTests
{
    private const int Mutations = 20_000;

    /// <summary>Whatever comes, the decoder answers with an error or rejections, and every column of a set has the same rows.</summary>
    [Fact]
    public void Damaged_request_never_throws_and_never_leaves_ragged_columns()
    {
        var whole = Request(
            Metric("g", Gauge, Point(Double(4, 1), Attribute(7, "a", "b"), Bytes(5, Message(Double(3, 1), Attribute(7, "c", "d"), Bytes(5, [1, 2]))))),
            Metric("s", Sum, Cumulative, Varint(3, 1), Point(Fixed64(6, 5)), Point(Varint(8, 1))),
            Metric("h", Histogram, Delta, Point(Packed(6, 1UL, 2UL), Packed(7, 0.5), Double(5, 1), Bytes(8, Message(Fixed64(6, 1))))),
            Metric("e", ExponentialHistogram, Delta, Point(Bytes(8, Message(Bytes(2, [1, 2, 3]))), Bytes(9, Message(Varint(1, 3))), Varint(6, 4))),
            Metric("q", Summary, Point(Bytes(6, Message(Double(1, 0.5), Double(2, 1))))));
        var random = new Random(45);
        using var decoder = new MetricsDecoder();
        using var batch = new MetricBatch();
        var rejections = new Rejections();
        var outcomes = new HashSet<(DecodeError, bool, bool)>();
        for (var i = 0; i < Mutations; i++)
        {
            batch.Renew();
            rejections.Clear();
            var error = decoder.Decode(Mutate(whole, random), batch, rejections);
            outcomes.Add((error, rejections.Total > 0, batch.Count > 0));
            AssertAligned(batch);
        }

        // Some of the requests failed whole, some lost points, some only changed.
        Assert.Contains(outcomes, o => o.Item1 != DecodeError.None);
        Assert.Contains(outcomes, o => o is (DecodeError.None, true, true));
        Assert.Contains(outcomes, o => o is (DecodeError.None, false, true));
    }

    private static byte[] Mutate(byte[] whole, Random random)
    {
        var bytes = whole.ToArray();
        for (var i = random.Next(1, 4); i > 0; i--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return random.Next(8) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private static void AssertAligned(MetricBatch batch)
    {
        ColumnSet[] sets =
        [
            batch.Metrics, batch.Series, batch.Numbers, batch.Histograms, batch.ExponentialHistograms, batch.Summaries, batch.Exemplars,
        ];
        foreach (var set in sets)
        {
            var counts = set.GetType().GetProperties().Where(p => p.PropertyType.IsSubclassOf(typeof(Column)))
                .Select(p => ((Column)p.GetValue(set)!).Count).Distinct();
            Assert.Single(counts);
        }

        foreach (var points in new PointSet[] { batch.Numbers, batch.Histograms, batch.ExponentialHistograms, batch.Summaries })
        {
            foreach (var series in points.SeriesIndex.Values)
                Assert.InRange(series, 0, batch.Series.Count - 1);
        }

        foreach (var metric in batch.Series.MetricIndex.Values)
            Assert.InRange(metric, 0, batch.Metrics.Count - 1);
        Assert.All(
            new[] { batch.Histograms.BucketCounts.OpenCount, batch.ExponentialHistograms.PositiveBucketCounts.OpenCount },
            open => Assert.Equal(0, open));
    }
}
