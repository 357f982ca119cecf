using System.Net;
using System.Text.Json;
using Otelier.Cli.Otlp;
using Otelier.Tests.EndToEnd;
using Xunit;

namespace Otelier.Tests.Api;

/// <summary>Aggregates, heatmap, histogram, facets and comparison over HTTP, on the real engine.</summary>
[Collection(EngineCollection.Name)]
public sealed class AnalyticsEndpointTests
{
    private const ulong Minute = 60_000_000_000;

    [Fact]
    public async Task A_table_has_a_row_per_group_ordered_by_the_first_aggregate()
    {
        await using var server = await StartWithRoutesAsync();

        var answer = await server.GetAsync(
            "/api/v1/spans/aggregate?aggregates=count&aggregates=avg(duration)&aggregates=p50(duration)&aggregates=p999(duration)&aggregates=max(app.size)"
            + "&aggregates=error_rate&aggregates=distinct(app.plan)&aggregates=top(1,app.plan)&groupBy=http.route");

        Assert.Equal(["http.route"], Texts(answer.GetProperty("groupBy")));
        Assert.Equal(("count", "1"), Column(answer, 0));
        Assert.Equal(("p50(duration)", "ns"), Column(answer, 2));
        var rows = answer.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(["/cart", "/pay", null], rows.Select(row => row.GetProperty("labels").GetProperty("http.route").GetString()));
        Assert.Equal("""[3,2000,2000,3000,30.5,0.3333333333333333,2,[{"value":"free","count":2}]]""", rows[0].GetProperty("values").GetRawText());
        Assert.Equal("""[2,5000,5000,5000,null,0,0,[]]""", rows[1].GetProperty("values").GetRawText());
        Assert.Equal(1, rows[2].GetProperty("values")[0].GetInt32());
        Assert.Empty(answer.GetProperty("warnings").EnumerateArray());
    }

