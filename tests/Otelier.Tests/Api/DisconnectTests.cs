using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Otelier.Tests.EndToEnd;
using Xunit;

namespace Otelier.Tests.Api;

/// <summary>Clients that go away from a real server in the middle of an answer, on HTTP/1.1, which is all that the API's listener speaks.</summary>
public sealed class DisconnectTests : IAsyncLifetime
{
    /// <summary>More than what lies between a server and a client that does not read.</summary>
    private const string Export = "/api/v1/export?signal=logs&start=-1h";

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly TemporaryDirectory _directory = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler());
    private ServerProcess _server = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ServerProcess.StartAsync(_directory.Path, Stop);
        _client.BaseAddress = _server.Api;
        var random = new Random(1);
        var now = (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000;
        for (var sent = 0; sent < QueryBoundsTests.Records; sent += QueryBoundsTests.RecordsPerRequest)
        {
            using var body = new ByteArrayContent(QueryBoundsTests.Request(random, now));
            body.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
            using var answer = await _client.PostAsync(new Uri(_server.OtlpHttp, "/v1/logs"), body, Stop);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        await UntilAsync(async () => (await GetAsync("/api/v1/logs?limit=1&total=true")).GetProperty("total").GetInt32() == QueryBoundsTests.Records);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_search_whose_connection_is_closed_ends_in_the_engine()
    {
        var before = await CancelledAsync();
        using (var socket = await AskAsync(QueryBoundsTests.SlowQuery))
            await UntilActiveAsync(1);

        await UntilActiveAsync(0);
        Assert.Equal(before + 1, await CancelledAsync());
    }

    [Fact]
    public async Task An_export_whose_connection_is_closed_ends_in_the_engine()
    {
        var before = await CancelledAsync();
        using (var socket = await AskAsync(Export))
        {
            var first = new byte[1000];
            Assert.True(await socket.ReceiveAsync(first, Stop) > 0);
            Assert.StartsWith("HTTP/1.1 200", Encoding.ASCII.GetString(first), StringComparison.Ordinal);
            // Nobody reads on, so its statement waits.
            await UntilActiveAsync(1);
        }

        await UntilActiveAsync(0);
        Assert.Equal(before + 1, await CancelledAsync());
    }

    [Fact]
    public async Task A_third_export_of_a_tenant_is_429_until_a_client_has_left()
    {
        using var first = await BeginExportAsync();
        using var second = await BeginExportAsync();
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], [first.StatusCode, second.StatusCode]);

        using (var third = await BeginExportAsync())
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
            Assert.True(third.Headers.RetryAfter?.Delta > TimeSpan.Zero);
            Assert.Equal("application/problem+json", third.Content.Headers.ContentType?.MediaType);
        }

        first.Dispose();

        await UntilAsync(async () =>
        {
            using var next = await BeginExportAsync();
            return next.StatusCode == HttpStatusCode.OK;
        });
    }

    private async Task<Socket> AskAsync(string path)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _server.Api.Port, Stop);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {_server.Api.Authority}\r\n\r\n"), Stop);
        return socket;
    }

    private Task<HttpResponseMessage> BeginExportAsync() =>
        _client.GetAsync(new Uri(Export, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Stop);

    private async Task<JsonElement> GetAsync(string path) =>
        JsonDocument.Parse(await _client.GetStringAsync(new Uri(path, UriKind.Relative), Stop)).RootElement;

    private async Task<JsonElement> QueriesAsync() => (await GetAsync("/api/v1/stats")).GetProperty("queries");

    private async Task<int> CancelledAsync() => (await QueriesAsync()).GetProperty("cancelled").GetInt32();

    private Task UntilActiveAsync(int count) => UntilAsync(async () => (await QueriesAsync()).GetProperty("active").GetInt32() == count);

    private static async Task UntilAsync(Func<Task<bool>> isSoAsync)
    {
        while (!await isSoAsync())
            await Task.Delay(Poll, Stop);
    }
}
