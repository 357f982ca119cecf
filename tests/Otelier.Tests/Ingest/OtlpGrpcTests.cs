using System.Net.Http.Headers;
using System.Text;
using Otelier.Server.Ingest;
using Otelier.Signals.Otlp;
using Xunit;

namespace Otelier.Tests.Ingest;

/// <summary>OTLP over gRPC. The numbers are those of spec/market.md §5.</summary>
public sealed class OtlpGrpcTests
{
    private static readonly byte[] Message = [0x0A, 0x02, 0x0A, 0x00];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // 1, 7, 41
    [Theory]
    [InlineData(null, "Identity")]
    [InlineData("identity", "Identity")]
    [InlineData("gzip", "Gzip")]
    [InlineData("deflate", "Deflate")]
    public async Task Message_arrives_whole_in_each_compression(string? coding, string expected)
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        using var client = new GrpcClient(server.OtlpGrpc);
        var body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("spans and more spans ", 20_000)));
        var sent = expected switch { "Gzip" => Compression.Gzip(body), "Deflate" => Compression.Zlib(body), _ => body };
        var headers = coding is null ? Array.Empty<(string, string)>() : [("grpc-encoding", coding)];

        var response = await client.CallAsync(GrpcClient.TraceExport, GrpcClient.Frame(sent, (byte)(expected == "Identity" ? 0 : 1)), Ct, headers);

        Assert.Equal((200, 0, false), (response.HttpStatus, response.Status, response.IsTrailersOnly));
        Assert.Equal("application/grpc", response.ContentType);
        Assert.Equal("identity,gzip,deflate", response.AcceptEncoding);
        // An empty response is a prefix and nothing more.
        Assert.Equal(new byte[5], response.Body);
        var handed = Assert.Single(server.Pipeline.Requests);
        Assert.Equal(("Traces", expected), (handed.Signal, handed.Coding));
        Assert.Equal(sent, handed.Received);
        Assert.Equal(body, handed.Body);
        Assert.Equal(0, server.InFlight.Taken);
    }

    [Theory]
    [InlineData("trace.v1.TraceService", "Traces")]
    [InlineData("logs.v1.LogsService", "Logs")]
    [InlineData("metrics.v1.MetricsService", "Metrics")]
    public async Task Each_service_is_its_own_signal(string service, string signal)
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        using var client = new GrpcClient(server.OtlpGrpc);

        var response = await client.CallAsync($"/opentelemetry.proto.collector.{service}/Export", GrpcClient.Frame(Message), Ct);

        Assert.Equal(0, response.Status);
        Assert.Equal(signal, Assert.Single(server.Pipeline.Requests).Signal);
    }

    // 2, 3
    [Fact]
    public async Task Oversize_is_resource_exhausted_without_retry_info()
    {
        await using var server = await EdgeServer.StartAsync(Ct, options => options.Otlp.BodyBytesMax = 1000);
        using var client = new GrpcClient(server.OtlpGrpc);

        var received = await client.CallAsync(GrpcClient.TraceExport, GrpcClient.Frame(new byte[1001]), Ct);
        var inflated = await client.CallAsync(
            GrpcClient.TraceExport, GrpcClient.Frame(Compression.Gzip(new byte[1001]), flag: 1), Ct, ("grpc-encoding", "gzip"));
        // Announces 4 GiB and sends four bytes.
        var announced = await client.CallAsync(GrpcClient.TraceExport, [0, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3, 4], Ct);
        var fitting = await client.CallAsync(GrpcClient.TraceExport, GrpcClient.Frame(new byte[1000]), Ct);

        foreach (var response in new[] { received, inflated, announced })
        {
            Assert.Equal((200, 8, true), (response.HttpStatus, response.Status, response.IsTrailersOnly));
            Assert.Contains("1000 bytes", response.Message, StringComparison.Ordinal);
            Assert.Null(response.Details);
        }

        Assert.Equal(0, fitting.Status);
        Assert.Equal(0, server.InFlight.Taken);
    }

    // 6
    [Fact]
    public async Task Empty_message_succeeds()
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        using var client = new GrpcClient(server.OtlpGrpc);

        var response = await client.CallAsync(GrpcClient.TraceExport, GrpcClient.Frame([]), Ct);

        Assert.Equal((0, 5), (response.Status, response.Body.Length));
    }

    // 8, 9
    [Theory]
    [InlineData(3, "bad ids", new byte[] { 0x0A, 11, 0x08, 3, 0x12, 7, (byte)'b', (byte)'a', (byte)'d', (byte)' ', (byte)'i', (byte)'d', (byte)'s' })]
    [InlineData(0, "old", new byte[] { 0x0A, 5, 0x12, 3, (byte)'o', (byte)'l', (byte)'d' })]
    public async Task Partial_success_and_warning_come_with_status_ok(long rejected, string message, byte[] expected)
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        using var client = new GrpcClient(server.OtlpGrpc);
        server.Pipeline.Answer(new IngestResult(IngestOutcome.Accepted, rejected, Message: message));

        var response = await client.CallAsync(GrpcClient.TraceExport, GrpcClient.Frame(Message), Ct);

        Assert.Equal(0, response.Status);
        Assert.Equal(GrpcClient.Frame(expected), response.Body);
    }

    // 5
    [Fact]
    public async Task Endless_messages_are_shortened_to_fit_body_and_headers()
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        using var client = new GrpcClient(server.OtlpGrpc);
        var endless = new string('é', 6 * 1024 * 1024);
        server.Pipeline.Answer(new IngestResult(IngestOutcome.Accepted, RejectedItems: 1, Message: endless));
        var accepted = await client.CallAsync(GrpcClient.TraceExport, GrpcClient.Frame(Message), Ct);
        server.Pipeline.Answer(new IngestResult(IngestOutcome.Malformed, Message: endless));
        var refused = await client.CallAsync(GrpcClient.TraceExport, GrpcClient.Frame(Message), Ct);

        Assert.Equal((0, 3), (accepted.Status, refused.Status));
        Assert.InRange(accepted.Body.Length, 1000, 4 * 1024 * 1024);
        Assert.InRange(refused.Message.Length, 100, 1024);
    }

    // 12
    [Fact]
    public async Task Undecodable_message_is_invalid_argument_with_its_violation()
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        using var client = new GrpcClient(server.OtlpGrpc);
        server.Pipeline.Answer(new IngestResult(IngestOutcome.Malformed, Error: DecodeError.Truncated, Message: "cut 100 % short\n€"));

        var response = await client.CallAsync(GrpcClient.TraceExport, GrpcClient.Frame(Message), Ct);

        Assert.Equal((200, 3, "cut 100 % short\n€"), (response.HttpStatus, response.Status, response.Message));
        Assert.Equal((3, "cut 100 % short\n€"), (response.Details!.Code, response.Details.Message));
        Assert.Contains("BadRequest", response.Details.Details.Keys);
    }

    // 13
    [Theory]
    [InlineData(false, 14)]
    [InlineData(true, 8)]
    public async Task Overload_carries_retry_info(bool isQuota, int code)
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        using var client = new GrpcClient(server.OtlpGrpc);
        server.Pipeline.Answer(new IngestResult(
            isQuota ? IngestOutcome.QuotaExceeded : IngestOutcome.Unavailable, Message: "full", RetryAfter: TimeSpan.FromSeconds(7)));

        var response = await client.CallAsync(GrpcClient.TraceExport, GrpcClient.Frame(Message), Ct);

        Assert.Equal((200, code), (response.HttpStatus, response.Status));
        Assert.Equal((byte[])[0x0A, 2, 0x08, 7], response.Details!.Details["RetryInfo"]);
    }

    // 13
    [Fact]
    public async Task Messages_beyond_the_budget_are_unavailable_with_retry_info()
    {
        await using var server = await EdgeServer.StartAsync(Ct, options => options.Otlp.InFlightBytesMax = 1000);
        using var client = new GrpcClient(server.OtlpGrpc);

        var response = await client.CallAsync(GrpcClient.TraceExport, GrpcClient.Frame(new byte[1000]), Ct);

        Assert.Equal(14, response.Status);
        Assert.Contains("RetryInfo", response.Details!.Details.Keys);
    }

    // 14
    [Fact]
    public async Task Fault_of_the_server_is_internal_and_tells_nothing()
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        using var client = new GrpcClient(server.OtlpGrpc);
        server.Pipeline.Script = (_, _) => throw new InvalidOperationException("a secret of the inside");

        var response = await client.CallAsync(GrpcClient.TraceExport, GrpcClient.Frame(Message), Ct);

        Assert.Equal((13, null), (response.Status, response.Details));
        Assert.DoesNotContain("secret", response.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.InFlight.Taken);
    }

    // 16
    [Theory]
    [InlineData("application/grpc", 200, 0)]
    [InlineData("application/grpc+proto", 200, 0)]
    [InlineData("application/grpc; charset=utf-8", 200, 0)]
    [InlineData("application/grpc+json", 415, 12)]
    [InlineData("application/grpcx", 415, 12)]
    [InlineData("application/x-protobuf", 415, 12)]
    public async Task Content_type_must_be_grpc(string contentType, int httpStatus, int status)
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        using var client = new GrpcClient(server.OtlpGrpc);
        using var content = new ByteArrayContent(GrpcClient.Frame(Message));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);

        var response = await client.CallAsync(GrpcClient.TraceExport, content, Ct);

        Assert.Equal((httpStatus, status), (response.HttpStatus, response.Status));
    }

    [Theory]
    [InlineData("/opentelemetry.proto.collector.trace.v1.TraceService/Import")]
    [InlineData("/opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export")]
    [InlineData("/grpc.health.v1.Health/Watch")]
    [InlineData("/v1/traces")]
    [InlineData("/")]
    public async Task Unknown_method_is_unimplemented(string path)
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        using var client = new GrpcClient(server.OtlpGrpc);

        var response = await client.CallAsync(path, GrpcClient.Frame(Message), Ct);

        Assert.Equal((200, 12, true), (response.HttpStatus, response.Status, response.IsTrailersOnly));
        Assert.Empty(server.Pipeline.Requests);
    }

    // 41
    [Fact]
    public async Task Unknown_compression_is_unimplemented_with_what_is_known()
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        using var client = new GrpcClient(server.OtlpGrpc);

        var response = await client.CallAsync(GrpcClient.TraceExport, GrpcClient.Frame(Message, flag: 1), Ct, ("grpc-encoding", "zstd"));

        Assert.Equal((200, 12, "identity,gzip,deflate"), (response.HttpStatus, response.Status, response.AcceptEncoding));
    }

    // 41
    [Fact]
    public async Task Broken_compression_is_invalid_argument()
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        using var client = new GrpcClient(server.OtlpGrpc);
        var gzip = Compression.Gzip(new byte[5000]);

        foreach (var broken in new byte[][] { gzip[..^4], [.. gzip, .. gzip], [.. gzip, 0] })
        {
            var response = await client.CallAsync(GrpcClient.TraceExport, GrpcClient.Frame(broken, flag: 1), Ct, ("grpc-encoding", "gzip"));
            Assert.Equal(3, response.Status);
            Assert.Contains("BadRequest", response.Details!.Details.Keys);
        }

        Assert.Empty(server.Pipeline.Requests);
    }

    public static TheoryData<string, byte[]> WrongFramings() => new()
    {
        { "no message", [] },
        { "prefix cut", [0, 0, 0] },
        { "message cut", [0, 0, 0, 0, 9, 1, 2, 3] },
        { "two messages", [.. GrpcClient.Frame(Message), .. GrpcClient.Frame(Message)] },
        { "one byte after", [.. GrpcClient.Frame(Message), 0] },
        { "compressed without a compression", GrpcClient.Frame(Message, flag: 1) },
        { "unknown flag", GrpcClient.Frame(Message, flag: 2) },
    };

    [Theory]
    [MemberData(nameof(WrongFramings))]
    public async Task Wrong_framing_is_internal_and_nothing_is_ingested(string what, byte[] body)
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        using var client = new GrpcClient(server.OtlpGrpc);

        var response = await client.CallAsync(GrpcClient.TraceExport, body, Ct);

        Assert.True(response.Status == 13, $"{what}: {response.Status} {response.Message}");
        Assert.Null(response.Details);
        Assert.Empty(server.Pipeline.Requests);
        Assert.Equal(0, server.InFlight.Taken);
    }

    [Fact]
    public async Task Deadline_of_the_call_ends_it()
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        using var client = new GrpcClient(server.OtlpGrpc);
        server.Pipeline.Script = async (_, ct) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, ct);
            return new IngestResult(IngestOutcome.Accepted);
        };

        var response = await client.CallAsync(GrpcClient.TraceExport, GrpcClient.Frame(Message), Ct, ("grpc-timeout", "20m"));

        Assert.Equal(4, response.Status);
        Assert.Equal(0, server.InFlight.Taken);
    }

    [Theory]
    [InlineData("1H", true)]
    [InlineData("99999999S", true)]
    [InlineData("99999999H", true)]
    [InlineData("999999999S", false)]
    [InlineData("5", false)]
    [InlineData("S", false)]
    [InlineData("-1S", false)]
    [InlineData("1x", false)]
    public async Task Deadline_is_read_strictly(string timeout, bool isValid)
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        using var client = new GrpcClient(server.OtlpGrpc);

        var response = await client.CallAsync(GrpcClient.TraceExport, GrpcClient.Frame(Message), Ct, ("grpc-timeout", timeout));

        Assert.Equal(isValid ? 0 : 13, response.Status);
    }

    // 39
    [Fact]
    public async Task Hundred_calls_run_at_once_on_one_connection()
    {
        const int Calls = 100;
        await using var server = await EdgeServer.StartAsync(Ct);
        using var client = new GrpcClient(server.OtlpGrpc);
        var (arrived, all) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        // Nobody is answered until everybody is there.
        server.Pipeline.Script = async (_, ct) =>
        {
            if (Interlocked.Increment(ref arrived) == Calls)
                all.SetResult();
            await all.Task.WaitAsync(ct);
            return new IngestResult(IngestOutcome.Accepted);
        };
        // The connection itself first, so that the client does not open several at once.
        await client.CallAsync(GrpcClient.HealthCheck, GrpcClient.Frame([]), Ct);

        var responses = await Task.WhenAll(Enumerable.Range(0, Calls)
            .Select(_ => client.CallAsync(GrpcClient.TraceExport, GrpcClient.Frame(new byte[10_000]), Ct)));

        Assert.All(responses, response => Assert.Equal(0, response.Status));
        Assert.Equal(Calls, server.Pipeline.Requests.Count);
        Assert.Equal(0, server.InFlight.Taken);
    }

    // 42
    [Fact]
    public async Task Client_that_cancels_in_the_middle_of_a_message_leaves_nothing_behind()
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        using var client = new GrpcClient(server.OtlpGrpc);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        using var content = new HalfContent(GrpcClient.Frame(new byte[1000])[..500], leave);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.CallAsync(GrpcClient.TraceExport, content, leave.Token));

        Assert.Equal("canceled", await server.NextOutcomeAsync(Ct));
        Assert.Empty(server.Pipeline.Requests);
        Assert.Equal(0, server.InFlight.Taken);
    }

    /// <summary>Sends the beginning of a body, then cancels the call.</summary>
    private sealed class HalfContent(byte[] beginning, CancellationTokenSource leave) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            await stream.WriteAsync(beginning, leave.Token);
            await stream.FlushAsync(leave.Token);
            await leave.CancelAsync();
            // Returning would end the message in good order.
            leave.Token.ThrowIfCancellationRequested();
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
