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

    [Fact]
    public async Task Labels_and_series_of_a_metric_are_told()
    {
        await using var server = await ApiServer.StartAsync();
        await server.InsertMetricsAsync(Request(Gauge("a/b", "1", 0.5), Gauge("a/b", "%", 50)));

        var labels = (await server.GetAsync("/api/v1/metrics/a%2Fb/labels")).GetProperty("labels").EnumerateArray().ToArray();
        var page = await server.GetAsync("/api/v1/metrics/a%2Fb/series?limit=1");
        var rest = await server.GetAsync($"/api/v1/metrics/a%2Fb/series?limit=1&cursor={page.GetProperty("nextCursor").GetString()}");
        var series = Assert.Single(page.GetProperty("series").EnumerateArray());

        Assert.Equal(
            ["lane point 1 2 a:2", "service.name resource 1 2 shop:2"],
            labels.Select(label => $"{label.GetProperty("name").GetString()} {label.GetProperty("scope").GetString()} {label.GetProperty("valueCount")} {label.GetProperty("seriesCount")} "
                + string.Join(',', label.GetProperty("values").EnumerateArray().Select(value => $"{value.GetProperty("value").GetString()}:{value.GetProperty("seriesCount")}"))));
        Assert.Equal("""{"service.name":"shop","lane":"a"}""", series.GetProperty("labels").GetRawText());
        Assert.Equal($"{Now - 1}", series.GetProperty("firstSeenUnixNano").GetString());
        Assert.NotEqual(series.GetProperty("seriesId").GetString(), Assert.Single(rest.GetProperty("series").EnumerateArray()).GetProperty("seriesId").GetString());
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("nextCursor").ValueKind);
        Assert.Empty((await server.GetAsync("/api/v1/metrics/a%2Fb/labels?q=attributes.lane%20%3D%20%22b%22")).GetProperty("labels").EnumerateArray());
    }

    [Fact]
    public async Task Exemplars_of_a_metric_lead_to_traces_newest_first()
    {
        await using var server = await ApiServer.StartAsync();
        await server.InsertMetricsAsync(Request(Metric("m", "1", 5, w =>
        {
            w.WriteFixed64(3, Now - 1);
            w.WriteDouble(4, 1);
            foreach (var i in (ulong[])[3, 1, 2])
            {
                var exemplar = w.BeginMessage(5);
                w.WriteFixed64(2, Now - (10 - i));
                w.WriteDouble(3, i);
                w.WriteBytes(5, [.. Enumerable.Repeat((byte)i, 16)]);
                w.EndMessage(exemplar);
            }
        })));

        var answer = await server.GetAsync("/api/v1/metrics/m/exemplars?limit=2");
        var exemplars = answer.GetProperty("exemplars").EnumerateArray().ToArray();

        Assert.Equal(["3 03030303030303030303030303030303", "2 02020202020202020202020202020202"], exemplars.Select(exemplar => $"{exemplar.GetProperty("value")} {exemplar.GetProperty("traceId").GetString()}"));
        Assert.Equal("a", exemplars[0].GetProperty("seriesLabels").GetProperty("lane").GetString());
        Assert.Equal("capped", Assert.Single(answer.GetProperty("warnings").EnumerateArray()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task An_instant_query_is_of_the_window_before_a_moment()
    {
        await using var server = await ApiServer.StartAsync();
        await server.InsertMetricsAsync(Request(Gauge("cpu", "1", 0.25, Now - (2 * Minute)), Gauge("cpu", "1", 0.75, Now)));

        async Task<string> AskAsync(string more) => string.Join(' ', (await server.PostAsync(
            "/api/v1/metrics/query/instant",
            $$"""{"metric":"cpu",{{more}}}""")).GetProperty("series").EnumerateArray().Select(series => series.GetProperty("value").GetRawText()));

        Assert.Equal("0.5", await AskAsync($""" "aggregation":"avg","time":"{Now}" """));
        Assert.Equal("0.75", await AskAsync($""" "aggregation":"avg","time":"{Now}","window":"1m" """));
        Assert.Equal("0.25", await AskAsync($""" "aggregation":"last","time":"{Now - 1}" """));
        Assert.Equal("0.25", await AskAsync($""" "aggregation":"stddev","time":"{Now}" """));
        Assert.Equal("", await AskAsync($""" "aggregation":"last","time":"{Now - (3 * Minute)}" """));
    }

    [Fact]
    public async Task Change_and_slope_of_a_gauge_go_on_from_the_step_before()
    {
        await using var server = await ApiServer.StartAsync();
        const ulong First = Now / Minute * Minute;
        await server.InsertMetricsAsync(Request([.. Enumerable.Range(0, 4).Select(i => Gauge("level", "1", 100 - (30 * i), First - ((ulong)(4 - i) * Minute)))]));

        async Task<string> AskAsync(string aggregation) => (await server.PostAsync(
            "/api/v1/metrics/query",
            $$"""{"metric":"level","start":"{{First - (3 * Minute)}}","end":"{{First}}","step":"1m","aggregation":"{{aggregation}}"}""")).GetProperty("series")[0].GetProperty("points").GetRawText();

        var times = Enumerable.Range(0, 3).Select(i => (First - ((ulong)(3 - i) * Minute)) / 1_000_000).ToArray();
        Assert.Equal($"[{string.Join(',', times.Select(time => $"[{time},-30]"))}]", await AskAsync("delta"));
        Assert.Equal($"[{string.Join(',', times.Select(time => $"[{time},-0.5]"))}]", await AskAsync("deriv"));
    }

    [Fact]
    public async Task The_top_series_are_those_with_the_largest_mean()
    {
        await using var server = await ApiServer.StartAsync();
        await server.InsertMetricsAsync(Request([.. Enumerable.Range(0, 20).Select(i => Metric("m", "1", 5, w =>
        {
            w.WriteFixed64(3, Now - 1);
            w.WriteDouble(4, i % 7);
            Attribute(w, 7, "host", $"h{i:00}");
        }))]));

        var answer = await server.PostAsync(
            "/api/v1/metrics/query", """{"metric":"m","start":"-2m","aggregation":"avg","groupBy":["host"],"top":3,"filter":{"combinator":"and","rules":[{"field":"attributes.host","operator":"!=","value":"h06"}]}}""");

        Assert.Equal(["h13", "h05", "h12"], answer.GetProperty("series").EnumerateArray().Select(series => series.GetProperty("labels").GetProperty("host").GetString()));
        Assert.Empty(answer.GetProperty("warnings").EnumerateArray());
    }

    [Theory]
    [InlineData("""{"aggregation":"sum"}""", "'metric'")]
    [InlineData("""{"metric":"m","aggregation":"sum","top":0}""", "'top'")]
    [InlineData("""{"metric":"m","aggregation":"sum","q":"host ="}""", "'q'")]
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

    private static Action<ProtoWriter> Gauge(string name, string unit, double value, ulong time = Now - 1) => Metric(name, unit, 5, w =>
    {
        w.WriteFixed64(3, time);
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
