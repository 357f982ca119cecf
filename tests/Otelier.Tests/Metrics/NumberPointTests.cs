using System.Text;
using Otelier.Signals.Metrics;
using Otelier.Signals.Otlp;
using Xunit;
using static Otelier.Tests.Metrics.MetricMessages;

namespace Otelier.Tests.Metrics;

public sealed class NumberPointTests
{
    [Fact]
    public void Every_field_of_a_sum_point_is_kept()
    {
        using var batch = Accept(Request(Bytes(2, Message(
            Text(1, "requests"), Text(2, "How many"), Text(3, "{request}"), Attribute(12, "origin", "probe"),
            Bytes(Sum, Message(
                Point(Fixed64(2, Time - 5), Double(4, 1.25), Varint(8, 0xFFFF_FC00), Attribute(7, "route", "/")),
                Cumulative, Varint(3, 1)))))));

        Assert.Equal(1, batch.Count);
        Assert.Equal("requests"u8, batch.Metrics.Name[0]);
        Assert.Equal("How many"u8, batch.Metrics.Description[0]);
        Assert.Equal("{request}"u8, batch.Metrics.Unit[0]);
        Assert.Equal(MetricType.Sum, batch.Metrics.Type[0]);
        Assert.Equal(2, batch.Metrics.AggregationTemporality[0]);
        Assert.True(batch.Metrics.IsMonotonic[0]);
        Assert.True(batch.Metrics.Metadata.TryGet(0, "origin"u8, out _, out var origin));
        Assert.Equal("probe"u8, origin);
        Assert.True(batch.Series.Attributes.TryGet(0, "route"u8, out _, out var route));
        Assert.Equal("/"u8, route);
        Assert.Equal(Time, batch.Numbers.TimeUnixNano[0]);
        Assert.Equal(Time - 5, batch.Numbers.StartTimeUnixNano[0]);
        Assert.Equal(NumberKind.Double, batch.Numbers.Kind[0]);
        Assert.Equal(1.25, batch.Numbers.Value[0]);
        Assert.Equal(0xFFFF_FC00, batch.Numbers.Flags[0]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData((1L << 53) + 1)]
    [InlineData(-(1L << 60) - 12345)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MaxValue - 511)]
    [InlineData(long.MaxValue - 513)]
    [InlineData(long.MinValue)]
    public void Integer_is_kept_exactly_and_its_double_converts_back_to_an_integer(long value)
    {
        using var batch = Accept(Request(Metric(Gauge, Point(Fixed64(6, (ulong)value)))));

        Assert.Equal(NumberKind.Int, batch.Numbers.Kind[0]);
        Assert.Equal(value, batch.Numbers.IntValue[0]);
        Assert.True(batch.Numbers.Value[0] < 9223372036854775808.0);
        Assert.InRange(checked(batch.Numbers.IntValue[0] - (long)batch.Numbers.Value[0]), -1024, 1024);
    }

    [Fact]
    public void Last_of_two_values_counts()
    {
        using var batch = Accept(Request(Metric(Gauge, Point(Double(4, 7), Fixed64(6, 3)))));

        Assert.Equal(NumberKind.Int, batch.Numbers.Kind[0]);
        Assert.Equal(3, batch.Numbers.Value[0]);
    }

    [Fact]
    public void Point_flagged_as_without_value_is_a_gap_and_not_zero()
    {
        using var batch = Accept(Request(Metric(Gauge, Point(Varint(8, 1)))));

        Assert.Equal(NumberKind.None, batch.Numbers.Kind[0]);
        Assert.True(double.IsNaN(batch.Numbers.Value[0]));
        Assert.Equal(PointFlags.NoRecordedValue, batch.Numbers.Flags[0]);
    }

    [Fact]
    public void Point_without_value_or_time_is_rejected_and_its_siblings_live()
    {
        using var batch = Decode(Request(Metric(Gauge,
            Point(Double(4, 1)),
            Point(Attribute(7, "route", "/lost")),
            Bytes(1, Message(Double(4, 2))),
            Point(Double(4, 3), Attribute(7, "route", "/kept")))), out var rejections);

        Assert.Equal(2, batch.Count);
        Assert.Equal([1, 3], batch.Numbers.Value.Values.ToArray());
        Assert.Equal(1, rejections[DecodeError.MissingValue]);
        Assert.Equal(1, rejections[DecodeError.MissingTime]);
        Assert.Equal(2, rejections.Total);
        Assert.Equal(2, batch.Series.Count);
        Assert.True(batch.Series.Attributes.TryGet(1, "route"u8, out _, out var route));
        Assert.Equal("/kept"u8, route);
    }