    [Fact]
    public async Task Fewer_groups_than_there_are_is_said()
    {
        await using var server = await StartWithRoutesAsync();

        var answer = await server.PostAsync(
            "/api/v1/spans/aggregate", """{"aggregates":["avg(duration)"],"groupBy":["http.route"],"orderBy":"avg(duration)","limit":1,"q":"http.route exists"}""");

        var row = Assert.Single(answer.GetProperty("rows").EnumerateArray());
        Assert.Equal("/cart", row.GetProperty("labels").GetProperty("http.route").GetString());
        var warning = Assert.Single(answer.GetProperty("warnings").EnumerateArray());
        Assert.Equal("capped", warning.GetProperty("code").GetString());
        Assert.Contains("1 of 2", warning.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Series_have_a_point_for_each_step_and_groups_keep_their_order()
    {
        await using var server = await StartWithRoutesAsync();
        var end = ApiServer.Now / Minute * Minute;

        var answer = await server.GetAsync(
            $"/api/v1/spans/aggregate?start={end - (10 * Minute)}&end={end}&aggregates=count&aggregates=max(duration)&groupBy=http.route&step=60s&limit=2");

        Assert.Equal(60_000_000_000, answer.GetProperty("stepNanos").GetInt64());
        var series = answer.GetProperty("series").EnumerateArray().ToList();
        Assert.Equal(
            [("/cart", "count"), ("/cart", "max(duration)"), ("/pay", "count"), ("/pay", "max(duration)")],
            series.Select(s => (s.GetProperty("labels").GetProperty("http.route").GetString(), s.GetProperty("aggregate").GetString())));
        Assert.All(series, s => Assert.Equal(10, s.GetProperty("points").GetArrayLength()));
        Assert.Equal(3, series[0].GetProperty("points").EnumerateArray().Sum(point => point[1].GetInt32()));
        Assert.Contains(series[0].GetProperty("points").EnumerateArray(), point => point[1].GetInt32() == 0);
        Assert.Contains(series[1].GetProperty("points").EnumerateArray(), point => point[1].ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task A_rate_is_per_second_of_the_range()
    {
        await using var server = await StartWithRoutesAsync();

        var answer = await server.GetAsync($"/api/v1/spans/aggregate?start={ApiServer.Now - (10 * Minute)}&end={ApiServer.Now}&aggregates=rate");

        Assert.Equal(6.0 / 600, Assert.Single(answer.GetProperty("rows").EnumerateArray()).GetProperty("values")[0].GetDouble(), 9);
    }

    [Theory]
    [InlineData("spans/aggregate?start=-1d&step=1s", "Take step=10s")]
    [InlineData("spans/aggregate?aggregates=median(duration)", "there is no aggregate")]
    [InlineData("spans/aggregate?aggregates=sum(name)", "needs numbers")]
    [InlineData("spans/aggregate?aggregates=sum(nothing)", "attributes.nothing")]
    [InlineData("spans/aggregate?aggregates=top(5,name)&step=auto", "no values over time")]
    [InlineData("spans/aggregate?orderBy=-max(duration)", "orderBy")]
    [InlineData("spans/aggregate?groupBy=a.b&groupBy=a.c&groupBy=a.d&groupBy=a.e&groupBy=a.f", "more than 4")]
    [InlineData("spans/aggregate?groupBy=a.b&groupBy=a.b", "more than once")]
    [InlineData("spans/aggregate?limit=1001", "1 to 1000")]
    [InlineData("spans/aggregate?grupBy=name", "grupBy")]
    [InlineData("spans/heatmap?step=fast", "step")]
    [InlineData("logs/histogram?q=severity ~~ 1", "~~")]
    [InlineData("logs/facets?fields=duration", "fields")]
    public async Task What_cannot_be_understood_is_refused_by_name(string path, string mentioned)
    {
        await using var server = await ApiServer.StartAsync();

        var problem = await server.GetAsync($"/api/v1/{path}", HttpStatusCode.UnprocessableEntity);

        Assert.Contains(mentioned, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/spans/aggregate", """{"baseline":{}}""", "baseline")]
    [InlineData("/api/v1/spans/compare", """{"baseline":"x"}""", "an object")]
    [InlineData("/api/v1/spans/compare", """{"baseline":{"limit":1}}""", "baseline.limit")]
    [InlineData("/api/v1/spans/compare", """{"baseline":{"q":"name ~~ 1"}}""", "In baseline")]
    public async Task A_body_with_what_nobody_reads_is_refused(string path, string body, string mentioned)
    {
        await using var server = await ApiServer.StartAsync();

        var problem = await server.PostAsync(path, body, HttpStatusCode.UnprocessableEntity);

        Assert.Contains(mentioned, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("__proto__.x")]
    [InlineData("a.'); DROP TABLE otel_traces; --")]
    [InlineData("a.`b`")]
    [InlineData("a.\\\"\0\t\n")]
    [InlineData("a.{p0:String}")]
    [InlineData("a.\u202Eb")]
    public async Task A_hostile_field_name_is_only_a_name(string key)
    {
        await using var server = await ApiServer.StartAsync();
        await ShopData.InsertAsync(server, "shop", ShopData.Span(1, 1000, new AttributeList { { key, "v" } }));
        var name = JsonSerializer.Serialize($"attributes.{JsonSerializer.Serialize(key)}");

        var table = await server.PostAsync("/api/v1/spans/aggregate", $$"""{"groupBy":[{{name}}],"aggregates":["count"],"step":"60s"}""");
        var facets = await server.PostAsync("/api/v1/spans/facets", $$"""{"fields":[{{name}}]}""");

        Assert.Single(table.GetProperty("series").EnumerateArray());
        Assert.Single(facets.GetProperty("facets").EnumerateArray());
        Assert.Equal(1, await CountAsync(server));
    }

    [Fact]
    public async Task A_heatmap_counts_spans_and_errors_by_time_and_duration()
    {
        await using var server = await StartWithRoutesAsync();

        var answer = await server.GetAsync("/api/v1/spans/heatmap?step=10m&q=http.route%20exists");

        var buckets = answer.GetProperty("buckets").EnumerateArray().ToList();
        var cells = answer.GetProperty("cells").EnumerateArray().ToList();
        Assert.Equal(5, cells.Sum(cell => cell[2].GetInt32()));
        Assert.Equal(1, cells.Sum(cell => cell[3].GetInt32()));
        Assert.All(cells, cell => Assert.InRange(cell[1].GetInt32(), 0, buckets.Count - 1));
        Assert.All(buckets.Zip(buckets.Skip(1)), pair => Assert.Equal(pair.First.GetProperty("toNanos").GetUInt64(), pair.Second.GetProperty("fromNanos").GetUInt64()));
        var slowest = cells.Where(cell => cell[1].GetInt32() == buckets.Count - 1).ToList();
        Assert.Equal(2, slowest.Sum(cell => cell[2].GetInt32()));
        Assert.InRange(5000UL, buckets[^1].GetProperty("fromNanos").GetUInt64(), buckets[^1].GetProperty("toNanos").GetUInt64() - 1);
    }

    [Fact]
    public async Task A_histogram_counts_records_by_the_ranges_of_severity()
    {
        await using var server = await ApiServer.StartAsync();
        int[] severities = [0, 1, 4, 5, 9, 9, 13, 17, 20, 21, 24, 99];
        await ShopData.InsertAsync(
            server, new AttributeList { { "service.name", "shop" } }, [.. severities.Select((s, i) => ShopData.Log(ApiServer.Now - Minute - (ulong)i, "x", s))]);

        var answer = await server.GetAsync("/api/v1/logs/histogram");

        Assert.Equal(12, answer.GetProperty("total").GetInt32());
        Assert.Equal(
            [("unset", 1), ("trace", 2), ("debug", 1), ("info", 2), ("warn", 1), ("error", 2), ("fatal", 3)],
            answer.GetProperty("series").EnumerateArray().Select(series =>
                (series.GetProperty("severity").GetString()!, series.GetProperty("points").EnumerateArray().Sum(point => point[1].GetInt32()))));
    }

    [Fact]
    public async Task Facets_count_the_values_that_rows_have()
    {
        await using var server = await StartWithRoutesAsync();

        var answer = await server.GetAsync("/api/v1/spans/facets?fields=http.route&fields=status&fields=app.size&limit=2");

        Assert.Equal(
            """
            [{"field":"http.route","values":[{"value":"/cart","count":3},{"value":"/pay","count":2}],"distinctCount":2},
            {"field":"status","values":[{"value":"unset","count":5},{"value":"error","count":1}],"distinctCount":2},
            {"field":"app.size","values":[{"value":"10","count":1},{"value":"30.5","count":1}],"distinctCount":2}]
            """.ReplaceLineEndings(""),
            answer.GetProperty("facets").GetRawText());
        Assert.Empty(answer.GetProperty("warnings").EnumerateArray());
    }

    [Fact]
    public async Task Comparing_failed_payments_of_the_demo_finds_the_card_brand_and_the_version()
    {
        await using var server = await ApiServer.StartAsync();
        await ShopData.PlayDemoAsync(server);
        const string Body =
            """{"q":"service.name = \"payment\" and kind = server and status = error","baseline":{"q":"service.name = \"payment\" and kind = server and status != error"}}""";

        var answer = await server.PostAsync("/api/v1/spans/compare", Body);

        var fields = answer.GetProperty("fields").EnumerateArray().ToList();
        var named = fields.ToDictionary(field => field.GetProperty("field").GetString()!, field => field.GetProperty("values")[0].GetProperty("value").GetString());
        Assert.True(answer.GetProperty("selectionCount").GetInt32() >= 5, answer.GetRawText());
        Assert.Equal("amex", named["app.payment.card_brand"]);
        Assert.Equal("2.4.1", named["resource.service.version"]);
        Assert.DoesNotContain("service.name", named.Keys);
        Assert.DoesNotContain("status", named.Keys);
        Assert.DoesNotContain("app.order.id", named.Keys);
        // Of what is no mere symptom nothing stands out more than the brand.
        string[] symptoms = ["app.payment.outcome", "rpc.grpc.status_code", "rpc.response.status_code", "statusMessage", "status.message", "error.type", "exception.type"];
        Assert.Equal("app.payment.card_brand", fields.Select(field => field.GetProperty("field").GetString()!).First(field => !symptoms.Contains(field)));
        Assert.Equal(answer.GetRawText(), (await server.PostAsync("/api/v1/spans/compare", Body)).GetRawText());
    }

    [Fact]
    public async Task Comparing_logs_takes_everything_else_for_the_baseline()
    {
        await using var server = await ApiServer.StartAsync();
        await ShopData.PlayDemoAsync(server);

        var answer = await server.PostAsync("/api/v1/logs/compare", """{"filter":{"combinator":"and","rules":[{"field":"severity","operator":">=","value":17}]}}""");

        var all = await server.GetAsync("/api/v1/logs/histogram");
        Assert.Equal(
            all.GetProperty("total").GetInt32(), answer.GetProperty("selectionCount").GetInt32() + answer.GetProperty("baselineCount").GetInt32());
        Assert.NotEmpty(answer.GetProperty("fields").EnumerateArray());
    }

    [Fact]
    public async Task A_selection_without_rows_compares_to_nothing()
    {
        await using var server = await StartWithRoutesAsync();

        var answer = await server.PostAsync("/api/v1/spans/compare", """{"q":"name = \"nobody\""}""");

        Assert.Equal((0, 6), (answer.GetProperty("selectionCount").GetInt32(), answer.GetProperty("baselineCount").GetInt32()));
        Assert.Empty(answer.GetProperty("fields").EnumerateArray());
    }

    private static async Task<ApiServer> StartWithRoutesAsync()
    {
        var server = await ApiServer.StartAsync();
        await ShopData.InsertAsync(
            server,
            "shop",
            ShopData.Span(1, 1000, new AttributeList { { "http.route", "/cart" }, { "app.size", 10L }, { "app.plan", "free" } }),
            ShopData.Span(2, 2000, new AttributeList { { "http.route", "/cart" }, { "app.size", 30.5 }, { "app.plan", "free" } }, StatusCode.Error, secondsAgo: 120),
            ShopData.Span(3, 3000, new AttributeList { { "http.route", "/cart" }, { "app.plan", "paid" } }, secondsAgo: 121),
            ShopData.Span(4, 5000, new AttributeList { { "http.route", "/pay" } }),
            ShopData.Span(5, 5000, new AttributeList { { "http.route", "/pay" } }),
            ShopData.Span(6, 7000));
        return server;
    }

    private static async Task<int> CountAsync(ApiServer server) =>
        (await server.GetAsync("/api/v1/spans/aggregate")).GetProperty("rows")[0].GetProperty("values")[0].GetInt32();

    private static (string? Name, string? Unit) Column(JsonElement answer, int index)
    {
        var column = answer.GetProperty("aggregates")[index];
        return (column.GetProperty("name").GetString(), column.GetProperty("unit").GetString());
    }

    private static IEnumerable<string?> Texts(JsonElement array) => array.EnumerateArray().Select(text => text.GetString());
}
