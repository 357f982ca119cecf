using Otelier.Signals.Metrics;
using Otelier.Signals.Otlp;
using Xunit;
using static Otelier.Tests.Metrics.MetricMessages;

namespace Otelier.Tests.Metrics;

public sealed class HistogramPointTests
{
    [Fact]
    public void Every_field_of_a_histogram_point_is_kept()
    {
        using var batch = Accept(Request(Metric(Histogram, Delta, Point(
            Fixed64(2, Time - 5), Fixed64(4, 6), Double(5, 9.5), Packed(6, 1UL, 2UL, 3UL), Packed(7, 0.5, 1.5), Varint(10, 2),
            Double(11, 0.25), Double(12, 4), Attribute(9, "route", "/"), Bytes(8, Message(Double(3, 1)))))));

        var points = batch.Histograms;
        Assert.Equal(1, batch.Count);
        Assert.Equal(Time - 5, points.StartTimeUnixNano[0]);
        Assert.Equal(6UL, points.PopulationCount[0]);
        Assert.Equal(9.5, points.Sum[0]);
        Assert.Equal(0.25, points.Min[0]);
        Assert.Equal(4, points.Max[0]);
        Assert.Equal(HistogramFields.Sum | HistogramFields.Min | HistogramFields.Max, points.Fields[0]);
        Assert.Equal([1UL, 2, 3], points.BucketCounts[0].ToArray());
        Assert.Equal([0.5, 1.5], points.ExplicitBounds[0].ToArray());
        Assert.Equal(2u, points.Flags[0]);
        Assert.Equal(1, batch.Exemplars.Count);
    }

    [Fact]
    public void Repeated_numbers_are_read_packed_and_one_by_one()
    {
        using var batch = Accept(Request(Metric(Histogram, Delta,
            Point(Fixed64(6, 1), Packed(6, 2UL, 3UL), Double(7, 0.5), Packed(7, 1.5)),
            Point(Packed(6, 4UL)))));

        Assert.Equal([1UL, 2, 3], batch.Histograms.BucketCounts[0].ToArray());
        Assert.Equal([0.5, 1.5], batch.Histograms.ExplicitBounds[0].ToArray());
        Assert.Equal([4UL], batch.Histograms.BucketCounts[1].ToArray());
        Assert.Empty(batch.Histograms.ExplicitBounds[1].ToArray());
    }

    [Fact]
    public void Absent_sum_min_and_max_are_told_from_zero()
    {
        using var batch = Accept(Request(Metric(Histogram, Delta, Point(), Point(Double(5, 0)), Point(Double(11, 0)), Point(Double(12, 0)))));

        Assert.Equal(
            [HistogramFields.None, HistogramFields.Sum, HistogramFields.Min, HistogramFields.Max], batch.Histograms.Fields.Values.ToArray());
    }

    [Fact]
    public void Buckets_that_do_not_match_the_bounds_reject_the_point()
    {
        using var batch = Decode(Request(Metric(Histogram, Delta,
            Point(Packed(6, 1UL, 2UL), Packed(7, 0.5, 1.5)),
            Point(Packed(7, 0.5)),
            Point(Packed(6, 1UL, 2UL)),
            Point(Packed(6, 1UL, 2UL), Packed(7, 0.5)))), out var rejections);

        Assert.Equal(3, rejections[DecodeError.MismatchedBuckets]);
        Assert.Equal(1, batch.Count);
        Assert.Equal([1UL, 2], batch.Histograms.BucketCounts[0].ToArray());
        Assert.Equal([0.5], batch.Histograms.ExplicitBounds[0].ToArray());
    }

    [Theory]
    [InlineData(2.0, 1.0)]
    [InlineData(1.0, 1.0)]
    [InlineData(double.NaN, 1.0)]
    [InlineData(1.0, double.NaN)]
    public void Bounds_that_do_not_increase_reject_the_point(double first, double second)
    {
        using var batch = Decode(Request(Metric(Histogram, Delta,
            Point(Packed(6, 1UL, 2UL, 3UL), Packed(7, first, second)), Point())), out var rejections);

        Assert.Equal(1, rejections[DecodeError.UnorderedBounds]);
        Assert.Equal(1, batch.Count);
    }

    [Fact]
    public void Single_bound_that_is_not_a_number_rejects_the_point()
    {
        using var batch = Decode(Request(Metric(Histogram, Delta, Point(Packed(6, 1UL, 2UL), Packed(7, double.NaN)))), out var rejections);

        Assert.Equal(1, rejections[DecodeError.UnorderedBounds]);
    }

