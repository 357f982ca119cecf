using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Otelier.Cli.Otlp;
using Otelier.Server.Export;
using Otelier.Signals;
using Otelier.Tests.EndToEnd;
using Xunit;

namespace Otelier.Tests.Api;

[Collection(EngineCollection.Name)]
public sealed class ExportEndpointTests
{
    private static readonly AttributeList Shop = new() { { "service.name", "shop" } };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_row_is_a_line_newest_first_and_the_trailers_count_them()
    {
        await using var server = await StartAsync(3000);

        using var response = await server.Client.GetAsync(new Uri("/api/v1/export?signal=spans", UriKind.Relative), Stop);
        var lines = Lines(await response.Content.ReadAsStringAsync(Stop));

        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(3000, lines.Count);
        Assert.Equal(3000, lines.Select(line => line.GetProperty("spanId").GetString()).Distinct().Count());
        var times = lines.Select(line => line.GetProperty("startTimeUnixNano").GetString()).ToList();
        Assert.Equal(times.OrderDescending(StringComparer.Ordinal), times);
        Assert.Equal("3000", Assert.Single(response.TrailingHeaders.GetValues("X-Row-Count")));
        Assert.Equal("complete", Assert.Single(response.TrailingHeaders.GetValues("X-Export-Status")));
    }

    [Fact]
    public async Task A_truncated_export_says_so_in_every_format()
    {
        await using var server = await StartAsync(10);

        var ndjson = Lines(await TextAsync(server, "signal=spans&limit=4"));
        var json = JsonDocument.Parse(await TextAsync(server, "signal=spans&limit=4&format=json")).RootElement;
        using var csv = await server.Client.GetAsync(new Uri("/api/v1/export?signal=spans&limit=4&format=csv", UriKind.Relative), Stop);
        var table = (await csv.Content.ReadAsStringAsync(Stop)).TrimEnd().Split("\r\n");

        Assert.Equal(5, ndjson.Count);
        Assert.Equal("""{"rowCount":4,"truncated":true}""", ndjson[^1].GetRawText());
        Assert.Equal(4, json.GetProperty("rows").GetArrayLength());
        Assert.True(json.GetProperty("truncated").GetBoolean());
        Assert.Equal(6, table.Length);
        Assert.StartsWith("# truncated after 4 rows,", table[^1], StringComparison.Ordinal);
        Assert.Equal(table[0].Count(c => c == ','), table[^1].Count(c => c == ','));
        Assert.Equal("truncated", Assert.Single(csv.TrailingHeaders.GetValues("X-Export-Status")));
    }

    [Fact]
    public async Task A_limit_that_is_just_reached_truncates_nothing()
    {
        await using var server = await StartAsync(4);

        var json = JsonDocument.Parse(await TextAsync(server, "signal=spans&limit=4&format=json")).RootElement;

        Assert.Equal("""{"rowCount":4,"truncated":false}""", $$"""{"rowCount":{{json.GetProperty("rowCount")}},"truncated":{{(json.GetProperty("truncated").GetBoolean() ? "true" : "false")}}}""");
        Assert.False(json.TryGetProperty("error", out _));
    }

