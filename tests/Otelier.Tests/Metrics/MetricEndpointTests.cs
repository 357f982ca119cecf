using System.Net;
using System.Text.Json;
using Otelier.Signals.Otlp;
using Otelier.Tests.Api;
using Otelier.Tests.EndToEnd;
using Otelier.Tests.Otlp;
using Xunit;

namespace Otelier.Tests.Metrics;

[Collection(EngineCollection.Name)]
public sealed class MetricEndpointTests
{
    private const ulong Now = ApiServer.Now;
    private const ulong Minute = 60_000_000_000;

    [Fact]
    public async Task Metrics_are_listed_by_name_with_a_page_each()
    {
        await using var server = await ApiServer.StartAsync();
        await server.InsertMetricsAsync(Request(Gauge("cpu", "1", 0.5), Gauge("cpu", "%", 50), Gauge("disk/free", "By", 7)));

        var names = new List<string>();
        var cursor = "";
        do
        {
            var page = await server.GetAsync($"/api/v1/metrics?limit=1{cursor}");
            var metric = Assert.Single(page.GetProperty("metrics").EnumerateArray());
            Assert.Equal("gauge", metric.GetProperty("type").GetString());
            Assert.Equal(1, metric.GetProperty("seriesCount").GetInt32());
            Assert.Equal("shop", Assert.Single(metric.GetProperty("services").EnumerateArray()).GetString());
            Assert.Equal("2025-06-15", metric.GetProperty("lastSeenDay").GetString());
            names.Add($"{metric.GetProperty("name").GetString()} {metric.GetProperty("unit").GetString()}");
            cursor = page.GetProperty("nextCursor") is { ValueKind: JsonValueKind.String } next ? $"&cursor={next.GetString()}" : "";
        }
        while (cursor.Length > 0 && names.Count < 10);

        Assert.Equal(["cpu %", "cpu 1", "disk/free By"], names);
        Assert.Single((await server.GetAsync("/api/v1/metrics?prefix=disk")).GetProperty("metrics").EnumerateArray());
        Assert.Empty((await server.GetAsync("/api/v1/metrics?service=other")).GetProperty("metrics").EnumerateArray());
        Assert.Equal(2, (await server.GetAsync("/api/v1/metrics?name=cpu")).GetProperty("metrics").GetArrayLength());
    }

    [Fact]
    public async Task Points_keep_their_types_and_leave_as_the_OTLP_they_came_as()
    {
        await using var server = await ApiServer.StartAsync();
        var request = Request(
            Gauge("a/b", "1", 0.5),
            Metric("a/b", "1", 5, w =>
            {
                w.WriteFixed64(3, Now - Minute);
                w.WriteFixed64(6, unchecked((ulong)long.MinValue));
            }),
            Metric("a/b", "1", 5, w =>
            {
                w.WriteFixed64(3, Now - (2 * Minute));
                w.WriteVarint(8, 1);
            }));
        await server.InsertMetricsAsync(request);

        var points = (await server.GetAsync("/api/v1/metrics/a/b")).GetProperty("points").EnumerateArray().ToArray();
        Assert.Equal(["0.5", "-9223372036854775808", "null"], points.Select(point => point.GetProperty("value").GetRawText()));
        Assert.Equal("lane", Assert.Single(points[0].GetProperty("attributes").EnumerateObject()).Name);

        var json = await server.GetAsync("/api/v1/metrics/a/b?format=otlp");
        var bytes = new ProtoWriter();
        Assert.Equal(DecodeError.None, OtlpJsonReader.TryTranscode(System.Text.Encoding.UTF8.GetBytes(json.GetRawText()), OtlpSchema.ExportMetricsServiceRequest, bytes, out _));
        Assert.Equal(
            OtlpCanonical.Items(OtlpSchema.ExportMetricsServiceRequest, request), OtlpCanonical.Items(OtlpSchema.ExportMetricsServiceRequest, bytes.WrittenSpan));
        Assert.Single((await server.GetAsync("/api/v1/metrics/a/b?limit=1&attr.lane=a&service=shop")).GetProperty("points").EnumerateArray());
        Assert.Empty((await server.GetAsync("/api/v1/metrics/a/b?attr.lane=b")).GetProperty("points").EnumerateArray());
    }