    [Fact]
    public void Rejected_point_takes_its_exemplars_with_it()
    {
        using var batch = Decode(Request(Metric(Gauge,
            Point(Bytes(5, Message(Double(3, 1))), Bytes(5, Message(Double(3, 2)))),
            Point(Double(4, 1), Bytes(5, Message(Double(3, 3)))))), out var rejections);

        Assert.Equal(1, rejections[DecodeError.MissingValue]);
        Assert.Equal([3], batch.Exemplars.Value.Values.ToArray());
        Assert.Equal([0], batch.Exemplars.PointIndex.Values.ToArray());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    public void Known_field_in_another_wire_type_rejects_the_point(int field)
    {
        using var batch = Decode(Request(Metric(Gauge, Point(Double(4, 1), Bytes(field, [1])), Point(Double(4, 2)))), out var rejections);

        Assert.Equal(1, rejections[DecodeError.WrongWireType]);
        Assert.Equal([2], batch.Numbers.Value.Values.ToArray());
    }

    [Fact]
    public void Unknown_and_reserved_fields_are_skipped()
    {
        using var batch = Accept(Request(Metric(Gauge, Point(Double(4, 1), Bytes(1, [1]), Varint(99, 1), Bytes(100, [1, 2])))));

        Assert.Equal(1, batch.Count);
    }

    [Fact]
    public void Truncated_point_is_rejected_alone()
    {
        var broken = Message(Fixed64(3, Time), Double(4, 1))[..^3];
        using var batch = Decode(Request(Metric(Gauge, Bytes(1, broken), Point(Double(4, 2)))), out var rejections);

        Assert.Equal(1, rejections[DecodeError.Truncated]);
        Assert.Equal(1, batch.Count);
    }

    [Fact]
    public void Text_that_is_not_utf8_rejects_the_point()
    {
        var bad = Message(Text(1, "k"), Bytes(2, Message(Bytes(1, [0xFF]))));
        using var batch = Decode(Request(Metric(Gauge, Point(Double(4, 1), Bytes(7, bad)), Point(Double(4, 2)))), out var rejections);

        Assert.Equal(1, rejections[DecodeError.InvalidUtf8]);
        Assert.Equal([2], batch.Numbers.Value.Values.ToArray());
        Assert.Equal(1, batch.Series.Attributes.Count);
    }

    [Fact]
    public void Exemplar_keeps_every_field_and_ids_of_any_length()
    {
        var traceId = Enumerable.Range(1, 40).Select(i => (byte)i).ToArray();
        using var batch = Accept(Request(Metric(Sum, Delta, Point(
            Double(4, 1),
            Bytes(5, Message(Attribute(7, "user", "7"), Fixed64(2, Time - 1), Double(3, 0.5), Bytes(4, [0xAB]), Bytes(5, traceId))),
            Bytes(5, Message(Fixed64(2, Time - 2), Fixed64(6, 9))),
            Attribute(7, "route", "/")))));

        var exemplars = batch.Exemplars;
        Assert.Equal(2, exemplars.Count);
        Assert.Equal([Time - 1, Time - 2], exemplars.TimeUnixNano.Values.ToArray());
        Assert.Equal([NumberKind.Double, NumberKind.Int], exemplars.Kind.Values.ToArray());
        Assert.Equal([0.5, 9], exemplars.Value.Values.ToArray());
        Assert.Equal(9, exemplars.IntValue[1]);
        Assert.Equal("ab"u8, exemplars.SpanId[0]);
        Assert.Equal(Convert.ToHexStringLower(traceId), Encoding.ASCII.GetString(exemplars.TraceId[0]));
        Assert.Equal(""u8, exemplars.TraceId[1]);
        Assert.True(exemplars.FilteredAttributes.TryGet(0, "user"u8, out _, out var user));
        Assert.Equal("7"u8, user);
        Assert.Equal([0u, 1u], exemplars.Position.Values.ToArray());
        Assert.Equal([Time, Time], exemplars.PointTimeUnixNano.Values.ToArray());
        Assert.Equal([0, 0], exemplars.SeriesIndex.Values.ToArray());
    }
}
