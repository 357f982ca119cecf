using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Otelier.Tests.EndToEnd;

/// <summary>Senders whose clocks are wrong, against a real server.</summary>
[Collection(EngineCollection.Name)]
public sealed class WildClockTests
{
    private const long MonthNanos = 2_629_800_000_000_000;
    private const long Year2000UnixNano = 946_684_800_000_000_000;
    private const string FarFuture = "4102444800000000000";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Items_in_quarantine_are_counted_by_signal_and_a_replay_counts_nothing()
    {
        using var directory = new TemporaryDirectory();
        using var client = new HttpClient(new SocketsHttpHandler());
        await using (var server = await ServerProcess.StartAsync(directory.Path, Stop))
        {
            var now = NowUnixNano();
            await PostAsync(client, server, "traces", Spans([now, "1", FarFuture]));
            await PostAsync(client, server, "logs", """{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1"},{}]}]}]}""");
            await PostAsync(client, server, "metrics", $$$"""
                {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"m","gauge":{"dataPoints":[
                {"timeUnixNano":"{{{FarFuture}}}","asInt":"1"},{"timeUnixNano":"{{{now}}}","asInt":"2"}]}}]}]}]}
                """);

            Assert.Equal([("logs", 1), ("metrics", 1), ("traces", 2)], await QuarantinedAsync(client, server));
            using var stats = JsonDocument.Parse(await client.GetStringAsync(new Uri(server.Api, "/api/v1/stats/ingest"), Stop));
            Assert.Equal(
                [2, 1, 1], stats.RootElement.GetProperty("signals").EnumerateArray().Select(signal => signal.GetProperty("quarantinedTotal").GetInt32()));
            await server.KillAsync();
        }

        await using (var server = await ServerProcess.StartAsync(directory.Path, Stop))
        {
            await server.WaitUntilDrainedAsync(client, Stop);
            Assert.Empty(await QuarantinedAsync(client, server));
        }
    }

    [Fact]
    public async Task Request_with_every_month_since_2000_and_years_ahead_is_stored()
    {
        const int Months = 600;
        using var directory = new TemporaryDirectory();
        using var client = new HttpClient(new SocketsHttpHandler());
        await using var server = await ServerProcess.StartAsync(directory.Path, Stop);

        await PostAsync(client, server, "traces", Spans(
            [.. Enumerable.Range(0, Months).Select(month => (Year2000UnixNano + (month * MonthNanos)).ToString(CultureInfo.InvariantCulture))]));
        await server.WaitUntilDrainedAsync(client, Stop);

        using var tables = JsonDocument.Parse(await client.GetStringAsync(new Uri(server.Api, "/api/v1/stats/tables"), Stop));
        var spans = tables.RootElement.GetProperty("tables").EnumerateArray().Single(table => table.GetProperty("name").GetString() == "otel_traces");
        Assert.Equal(Months, spans.GetProperty("rowCount").GetInt32());
    }

    private static string NowUnixNano() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) + "000000";

    private static string Spans(IEnumerable<string> starts) =>
        $$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{{string.Join(',', starts.Select(Span))}}]}]}]}""";

    private static string Span(string start, int number) =>
        $$"""{"traceId":"0102030405060708090a0b0c0d0e0f10","spanId":"{{number + 1:x16}}","name":"GET /","startTimeUnixNano":"{{start}}","endTimeUnixNano":"{{start}}"}""";

    private static async Task PostAsync(HttpClient client, ServerProcess server, string signal, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var answer = await client.PostAsync(new Uri(server.OtlpHttp, $"/v1/{signal}"), content, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private static async Task<List<(string Signal, int Items)>> QuarantinedAsync(HttpClient client, ServerProcess server)
    {
        const string Name = "otelier_ingest_quarantined_items_total{signal=\"";
        var metrics = await client.GetStringAsync(new Uri(server.Api, "/metrics"), Stop);
        return [.. metrics.Split('\n').Where(line => line.StartsWith(Name, StringComparison.Ordinal)).Select(line =>
            (line[Name.Length..line.IndexOf("\"}", StringComparison.Ordinal)], int.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture)))];
    }
}