    [Fact]
    public async Task A_query_answers_labels_and_points_by_step()
    {
        await using var server = await ApiServer.StartAsync();
        await server.InsertMetricsAsync(Request(Gauge("cpu", "1", 0.25), Gauge("cpu", "1", 0.75)));

        var answer = await server.PostAsync(
            "/api/v1/metrics/query",
            """{"metric":"cpu","start":"-2m","end":"now","step":"60s","aggregation":"sum","groupBy":["lane","service.name"],"filter":{"lane":"a"}}""");
        var narrow = await server.PostAsync("/api/v1/metrics/query", """{"metric":"cpu","aggregation":"max","type":"sum"}""");

        var series = Assert.Single(answer.GetProperty("series").EnumerateArray());
        Assert.Equal("""{"lane":"a","service.name":"shop"}""", series.GetProperty("labels").GetRawText());
        // The points are a nanosecond before now, which is 41 s after a whole minute.
        Assert.Equal("""[[1749999840000,null],[1749999900000,null],[1749999960000,1]]""", series.GetProperty("points").GetRawText());
        Assert.Empty(narrow.GetProperty("series").EnumerateArray());
    }

    [Theory]
    [InlineData("""{"aggregation":"sum"}""", "'metric'")]
    [InlineData("""{"metric":"m"}""", "'aggregation'")]
    [InlineData("""{"metric":"m","aggregation":"mean"}""", "avg, sum")]
    [InlineData("""{"metric":"m","aggregation":"quantile"}""", "'quantile'")]
    [InlineData("""{"metric":"m","aggregation":"quantile","quantile":1.5}""", "'quantile'")]
    [InlineData("""{"metric":"m","aggregation":"sum","type":"counter"}""", "exponentialHistogram")]
    [InlineData("""{"metric":"m","aggregation":"sum","step":"0s"}""", "'step'")]
    [InlineData("""{"metric":"m","aggregation":"sum","start":"-4h","step":"1s"}""", "11000")]
    [InlineData("""{"metric":"m","aggregation":"sum","start":"-40d"}""", "31 days")]
    [InlineData("""{"metric":"m","aggregation":"sum","filter":{"a":[1]}}""", "'a'")]
    [InlineData("""{"metric":"m","aggregation":"sum","groupBy":[""]}""", "'groupBy'")]
    public async Task A_query_that_cannot_be_understood_is_refused_by_name(string body, string mentioned)
    {
        await using var server = await ApiServer.StartAsync();

        var problem = await server.PostAsync("/api/v1/metrics/query", body, HttpStatusCode.UnprocessableEntity);

        Assert.Contains(mentioned, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("""{"metrics":"m"}""")]
    [InlineData("null")]
    public async Task A_body_that_is_no_query_is_400(string body)
    {
        await using var server = await ApiServer.StartAsync();

        var problem = await server.PostAsync("/api/v1/metrics/query", body, HttpStatusCode.BadRequest);

        Assert.Equal("urn:otelier:error:bad-request", problem.GetProperty("type").GetString());
    }

    private static Action<ProtoWriter> Gauge(string name, string unit, double value) => Metric(name, unit, 5, w =>
    {
        w.WriteFixed64(3, Now - 1);
        w.WriteDouble(4, value);
    });

    /// <summary>A metric with one point that has an attribute.</summary>
    private static Action<ProtoWriter> Metric(string name, string unit, int kind, Action<ProtoWriter> point) => w =>
    {
        w.WriteString(1, name);
        w.WriteString(3, unit);
        var data = w.BeginMessage(kind);
        var start = w.BeginMessage(1);
        point(w);
        Attribute(w, 7, "lane", "a");
        w.EndMessage(start);
        w.EndMessage(data);
    };

    private static byte[] Request(params Action<ProtoWriter>[] metrics)
    {
        var w = new ProtoWriter();
        var resource = w.BeginMessage(1);
        var head = w.BeginMessage(1);
        Attribute(w, 1, "service.name", "shop");
        w.EndMessage(head);
        var scope = w.BeginMessage(2);
        foreach (var metric in metrics)
        {
            var start = w.BeginMessage(2);
            metric(w);
            w.EndMessage(start);
        }

        w.EndMessage(scope);
        w.EndMessage(resource);
        return w.WrittenSpan.ToArray();
    }

    private static void Attribute(ProtoWriter w, int field, string key, string value)
    {
        var attribute = w.BeginMessage(field);
        w.WriteString(1, key);
        var any = w.BeginMessage(2);
        w.WriteString(1, value);
        w.EndMessage(any);
        w.EndMessage(attribute);
    }
}
