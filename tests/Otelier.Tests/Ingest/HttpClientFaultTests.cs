using System.IO.Pipelines;
using Otelier.Server.Ingest;
using Xunit;

namespace Otelier.Tests.Ingest;

/// <summary>Clients that leave, dawdle or come too many at once: items 13, 39 and 42 of spec/market.md §5.</summary>
public sealed class HttpClientFaultTests
{
    private const string Protobuf = "application/x-protobuf";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Client_that_leaves_in_the_middle_of_a_body_leaves_nothing_behind(bool isChunked)
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        using (var connection = await RawHttp.ConnectAsync(server.OtlpHttp, Ct))
        {
            var length = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: 100";
            await connection.SendAsync(RawHttp.Head("POST", "/v1/traces", $"Content-Type: {Protobuf}", length, "Expect: 100-continue"), Ct);
            // The server has begun to read; a client that leaves before that is not even noticed.
            Assert.Equal(100, (await connection.ReceiveAsync(Ct)).Status);
            await connection.SendAsync(isChunked ? "4\r\nabcd\r\n"u8.ToArray() : "abcd"u8.ToArray(), Ct);
        }

        Assert.NotEqual("ok", await server.NextOutcomeAsync(Ct));
        Assert.Empty(server.Pipeline.Requests);
        Assert.Equal(0, server.InFlight.Taken);
    }

    [Fact]
    public async Task Client_that_resets_the_connection_cancels_the_pipeline()
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Pipeline.Script = async (_, ct) =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, ct);
            return new IngestResult(IngestOutcome.Accepted);
        };
        using var connection = await RawHttp.ConnectAsync(server.OtlpHttp, Ct);
        await connection.SendAsync(RawHttp.Post("/v1/traces", Protobuf, "abcd"u8.ToArray()), Ct);
        await entered.Task.WaitAsync(Ct);

        connection.Abort();

        Assert.Equal("canceled", await server.NextOutcomeAsync(Ct));
        Assert.Equal(0, server.InFlight.Taken);
    }

    [Fact]
    public async Task Announced_length_alone_makes_the_server_hold_little()
    {
        const int Announced = 64 << 20;
        var budget = new InFlightBytes(1L << 30);
        using var into = new BodyBuffer(budget);
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(new byte[1], Ct);

        // Runs on this thread until there is nothing more to read.
        var reading = BodyReader.ReadToEndAsync(pipe.Reader, Announced, into, Announced, Ct);

        Assert.False(reading.IsCompleted);
        Assert.InRange(budget.Taken, 1, 256 * 1024);
        await pipe.Writer.CompleteAsync();
        Assert.Equal(BodyFault.None, await reading);
    }

    [Fact]
    public async Task Body_that_comes_in_pieces_is_put_together()
    {
        var data = new byte[3_000_000];
        new Random(1).NextBytes(data);
        var budget = new InFlightBytes(1L << 30);
        using var into = new BodyBuffer(budget);
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var reading = BodyReader.ReadToEndAsync(pipe.Reader, expected: null, into, 4_000_000, Ct).AsTask();
        for (var i = 0; i < data.Length; i += 70_001)
            await pipe.Writer.WriteAsync(data.AsMemory(i, Math.Min(70_001, data.Length - i)), Ct);
        await pipe.Writer.CompleteAsync();

        Assert.Equal(BodyFault.None, await reading);
        Assert.Equal(data, into.WrittenMemory.ToArray());
    }

    [Fact]
    public async Task Messages_beyond_the_budget_are_told_to_come_again()
    {
        await using var server = await EdgeServer.StartAsync(Ct, options => options.Otlp.InFlightBytesMax = 1024);
        var (entered, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        server.Pipeline.Script = async (_, _) =>
        {
            entered.TrySetResult();
            await release.Task;
            return new IngestResult(IngestOutcome.Accepted);
        };
        using var first = await RawHttp.ConnectAsync(server.OtlpHttp, Ct);
        await first.SendAsync(RawHttp.Post("/v1/traces", Protobuf, new byte[1000]), Ct);
        await entered.Task.WaitAsync(Ct);

        var second = await RawHttp.ExchangeAsync(server.OtlpHttp, RawHttp.Post("/v1/traces", Protobuf, new byte[1000]), Ct);
        release.SetResult();
        var firstResponse = await first.ReceiveAsync(Ct);
        var third = await RawHttp.ExchangeAsync(server.OtlpHttp, RawHttp.Post("/v1/traces", Protobuf, new byte[1000]), Ct);

        Assert.Equal((503, "1"), (second.Status, second["Retry-After"]));
        Assert.Contains("RetryInfo", StatusMessage.Parse(second.Body).Details.Keys);
        Assert.Equal((200, 200), (firstResponse.Status, third.Status));
    }

    [Fact]
    public async Task Badly_chunked_body_is_a_bad_request()
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        byte[] request = [.. RawHttp.Head("POST", "/v1/traces", $"Content-Type: {Protobuf}", "Transfer-Encoding: chunked"), .. "zz\r\nabcd\r\n"u8];

        var response = await RawHttp.ExchangeAsync(server.OtlpHttp, request, Ct);

        Assert.Equal(400, response.Status);
        Assert.Equal(3, StatusMessage.Parse(response.Body).Code);
        Assert.Empty(server.Pipeline.Requests);
    }
}
