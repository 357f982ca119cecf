using Otelier.Signals;
using Otelier.Signals.Metrics;
using Otelier.Signals.Otlp;
using Otelier.Storage.Metrics;
using Xunit;

namespace Otelier.Storage.Tests.Metrics;

public sealed class SeriesCollectorTests : IDisposable
{
    private const ulong Day = 86_400_000_000_000;
    private const ulong Noon = (20_412 * Day) + (Day / 2);

    private readonly MetricsDecoder _decoder = new();
    private readonly List<MetricBatch> _batches = [];

    [Fact]
    public void New_series_is_stored_with_its_metric_scope_and_resource()
    {
        using var found = new SeriesCollector(new KnownSeries(100)).Collect(Block(Part(Request("cart", "hits", ("a", Noon)))));

        var part = Assert.Single(found.Rows.Parts);
        var rows = part.Batch;
        Assert.Equal(1, rows.Count);
        Assert.Equal(20_412, rows.Day[0]);
        Assert.Equal(TimeClass.Day, rows.TimeClass[0]);
        Assert.Equal("hits"u8, rows.MetricName[0]);
        Assert.Equal("what hits is"u8, rows.MetricDescription[0]);
        Assert.Equal("{hit}"u8, rows.MetricUnit[0]);
        Assert.Equal((int)MetricType.Sum, rows.MetricType[0]);
        Assert.Equal(2, rows.AggregationTemporality[0]);
        Assert.True(rows.IsMonotonic[0]);
        Assert.True(rows.Attributes.TryGet(0, "key"u8, out _, out var value));
        Assert.Equal("a"u8, value);
        Assert.Equal("cart"u8, rows.Resources.ServiceName[rows.Scopes.ResourceIndex[rows.ScopeIndex[0]]]);
        Assert.Equal("shop"u8, rows.Scopes.Name[rows.ScopeIndex[0]]);
        Assert.Equal(
            SeriesIdentity.SeriesId(_batches[0].Series.Hash[0], SeriesIdentity.TenantSeed(TenantId.Default)), rows.SeriesId[0]);
    }

    [Fact]
    public void Series_is_collected_until_its_insert_is_confirmed()
    {
        var collector = new SeriesCollector(new KnownSeries(100));
        var block = Block(Part(Request("cart", "hits", ("a", Noon))));
        using var first = collector.Collect(block);
        using var retried = collector.Collect(block);
        Assert.Equal(1, retried.Rows.Count);

        collector.Confirm(retried);
        using var after = collector.Collect(block);
        Assert.Equal(0, after.Rows.Count);
        Assert.Empty(after.Rows.Parts);
    }

    [Fact]
    public void Series_is_stored_once_a_day()
    {
        using var found = new SeriesCollector(new KnownSeries(100)).Collect(Block(
            Part(Request("cart", "hits", ("a", Noon), ("a", Noon + 1), ("a", Noon + Day))), Part(Request("cart", "hits", ("a", Noon)))));

        var part = Assert.Single(found.Rows.Parts);
        Assert.Equal([20_412, 20_413], part.Batch.Day.Values.ToArray().Select(day => (int)day));
        Assert.Equal(part.Batch.SeriesId[0], part.Batch.SeriesId[1]);
    }

    [Fact]
    public void Series_of_different_batches_keep_their_own_metric_and_resource()
    {
        using var found = new SeriesCollector(new KnownSeries(100)).Collect(Block(
            Part(Request("cart", "hits", ("a", Noon), ("b", Noon))), Part(Request("shop", "misses", ("a", Noon)))));

        var rows = Assert.Single(found.Rows.Parts).Batch;
        Assert.Equal(3, rows.Count);
        Assert.Equal("hits"u8, rows.MetricName[1]);
        Assert.Equal("misses"u8, rows.MetricName[2]);
        Assert.Equal([0, 0, 1], rows.ScopeIndex.Values.ToArray());
        Assert.Equal("shop"u8, rows.Resources.ServiceName[1]);
    }

    [Fact]
    public void Tenants_do_not_share_series()
    {
        Assert.True(TenantId.TryParse("acme", out var acme));
        var request = Request("cart", "hits", ("a", Noon));
        using var found = new SeriesCollector(new KnownSeries(100)).Collect(Block(Part(request), Part(request) with { Tenant = acme }));

        Assert.Equal(2, found.Rows.Parts.Count);
        Assert.Equal(acme, found.Rows.Parts[1].Tenant);
        Assert.NotEqual(found.Rows.Parts[0].Batch.SeriesId[0], found.Rows.Parts[1].Batch.SeriesId[0]);
    }

    [Fact]
    public void Wild_clock_goes_to_quarantine_with_a_day_the_engine_can_hold()
    {
        using var found = new SeriesCollector(new KnownSeries(100)).Collect(Block(Part(Request("cart", "hits", ("a", ulong.MaxValue)))));

        var rows = Assert.Single(found.Rows.Parts).Batch;
        Assert.Equal(TimeClass.Quarantine, rows.TimeClass[0]);
        Assert.Equal(ushort.MaxValue, rows.Day[0]);
    }

    public void Dispose()
    {
        foreach (var batch in _batches)
            batch.Dispose();
        _decoder.Dispose();
    }

    private static Block<MetricBatch> Block(params BlockPart<MetricBatch>[] parts) => new("log/metrics/1-2", parts);

    private BlockPart<MetricBatch> Part(byte[] request)
    {
        var batch = new MetricBatch();
        _batches.Add(batch);
        var rejections = new Rejections();
        Assert.Equal(DecodeError.None, _decoder.Decode(request, batch, rejections));
        Assert.Equal("", rejections.Describe());
        return new BlockPart<MetricBatch>(batch, TenantId.Default, (long)Noon);
    }

    /// <summary>One cumulative sum with a point for each (attribute value, time).</summary>
    private static byte[] Request(string service, string metric, params (string Value, ulong Time)[] points)
    {
        var w = new ProtoWriter();
        var resourceMetrics = w.BeginMessage(1);
        var resource = w.BeginMessage(1);
        WriteAttribute(w, 1, "service.name", service);
        w.EndMessage(resource);
        var scopeMetrics = w.BeginMessage(2);
        var scope = w.BeginMessage(1);
        w.WriteString(1, "shop");
        w.EndMessage(scope);
        var message = w.BeginMessage(2);
        w.WriteString(1, metric);
        w.WriteString(2, $"what {metric} is");
        w.WriteString(3, $"{{{metric[..^1]}}}");
        var sum = w.BeginMessage(7);
        foreach (var (value, time) in points)
        {
            var point = w.BeginMessage(1);
            w.WriteFixed64(3, time);
            w.WriteDouble(4, 1);
            WriteAttribute(w, 7, "key", value);
            w.EndMessage(point);
        }

        w.WriteVarint(2, 2);
        w.WriteVarint(3, 1);
        w.EndMessage(sum);
        w.EndMessage(message);
        w.EndMessage(scopeMetrics);
        w.EndMessage(resourceMetrics);
        return w.WrittenSpan.ToArray();
    }

    private static void WriteAttribute(ProtoWriter w, int field, string key, string value)
    {
        var keyValue = w.BeginMessage(field);
        w.WriteString(1, key);
        var any = w.BeginMessage(2);
        w.WriteString(1, value);
        w.EndMessage(any);
        w.EndMessage(keyValue);
    }
}
