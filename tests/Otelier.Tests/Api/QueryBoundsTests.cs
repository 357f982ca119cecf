using System.Net;
using System.Text.Json;
using Otelier.Signals.Otlp;
using Otelier.Storage;
using Otelier.Tests.EndToEnd;
using Xunit;

namespace Otelier.Tests.Api;

/// <summary>What becomes of queries that are too much, on a real engine with one that works for minutes unless it is stopped.</summary>
[Collection(EngineCollection.Name)]
public sealed class QueryBoundsTests
{
    internal const int Records = 40_000;
    internal const int RecordsPerRequest = 10_000;
    private const int BodyLength = 1000;

    /// <summary>
    /// On texts of a and b no finite automaton of bearable size decides this, so that the engine's regular expressions fall back to their
    /// slow way, some megabytes a second.
    /// </summary>
    internal const string SlowQuery = "/api/v1/logs?start=-15m&q=body%20~%20%22(a%7Cb)*a(a%7Cb)%7B200%7Dc%22";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_query_beyond_its_time_is_504_and_says_what_to_narrow()
    {
        await using var server = await StartAsync(new StoreOptions { QueryTimeMax = TimeSpan.FromMilliseconds(100) });

        var problem = await server.GetAsync(SlowQuery, HttpStatusCode.GatewayTimeout);

        Assert.Equal("urn:otelier:error:timeout", problem.GetProperty("type").GetString());
        Assert.Contains("shorter range", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, (await QueriesAsync(server)).GetProperty("timeouts").GetInt32());
    }

    [Fact]
    public async Task A_query_that_would_read_too_many_rows_is_refused()
    {
        await using var server = await StartAsync(new StoreOptions { QueryRowsReadMax = Records / 2 });

        var problem = await server.GetAsync(SlowQuery, HttpStatusCode.UnprocessableEntity);

        Assert.Equal("urn:otelier:error:limit-reached", problem.GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_client_that_leaves_stops_its_query()
    {
        await using var server = await StartAsync(new StoreOptions());
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var asked = server.Client.GetAsync(new Uri(SlowQuery, UriKind.Relative), leaving.Token);
        await UntilAsync(server, queries => queries.GetProperty("active").GetInt32() == 1);

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        await UntilAsync(server, queries => queries.GetProperty("active").GetInt32() == 0);
        Assert.Equal(1, (await QueriesAsync(server)).GetProperty("cancelled").GetInt32());
    }

    [Fact]
    public async Task One_more_than_may_wait_is_503_with_a_time_to_come_again()
    {
        await using var server = await StartAsync(new StoreOptions { QueriesActiveMax = 1, QueriesWaitingMax = 0 });
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var asked = server.Client.GetAsync(new Uri(SlowQuery, UriKind.Relative), leaving.Token);
        await UntilAsync(server, queries => queries.GetProperty("active").GetInt32() == 1);

        using var refused = await server.Client.GetAsync(new Uri("/api/v1/logs", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(1, (await QueriesAsync(server)).GetProperty("refused").GetInt32());
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    private static async Task<ApiServer> StartAsync(StoreOptions options)
    {
        var server = await ApiServer.StartAsync(options);
        var random = new Random(1);
        for (var sent = 0; sent < Records; sent += RecordsPerRequest)
            await server.InsertLogsAsync(Request(random, ApiServer.Now - 1));
        return server;
    }

    /// <summary>Records of one time with long bodies of a and b.</summary>
    internal static byte[] Request(Random random, ulong time)
    {
        var w = new ProtoWriter();
        var resourceLogs = w.BeginMessage(1);
        var scopeLogs = w.BeginMessage(2);
        for (var i = 0; i < RecordsPerRequest; i++)
        {
            var record = w.BeginMessage(2);
            w.WriteFixed64(1, time);
            var body = w.BeginMessage(5);
            w.WriteString(1, random.GetString("ab", BodyLength));
            w.EndMessage(body);
            w.EndMessage(record);
        }

        w.EndMessage(scopeLogs);
        w.EndMessage(resourceLogs);
        return w.WrittenSpan.ToArray();
    }

    private static async Task<JsonElement> QueriesAsync(ApiServer server) => (await server.GetAsync("/api/v1/stats")).GetProperty("queries");

    private static Task UntilAsync(ApiServer server, Func<JsonElement, bool> isSo) =>
        Eventually.IsTrueAsync("the queries are as awaited", async () => isSo(await QueriesAsync(server)));
}
