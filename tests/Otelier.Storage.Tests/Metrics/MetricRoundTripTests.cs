using Otelier.Signals;
using Otelier.Signals.Metrics;
using Otelier.Signals.Otlp;
using Otelier.Storage.Tests.Engine;
using Otelier.Storage.Tests.Read;
using Otelier.Tests.Otlp;
using Xunit;

namespace Otelier.Storage.Tests.Metrics;

public sealed class MetricRoundTripTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(EngineKind.Memory, 21)]
    [InlineData(EngineKind.Disk, 22)]
    public async Task Points_come_back_as_the_same_OTLP(EngineKind kind, int seed)
    {
        await using var engine = await MetricEngine.OpenAsync(kind);
        var sent = new List<string>();
        var random = new RandomOtlp(seed, new RandomOtlpOptions { TimeUnixNano = MetricEngine.Now - (3600 * MetricEngine.Second) });
        for (var i = 0; i < 60; i++)
        {
            var request = random.Next(OtlpSchema.ExportMetricsServiceRequest);
            var items = OtlpCanonical.Items(OtlpSchema.ExportMetricsServiceRequest, request);
            sent.AddRange(items);
            if (items.Count > 0)
                await engine.WriteAsync(request);
        }

        var list = new MetricListQuery(TenantId.Default, MetricEngine.Everything, "", null, 7);
        var metrics = await ReadEngine.AllPagesAsync(after => engine.Store.FindMetricsAsync(list with { After = after }, Stop));
        var output = new ProtoWriter();
        foreach (var name in metrics.Select(metric => metric.Name).Distinct())
        {
            var query = new PointQuery(TenantId.Default, name, MetricEngine.Everything, null, 5);
            OtlpMetricEncoder.Write(await ReadEngine.AllPagesAsync(after => engine.Store.FindPointsAsync(query with { After = after }, Stop)), output);
        }

        sent.Sort(StringComparer.Ordinal);
        Assert.NotEmpty(sent);
        Assert.Equal(sent, OtlpCanonical.Items(OtlpSchema.ExportMetricsServiceRequest, output.WrittenSpan));
        Assert.Equal(metrics.Count, metrics.Select(m => (m.Name, m.Type, m.Unit, m.AggregationTemporality, m.IsMonotonic)).Distinct().Count());
    }

    [Fact]
    public async Task A_point_that_was_sent_twice_is_there_twice_over_pages_of_one_and_its_exemplars_are_with_the_first()
    {
        await using var engine = await MetricEngine.OpenAsync();
        var exemplar = new Exemplar(MetricEngine.Now, MetricNumber.Of(5L), "0af7651916cd43dd8448eb211c80319c", "", MetricEngine.Attributes(("k", "v")));
        var point = new MetricPoint.Number { Series = MetricEngine.Series("m"), TimeUnixNano = MetricEngine.Now, Value = MetricNumber.Of(long.MaxValue), Exemplars = [exemplar] };
        await engine.WriteAsync([point, point with { Exemplars = [] }, point with { Value = MetricNumber.Of(1.5), Exemplars = [] }]);

        var query = new PointQuery(TenantId.Default, "m", MetricEngine.Everything, null, 1);
        var points = await ReadEngine.AllPagesAsync(after => engine.Store.FindPointsAsync(query with { After = after }, Stop));

        Assert.Equal([1.5, long.MaxValue, long.MaxValue], points.Select(p => ((MetricPoint.Number)p).Value).Select(v => v.Kind == NumberKind.Int ? v.IntValue : v.Value).Order());
        Assert.Equal([exemplar], points[0].Exemplars);
        Assert.All(points[1..], p => Assert.Empty(p.Exemplars));
    }

    [Fact]
    public async Task Nothing_of_another_tenant_is_listed_found_or_counted()
    {
        await using var engine = await MetricEngine.OpenAsync();
        MetricPoint Point(string metric, string service) =>
            new MetricPoint.Number { Series = MetricEngine.Series(metric, service: service), TimeUnixNano = MetricEngine.Now, Value = MetricNumber.Of(1.0) };
        await engine.WriteAsync([Point("shared", "mine"), Point("mine", "mine")]);
        await engine.WriteAsync([Point("shared", "theirs"), Point("theirs", "theirs")], "other");

        foreach (var (tenant, name) in ((string, string)[])[("default", "mine"), ("other", "theirs")])
        {
            var who = MetricEngine.Tenant(tenant);
            var list = await engine.Store.FindMetricsAsync(new MetricListQuery(who, MetricEngine.Everything, "", null, 10), Stop);
            Assert.Equal(((string[])[name, "shared"]).Order(), list.Items.Select(metric => metric.Name));
            Assert.All(list.Items, metric => Assert.Equal([name], metric.Services));
            var points = await engine.Store.FindPointsAsync(new PointQuery(who, "shared", MetricEngine.Everything, null, 10), Stop);
            Assert.Equal(name, Assert.Single(points.Items).Series.Resource.ServiceName);
            var answer = await engine.AskAsync(MetricEngine.Query("shared", MetricAggregation.Count, groupBy: "service.name") with { Tenant = who });
            Assert.Equal(1, Assert.Single(answer).Value[0]);
            Assert.Equal(name, Assert.Single(answer).Key);
            Assert.Empty((await engine.Store.QueryAsync(MetricEngine.Query(tenant == "default" ? "theirs" : "mine", MetricAggregation.Count) with { Tenant = who }, Stop)).Series);
        }
    }
}