    [Fact]
    public async Task A_table_quotes_its_cells_and_runs_no_formula()
    {
        await using var server = await ApiServer.StartAsync();
        await ShopData.InsertAsync(server, Shop, ShopData.Log(ApiServer.Now - 1, "=1+2"), ShopData.Log(ApiServer.Now - 2, "a,\"b\"\nc"), ShopData.Log(ApiServer.Now - 3, "-5"));

        var csv = await TextAsync(server, "signal=logs&format=csv");

        Assert.StartsWith("time,observedTime,severityNumber,severityText,serviceName,body,", csv, StringComparison.Ordinal);
        Assert.Contains(",shop,'=1+2,", csv, StringComparison.Ordinal);
        Assert.Contains(",shop,\"a,\"\"b\"\"\nc\",", csv, StringComparison.Ordinal);
        Assert.Contains(",shop,-5,", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gzip_export_is_the_same_rows_compressed()
    {
        await using var server = await StartAsync(50);

        using var response = await server.Client.GetAsync(new Uri("/api/v1/export?signal=spans&compression=gzip", UriKind.Relative), Stop);
        await using var gzip = new GZipStream(await response.Content.ReadAsStreamAsync(Stop), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);

        Assert.Equal("application/gzip", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(await TextAsync(server, "signal=spans"), await reader.ReadToEndAsync(Stop));
    }

    [Fact]
    public async Task A_posted_filter_chooses_the_rows()
    {
        await using var server = await StartAsync(20);
        using var body = new StringContent("""{"signal":"spans","filter":{"combinator":"and","rules":[{"field":"app.number","operator":"<","value":5}]}}""");

        using var response = await server.Client.PostAsync(new Uri("/api/v1/export", UriKind.Relative), body, Stop);

        Assert.Equal(5, Lines(await response.Content.ReadAsStringAsync(Stop)).Count);
    }

    [Fact]
    public async Task Points_of_a_metric_are_exported_beyond_one_page()
    {
        await using var server = await ApiServer.StartAsync();
        var points = Enumerable.Range(0, 1500).Select(i => new NumberPoint([], 0, ApiServer.Now - (ulong)i - 1, (double)i)).ToList();
        var group = new ResourceGroup<Metric>(new Resource(Shop), [new ScopeGroup<Metric>(new Scope("tests", "1"), [new Metric("app.load", "1", "", new MetricData.Gauge(points))])]);
        await server.InsertMetricsAsync(ExportRequestOf(group));

        Assert.Equal(1500, Lines(await TextAsync(server, "signal=points&metric=app.load")).Count);
        Assert.Equal(1502, (await TextAsync(server, "signal=points&metric=app.load&format=csv")).Split("\r\n").Length);
    }

    [Theory]
    [InlineData("", "signal")]
    [InlineData("signal=traces", "spans, logs, points")]
    [InlineData("signal=points", "metric")]
    [InlineData("signal=spans&metric=a", "points")]
    [InlineData("signal=spans&format=parquet", "csv")]
    [InlineData("signal=spans&limit=5000001", "5000000")]
    [InlineData("signal=spans&cursor=x", "cursor")]
    public async Task What_cannot_be_understood_is_refused_by_name(string query, string mentioned)
    {
        await using var server = await ApiServer.StartAsync();

        var problem = await server.GetAsync($"/api/v1/export?{query}", HttpStatusCode.UnprocessableEntity);

        Assert.Contains(mentioned, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tenant_has_two_slots_and_gives_them_back()
    {
        var slots = new ExportSlots();
        Assert.True(TenantId.TryParse("other", out var other));
        using var first = slots.TryEnter(TenantId.Default);
        var second = slots.TryEnter(TenantId.Default);

        Assert.NotNull(second);
        Assert.Null(slots.TryEnter(TenantId.Default));
        using var foreign = slots.TryEnter(other);
        Assert.NotNull(foreign);
        Assert.Null(slots.TryEnter(other));
        second.Dispose();
        second.Dispose();
        using var third = slots.TryEnter(TenantId.Default);
        Assert.NotNull(third);
        Assert.Null(slots.TryEnter(TenantId.Default));
    }

    private static byte[] ExportRequestOf(ResourceGroup<Metric> group) => Otelier.Cli.Otlp.ExportRequest.OfMetrics([group]).ToProtobuf().ToArray();

    private static async Task<ApiServer> StartAsync(int count)
    {
        var server = await ApiServer.StartAsync();
        await ShopData.InsertAsync(
            server, "shop", [.. Enumerable.Range(0, count).Select(i => ShopData.Span(i + 1, 1000, new AttributeList { { "app.number", (long)i } }, secondsAgo: (ulong)i))]);
        return server;
    }

    private static Task<string> TextAsync(ApiServer server, string query) =>
        server.Client.GetStringAsync(new Uri($"/api/v1/export?{query}", UriKind.Relative), Stop);

    private static List<JsonElement> Lines(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}