    [Fact]
    public void Infinite_outer_bounds_are_accepted()
    {
        using var batch = Accept(Request(Metric(Histogram, Delta,
            Point(Packed(6, 1UL, 2UL, 3UL), Packed(7, double.NegativeInfinity, double.PositiveInfinity)))));

        Assert.Equal(1, batch.Count);
    }

    [Fact]
    public void Packed_numbers_of_broken_length_reject_the_point()
    {
        using var batch = Decode(Request(Metric(Histogram, Delta, Point(Bytes(6, [1, 2, 3])), Point())), out var rejections);

        Assert.Equal(1, rejections[DecodeError.Truncated]);
        Assert.Equal(1, batch.Count);
        Assert.Empty(batch.Histograms.BucketCounts[0].ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(-10)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void Exponential_histogram_of_any_scale_is_kept(int scale)
    {
        using var batch = Accept(Request(Metric(ExponentialHistogram, Cumulative, Point(Varint(6, ZigZag(scale))))));

        Assert.Equal(scale, batch.ExponentialHistograms.Scale[0]);
    }

    [Fact]
    public void Every_field_of_an_exponential_histogram_point_is_kept()
    {
        using var batch = Accept(Request(Metric(ExponentialHistogram, Delta, Point(
            Attribute(1, "route", "/"), Fixed64(2, Time - 5), Fixed64(4, 12), Double(5, -3), Varint(6, ZigZag(-2)), Fixed64(7, 4),
            Bytes(8, Message(Varint(1, ZigZag(-7)), Bytes(2, [1, 0x80, 1]))),
            Bytes(9, Message(Varint(1, ZigZag(3)), Varint(2, 5), Varint(2, 6))),
            Varint(10, 16), Bytes(11, Message(Fixed64(6, 3))), Double(12, -8), Double(13, 8), Double(14, 1e-9)))));

        var points = batch.ExponentialHistograms;
        Assert.Equal(12UL, points.PopulationCount[0]);
        Assert.Equal(-3, points.Sum[0]);
        Assert.Equal(-2, points.Scale[0]);
        Assert.Equal(4UL, points.ZeroCount[0]);
        Assert.Equal(-7, points.PositiveOffset[0]);
        Assert.Equal([1UL, 128], points.PositiveBucketCounts[0].ToArray());
        Assert.Equal(3, points.NegativeOffset[0]);
        Assert.Equal([5UL, 6], points.NegativeBucketCounts[0].ToArray());
        Assert.Equal(16u, points.Flags[0]);
        Assert.Equal(-8, points.Min[0]);
        Assert.Equal(8, points.Max[0]);
        Assert.Equal(1e-9, points.ZeroThreshold[0]);
        Assert.Equal(Enum.GetValues<HistogramFields>().Aggregate((a, b) => a | b), points.Fields[0]);
        Assert.Equal(1, batch.Exemplars.Count);
    }

    [Fact]
    public void Rejected_exponential_histogram_leaves_no_buckets_behind()
    {
        using var batch = Decode(Request(Metric(ExponentialHistogram, Delta,
            Bytes(1, Message(Bytes(8, Message(Bytes(2, [1, 2, 3]))))),
            Point(Bytes(8, Message(Bytes(2, [9]))), Bytes(9, Message(Bytes(2, [0x80])))),
            Point(Bytes(8, Message(Bytes(2, [7])))))), out var rejections);

        Assert.Equal(1, rejections[DecodeError.MissingTime]);
        Assert.Equal(1, rejections[DecodeError.Truncated]);
        Assert.Equal([7UL], batch.ExponentialHistograms.PositiveBucketCounts[0].ToArray());
        Assert.Empty(batch.ExponentialHistograms.NegativeBucketCounts[0].ToArray());
    }

    [Fact]
    public void Summary_keeps_its_quantiles_in_the_order_sent()
    {
        using var batch = Decode(Request(Metric(Summary,
            Point(Fixed64(2, 1), Fixed64(4, 5), Double(5, 7), Varint(8, 3), Attribute(7, "route", "/"),
                Bytes(6, Message(Double(1, 0.99), Double(2, 12))), Bytes(6, Message(Double(2, 1)))),
            Bytes(1, Message(Fixed64(4, 5))))), out var rejections);

        var points = batch.Summaries;
        Assert.Equal(1, points.Count);
        Assert.Equal(1, rejections[DecodeError.MissingTime]);
        Assert.Equal(5UL, points.PopulationCount[0]);
        Assert.Equal(7, points.Sum[0]);
        Assert.Equal(3u, points.Flags[0]);
        Assert.Equal([0.99, 0], points.Quantiles[0].ToArray());
        Assert.Equal([12, 1], points.QuantileValues[0].ToArray());
    }

    private static ulong ZigZag(int value) => (uint)((value << 1) ^ (value >> 31));
}
