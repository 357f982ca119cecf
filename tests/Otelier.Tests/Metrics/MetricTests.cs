using Otelier.Signals.Metrics;
using Otelier.Signals.Otlp;
using Xunit;
using static Otelier.Tests.Metrics.MetricMessages;

namespace Otelier.Tests.Metrics;

public sealed class MetricTests
{
    [Theory]
    [InlineData(Sum)]
    [InlineData(Histogram)]
    [InlineData(ExponentialHistogram)]
    public void Metric_with_unspecified_temporality_is_rejected_with_all_its_points(int kind)
    {
        using var batch = Decode(Request(
            Metric("bad", kind, Point(Double(4, 1)), Point(Double(4, 2))), Metric(Gauge, Point(Double(4, 3)))), out var rejections);

        Assert.Equal(2, rejections[DecodeError.UnspecifiedTemporality]);
        Assert.Equal(1, batch.Count);
        Assert.Equal(1, batch.Metrics.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Both_temporalities_are_kept_wherever_they_stand(int temporality)
    {
        using var batch = Accept(Request(
            Metric("before", Sum, Varint(2, (ulong)temporality), Point(Double(4, 1))),
            Metric("behind", Sum, Point(Double(4, 1)), Varint(2, (ulong)temporality))));

        Assert.Equal([temporality, temporality], batch.Metrics.AggregationTemporality.Values.ToArray());
    }

    [Fact]
    public void Metric_without_name_is_rejected_with_all_its_points()
    {
        using var batch = Decode(Request(Metric("", Gauge, Point(Double(4, 1)), Point(Double(4, 2)))), out var rejections);

        Assert.Equal(2, rejections[DecodeError.MissingMetricName]);
        Assert.Equal(0, batch.Count);
    }

    [Fact]
    public void Metric_without_data_counts_as_one()
    {
        using var batch = Decode(Request(Bytes(2, Message(Text(1, "empty")))), out var rejections);

        Assert.Equal(1, rejections[DecodeError.MissingMetricData]);
        Assert.Equal(0, batch.Metrics.Count);
    }

    [Fact]
    public void Metric_that_has_no_points_is_no_fault_and_leaves_nothing_behind()
    {
        using var batch = Accept(Request(Metric(Gauge)));

        Assert.Equal(0, batch.Count);
        Assert.Equal(0, batch.Metrics.Count);
    }

    [Fact]
    public void Metric_that_cannot_be_taken_apart_counts_the_points_that_could_be_found()
    {
        var data = Message(Point(Double(4, 1)), Point(Double(4, 2)), Point(Double(4, 3)));
        using var batch = Decode(
            Request(Bytes(2, Message(Text(1, "cut"), Bytes(Gauge, data[..^1]))), Metric(Gauge, Point(Double(4, 3)))), out var rejections);

        Assert.Equal(2, rejections[DecodeError.Truncated]);
        Assert.Equal(1, batch.Count);
    }

    [Fact]
    public void Known_field_in_another_wire_type_rejects_the_metric()
    {
        using var batch = Decode(Request(Metric(Sum, Point(Double(4, 1)), Fixed64(2, 1))), out var rejections);

        Assert.Equal(1, rejections[DecodeError.WrongWireType]);
    }

    [Fact]
    public void Unknown_and_reserved_fields_are_skipped()
    {
        using var batch = Accept(Request(Bytes(2, Message(
            Text(1, "m"), Varint(4, 1), Fixed64(6, 1), Bytes(8, []), Varint(77, 1), Bytes(Gauge, Message(Point(Double(4, 1)), Varint(9, 1)))))));

        Assert.Equal(1, batch.Count);
    }

    [Fact]
    public void Of_several_kinds_of_data_the_last_one_sent_counts()
    {
        using var batch = Accept(Request(Bytes(2, Message(
            Text(1, "m"),
            Bytes(Gauge, Message(Point(Double(4, 1)))),
            Bytes(Sum, Message(Point(Double(4, 2)))),
            Bytes(Gauge, Message(Point(Double(4, 3)))),
            Bytes(Gauge, Message(Point(Double(4, 4))))))));

        Assert.Equal(MetricType.Gauge, batch.Metrics.Type[0]);
        Assert.Equal([3, 4], batch.Numbers.Value.Values.ToArray());
    }

    [Fact]
    public void Bad_resource_rejects_every_data_point_under_it()
    {
        var resource = Message(Bytes(1, Message(Text(1, "k"), Bytes(2, Message(Bytes(1, [0xFF]))))));
        var request = Message(Bytes(1, Message(
            Bytes(1, resource),
            Bytes(2, Message(Metric(Gauge, Point(Double(4, 1)), Point(Double(4, 2))), Metric(Sum, Delta, Point(Double(4, 1))))))));
        using var batch = Decode(request, out var rejections);

        Assert.Equal(3, rejections[DecodeError.InvalidUtf8]);
        Assert.Equal(0, batch.Count);
    }

    [Fact]
    public void Metadata_that_cannot_be_read_rejects_the_metric()
    {
        using var batch = Decode(Request(
            Bytes(2, Message(Text(1, "m"), Bytes(12, [0x0A, 0x05]), Bytes(Gauge, Message(Point(Double(4, 1)))))),
            Metric(Gauge, Point(Double(4, 2)))), out var rejections);

        Assert.Equal(1, rejections[DecodeError.Truncated]);
        Assert.Equal(1, batch.Metrics.Metadata.Count);
        Assert.Equal([2], batch.Numbers.Value.Values.ToArray());
    }

    [Fact]
    public void Batch_from_the_pool_holds_nothing_of_its_last_use()
    {
        var pool = new Signals.BatchPool<MetricBatch>(bytesMax: 1 << 24);
        using var decoder = new MetricsDecoder();
        var rejections = new Rejections();
        var everything = Request(
            Metric(Gauge, Point(Double(4, 1), Bytes(5, Message(Double(3, 1))))),
            Metric(Histogram, Delta, Point()),
            Metric(ExponentialHistogram, Delta, Point()),
            Metric(Summary, Point()));
        var first = pool.Rent();
        decoder.Decode(everything, first, rejections);
        Assert.Equal(4, first.Count);
        first.Dispose();

        using var again = pool.Rent();
        Assert.Same(first, again);
        Assert.Equal(0, again.Count + again.Metrics.Count + again.Series.Count + again.Exemplars.Count);
        decoder.Decode(everything, again, rejections);
        Assert.Equal(4, again.Count);
        Assert.Equal(4, again.Series.Count);
        Assert.Equal(0, rejections.Total);
    }
}
