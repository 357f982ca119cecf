using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Otelier.Storage.ClickHouse.Transports;
using Xunit;

namespace Otelier.Tests.EndToEnd;

/// <summary>A block that the real engine refuses for what it holds, in a real server.</summary>
[Collection(EngineCollection.Name)]
public sealed class ParkedBlockTests
{
    private const string Poison = "poison";
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Block_the_engine_refuses_for_good_steps_aside_and_comes_back_once_when_asked_to()
    {
        using var directory = new TemporaryDirectory();
        using var client = new HttpClient(new SocketsHttpHandler());
        await using (var server = await ServerProcess.StartAsync(directory.Path, Stop))
            Assert.Equal(0, await server.StopAsync(Stop));
        await ExecuteAsync(directory, $"ALTER TABLE otel_traces ADD CONSTRAINT refused CHECK SpanName != '{Poison}'");

        await using (var server = await ServerProcess.StartAsync(directory.Path, Stop, "--Log:ParkAfter=0s"))
        {
            await PostAsync(client, server, "before");
            await server.WaitUntilDrainedAsync(client, Stop);
            await PostAsync(client, server, Poison);
            // However many by now: it stands there once there was one.
            await WaitForAsync(client, server, "otelier_drain_failures_total{signal=\"traces\"}");
            await PostAsync(client, server, "behind");
            await server.WaitUntilDrainedAsync(client, Stop);

            var metrics = await client.GetStringAsync(new Uri(server.Api, "/metrics"), Stop);
            Assert.Contains("otelier_drain_parked_items_total{signal=\"traces\"} 1\n", metrics, StringComparison.Ordinal);
            Assert.Contains("otelier_drain_parked_blocks{signal=\"traces\"} 1\n", metrics, StringComparison.Ordinal);
            using var answer = await client.GetAsync(new Uri(server.Api, "/health/store"), Stop);
            Assert.True(answer.IsSuccessStatusCode);
            using var health = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop));
            Assert.Equal("degraded", health.RootElement.GetProperty("status").GetString());
            await server.KillAsync();
        }

        Assert.Equal(["before 1", "behind 1"], await FindAsync(directory));
        Assert.Contains("refused", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(directory.Path, "log", "parked"), "*.txt")), Stop), StringComparison.Ordinal);

        await using (var server = await ServerProcess.StartAsync(directory.Path, Stop, "--Log:RetryParked=true"))
        {
            await server.WaitUntilDrainedAsync(client, Stop);
            await PostAsync(client, server, "refused again");
            await server.WaitUntilDrainedAsync(client, Stop);
            Assert.Equal(0, await server.StopAsync(Stop));
        }

        await ExecuteAsync(directory, "ALTER TABLE otel_traces DROP CONSTRAINT refused");
        await using (var server = await ServerProcess.StartAsync(directory.Path, Stop, "--Log:RetryParked=true"))
        {
            await WaitForAsync(client, server, "otelier_drain_parked_blocks{signal=\"traces\"} 0");
            using var health = JsonDocument.Parse(await client.GetStringAsync(new Uri(server.Api, "/health/store"), Stop));
            Assert.Equal("ok", health.RootElement.GetProperty("status").GetString());
            Assert.Equal(0, await server.StopAsync(Stop));
        }

        Assert.Equal(["before 1", "behind 1", "poison 1", "refused again 1"], await FindAsync(directory));
    }

    private static async Task PostAsync(HttpClient client, ServerProcess server, string name)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) + "000000";
        var span = $$"""{"traceId":"0102030405060708090a0b0c0d0e0f10","spanId":"0102030405060708","name":"{{name}}","startTimeUnixNano":"{{now}}","endTimeUnixNano":"{{now}}"}""";
        using var content = new StringContent(
            "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[" + span + "]}]}]}", Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var answer = await client.PostAsync(new Uri(server.OtlpHttp, "/v1/traces"), content, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private static async Task WaitForAsync(HttpClient client, ServerProcess server, string line)
    {
        while (!(await client.GetStringAsync(new Uri(server.Api, "/metrics"), Stop)).Contains(line, StringComparison.Ordinal))
            await Task.Delay(Poll, Stop);
    }

    private static ChdbTransport Open(TemporaryDirectory directory) =>
        ChdbTransport.Open(new ChdbOptions { DataDirectory = Path.Combine(directory.Path, "engine") }, NullLogger.Instance);

    private static async Task ExecuteAsync(TemporaryDirectory directory, string sql)
    {
        await using var transport = Open(directory);
        await transport.ExecuteAsync(SqlStatement.Unlimited(sql), Stop);
    }

    /// <summary>The names of the spans, and how often the table and its rollup have them.</summary>
    private static async Task<List<string>> FindAsync(TemporaryDirectory directory)
    {
        const string Sql = """
            SELECT concat(SpanName, ' ', toString(count())) AS Found FROM otel_traces GROUP BY SpanName
            UNION DISTINCT SELECT concat(SpanName, ' ', toString(sum(Count))) AS Found FROM otel_red_1m GROUP BY SpanName HAVING SpanName IN (SELECT SpanName FROM otel_traces)
            """;
        await using var transport = Open(directory);
        var found = new List<string>();
        await foreach (var block in transport.QueryAsync(SqlStatement.Unlimited(Sql), Stop))
        {
            for (var row = 0; row < block.RowCount; row++)
                found.Add(block.GetBytes("Found").GetString(row));
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }
}
