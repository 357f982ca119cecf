using Otelier.Signals;
using Otelier.Signals.Metrics;
using Otelier.Signals.Otlp;
using Xunit;
using static Otelier.Tests.Metrics.MetricMessages;

namespace Otelier.Tests.Metrics;

public sealed class SeriesIdentityTests
{
    private static readonly Action<ProtoWriter> Value = Double(4, 1);

    [Fact]
    public void Order_of_attributes_does_not_matter()
    {
        using var batch = Accept(Request(
            Metric(Gauge, Point(Value, Attribute(7, "a", "1"), IntAttribute(7, "b", 2))),
            Metric(Gauge, Point(Value, IntAttribute(7, "b", 2), Attribute(7, "a", "1")))));

        Assert.Equal(batch.Series.Hash[0], batch.Series.Hash[1]);
    }

    [Fact]
    public void Consecutive_points_of_one_series_share_its_row()
    {
        using var batch = Accept(Request(
            Metric(Gauge, Point(Value, Attribute(7, "a", "1")), Point(Value, Attribute(7, "a", "1")), Point(Value, Attribute(7, "a", "2"))),
            Metric("other", Gauge, Point(Value, Attribute(7, "a", "2")))));

        Assert.Equal([0, 0, 1, 2], batch.Numbers.SeriesIndex.Values.ToArray());
        Assert.Equal(3, batch.Series.Attributes.Count);
    }

    [Fact]
    public void Everything_that_tells_series_apart_changes_the_id()
    {
        var resource = Bytes(1, Message(Attribute(1, "service.name", "cart")));
        var scope = Bytes(1, Message(Text(1, "shop")));
        var metric = Metric(Gauge, Point(Value));
        byte[][] requests =
        [
            Export(resource, scope, metric),
            Export(Bytes(1, Message(Attribute(1, "service.name", "cart2"))), scope, metric),
            Export(Bytes(1, Message(Attribute(1, "service.name", "cart"), Varint(2, 1))), scope, metric),
            Export(w => { resource(w); w.WriteString(3, "schema"); }, scope, metric),
            Export(resource, Bytes(1, Message(Text(1, "shop2"))), metric),
            Export(resource, Bytes(1, Message(Text(2, "shop"))), metric),
            Export(resource, Bytes(1, Message(Text(1, "shop"), Attribute(3, "a", "b"))), metric),
            Export(resource, Bytes(1, Message(Text(1, "shop"), Varint(4, 1))), metric),
            Export(resource, w => { scope(w); w.WriteString(3, "schema"); }, metric),
            Export(resource, scope, Metric("other", Gauge, Point(Value))),
            Export(resource, scope, Metric(Sum, Delta, Point(Value))),
            Export(resource, scope, Metric(Sum, Cumulative, Point(Value))),
            Export(resource, scope, Metric(Sum, Cumulative, Varint(3, 1), Point(Value))),
            Export(resource, scope, Bytes(2, Message(Text(1, "requests"), Text(2, "x"), Bytes(Gauge, Message(Point(Value)))))),
            Export(resource, scope, Bytes(2, Message(Text(1, "requests"), Text(3, "x"), Bytes(Gauge, Message(Point(Value)))))),
            Export(resource, scope, Bytes(2, Message(Text(1, "requests"), Attribute(12, "x", "y"), Bytes(Gauge, Message(Point(Value)))))),
            Export(resource, scope, Metric(Gauge, Point(Value, Attribute(7, "a", "1")))),
            Export(resource, scope, Metric(Gauge, Point(Value, IntAttribute(7, "a", 1)))),
            Export(resource, scope, Metric(Gauge, Point(Value, Attribute(7, "b", "1")))),
            Export(resource, scope, Metric(Gauge, Point(Value, Attribute(7, "a", "1"), Attribute(7, "b", "")))),
        ];

        Assert.Equal(requests.Length, requests.Select(HashOf).Distinct().Count());
    }

    [Fact]
    public void Value_time_and_flags_of_a_point_do_not_change_the_id()
    {
        Assert.Equal(
            HashOf(Request(Metric(Gauge, Point(Value)))),
            HashOf(Request(Metric(Gauge, Bytes(1, Message(Fixed64(2, 1), Fixed64(3, Time + 1), Fixed64(6, 2), Varint(8, 2)))))));
    }

    /// <summary>Ids are stored: if this one changes, every series in every store becomes a stranger to its points.</summary>
    [Fact]
    public void Id_of_a_known_series_never_changes()
    {
        var hash = HashOf(Request(Metric(Sum, Cumulative, Point(Value, Attribute(7, "http.route", "/cart"), IntAttribute(7, "server.port", 443)))));

        Assert.Equal(0x0028_A0E9_0FE6_6F04UL, hash);
        Assert.Equal(0x0022_8C84_744E_8815UL, SeriesIdentity.SeriesId(hash, SeriesIdentity.TenantSeed(TenantId.Default)));
    }

    [Fact]
    public void Tenants_have_different_ids_for_the_same_series()
    {
        Assert.True(TenantId.TryParse("acme", out var acme));
        var hash = HashOf(Request(Metric(Gauge, Point(Value))));

        Assert.NotEqual(
            SeriesIdentity.SeriesId(hash, SeriesIdentity.TenantSeed(acme)),
            SeriesIdentity.SeriesId(hash, SeriesIdentity.TenantSeed(TenantId.Default)));
    }

    [Fact]
    public void Series_of_one_resource_share_the_upper_bits_of_their_ids()
    {
        using var batch = Accept(Request([.. Enumerable.Range(0, 100).Select(i => Metric($"m{i}", Gauge, Point(Value)))]));
        var seed = SeriesIdentity.TenantSeed(TenantId.Default);
        var ids = batch.Series.Hash.Values.ToArray().Select(hash => SeriesIdentity.SeriesId(hash, seed)).ToArray();

        Assert.Equal(100, ids.Distinct().Count());
        Assert.Single(ids.Select(id => id >> 52).Distinct());
    }

    private static byte[] Export(Action<ProtoWriter> resource, Action<ProtoWriter> scope, Action<ProtoWriter> metric) =>
        Message(Bytes(1, Message(resource, Bytes(2, Message(scope, metric)))));

    private static ulong HashOf(byte[] request)
    {
        using var batch = Accept(request);
        return batch.Series.Hash[0];
    }
}
