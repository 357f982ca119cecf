using System.Text;
using System.Text.Json;
using Otelier.Server.Ingest;
using Otelier.Signals.Otlp;
using Xunit;

namespace Otelier.Tests.Ingest;

/// <summary>OTLP over HTTP/1.1, byte by byte. The numbers are those of spec/market.md §5.</summary>
public sealed class OtlpHttpTests
{
    private const string Protobuf = "application/x-protobuf";
    private const string Json = "application/json";

    private static readonly byte[] Message = [0x0A, 0x02, 0x0A, 0x00];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // 1, 41
    [Theory]
    [InlineData(null, "Identity")]
    [InlineData("identity", "Identity")]
    [InlineData("gzip", "Gzip")]
    [InlineData("deflate", "Deflate")]
    [InlineData("GZIP", "Gzip")]
    public async Task Message_arrives_whole_in_each_compression(string? coding, string expected)
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        var body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("spans and more spans ", 20_000)));
        var sent = expected switch { "Gzip" => Compression.Gzip(body), "Deflate" => Compression.Zlib(body), _ => body };
        var headers = coding is null ? Array.Empty<string>() : [$"Content-Encoding: {coding}"];

        var response = await RawHttp.ExchangeAsync(server.OtlpHttp, RawHttp.Post("/v1/traces", Protobuf, sent, headers), Ct);

        Assert.Equal(200, response.Status);
        var handed = Assert.Single(server.Pipeline.Requests);
        Assert.Equal(("Traces", "Protobuf", expected), (handed.Signal, handed.Encoding, handed.Coding));
        Assert.Equal(sent, handed.Received);
        Assert.Equal(body, handed.Body);
        Assert.Equal(0, server.InFlight.Taken);
    }

    // 2, 4
    [Fact]
    public async Task Message_larger_than_the_limit_is_answered_413_without_being_read()
    {
        await using var server = await EdgeServer.StartAsync(Ct, options => options.Otlp.BodyBytesMax = 1000);
        var announced = RawHttp.Head("POST", "/v1/traces", $"Content-Type: {Protobuf}", "Content-Length: 1001");

        var response = await RawHttp.ExchangeAsync(server.OtlpHttp, announced, Ct);

        Assert.Equal("HTTP/1.1 413 Payload Too Large", response.StatusLine);
        var status = StatusMessage.Parse(response.Body);
        Assert.Equal(8, status.Code);
        Assert.Contains("1000 bytes", status.Message, StringComparison.Ordinal);
        Assert.Empty(status.Details);
        Assert.Null(response["Retry-After"]);
        Assert.Empty(server.Pipeline.Requests);
    }

    // 2, 4
    [Fact]
    public async Task Chunked_message_larger_than_the_limit_is_answered_413()
    {
        await using var server = await EdgeServer.StartAsync(Ct, options => options.Otlp.BodyBytesMax = 1000);
        byte[] request =
        [
            .. RawHttp.Head("POST", "/v1/traces", $"Content-Type: {Json}", "Transfer-Encoding: chunked"),
            .. "3E9\r\n"u8, .. new byte[1001], .. "\r\n0\r\n\r\n"u8,
        ];

        var response = await RawHttp.ExchangeAsync(server.OtlpHttp, request, Ct);

        Assert.Equal(413, response.Status);
        Assert.Equal(8, JsonDocument.Parse(response.Body).RootElement.GetProperty("code").GetInt32());
    }

    // 2, 4
    [Theory]
    [InlineData(1000, 200)]
    [InlineData(1001, 413)]
    public async Task Limit_holds_after_decompression_to_the_byte(int length, int expected)
    {
        await using var server = await EdgeServer.StartAsync(Ct, options => options.Otlp.BodyBytesMax = 1000);

        foreach (var (coding, sent) in new[] { ("gzip", Compression.Gzip(new byte[length])), ("deflate", Compression.Zlib(new byte[length])) })
        {
            var response = await RawHttp.ExchangeAsync(
                server.OtlpHttp, RawHttp.Post("/v1/traces", Protobuf, sent, $"Content-Encoding: {coding}"), Ct);
            Assert.Equal(expected, response.Status);
        }

        Assert.Equal(0, server.InFlight.Taken);
    }

    // 5
    [Theory]
    [InlineData(Protobuf)]
    [InlineData(Json)]
    public async Task Response_stays_under_four_mebibytes_whatever_the_message(string contentType)
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        var endless = new string('é', 6 * 1024 * 1024);
        server.Pipeline.Answer(new IngestResult(IngestOutcome.Accepted, RejectedItems: 3, Message: endless));
        var accepted = await RawHttp.ExchangeAsync(server.OtlpHttp, RawHttp.Post("/v1/logs", contentType, Message), Ct);
        server.Pipeline.Answer(new IngestResult(IngestOutcome.Malformed, Error: DecodeError.Truncated, Message: endless));
        var refused = await RawHttp.ExchangeAsync(server.OtlpHttp, RawHttp.Post("/v1/logs", contentType, Message), Ct);

        Assert.Equal((200, 400), (accepted.Status, refused.Status));
        Assert.InRange(accepted.Body.Length, 1000, 4 * 1024 * 1024);
        Assert.InRange(refused.Body.Length, 1000, 4 * 1024 * 1024);
    }

    // 6, 7, 10
    [Theory]
    [InlineData(Protobuf, "", "")]
    [InlineData(Json, "{}", "{}")]
    [InlineData(Json, "", "{}")]
    public async Task Empty_request_succeeds_with_an_empty_response(string contentType, string body, string expected)
    {
        await using var server = await EdgeServer.StartAsync(Ct);

        foreach (var path in new[] { "/v1/traces", "/v1/logs", "/v1/metrics" })
        {
            var response = await RawHttp.ExchangeAsync(server.OtlpHttp, RawHttp.Post(path, contentType, Encoding.UTF8.GetBytes(body)), Ct);
            Assert.Equal("HTTP/1.1 200 OK", response.StatusLine);
            Assert.Equal(contentType, response["Content-Type"]);
            Assert.Equal(expected, response.Text);
        }
    }

    // 1, 6
    [Fact]
    public async Task Compressed_nothing_is_an_empty_request()
    {
        await using var server = await EdgeServer.StartAsync(Ct);

        var response = await RawHttp.ExchangeAsync(
            server.OtlpHttp, RawHttp.Post("/v1/traces", Protobuf, Compression.Gzip([]), "Content-Encoding: gzip"), Ct);

        Assert.Equal(200, response.Status);
        Assert.Empty(response.Body);
    }

    // 7, 10, 15
    [Fact]
    public async Task Full_success_leaves_partial_success_out()
    {
        await using var server = await EdgeServer.StartAsync(Ct);

        var protobuf = await RawHttp.ExchangeAsync(server.OtlpHttp, RawHttp.Post("/v1/traces", Protobuf, Message), Ct);
        var json = await RawHttp.ExchangeAsync(server.OtlpHttp, RawHttp.Post("/v1/traces", Json, "{\"resourceSpans\":[]}"u8.ToArray()), Ct);

        Assert.Equal(("HTTP/1.1 200 OK", Protobuf, "0"), (protobuf.StatusLine, protobuf["Content-Type"], protobuf["Content-Length"]));
        Assert.Equal(("HTTP/1.1 200 OK", Json, "{}"), (json.StatusLine, json["Content-Type"], json.Text));
        Assert.Null(protobuf["Server"]);
    }

    // 8
    [Theory]
    [InlineData("/v1/traces", "rejectedSpans")]
    [InlineData("/v1/logs", "rejectedLogRecords")]
    [InlineData("/v1/metrics", "rejectedDataPoints")]
    public async Task Rejected_items_are_counted_in_partial_success(string path, string jsonName)
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        server.Pipeline.Answer(new IngestResult(IngestOutcome.Accepted, RejectedItems: 300, Message: "bad ids"));

        var protobuf = await RawHttp.ExchangeAsync(server.OtlpHttp, RawHttp.Post(path, Protobuf, Message), Ct);
        var json = await RawHttp.ExchangeAsync(server.OtlpHttp, RawHttp.Post(path, Json, "{\"a\":1}"u8.ToArray()), Ct);

        Assert.Equal(200, protobuf.Status);
        Assert.Equal((byte[])[0x0A, 12, 0x08, 0xAC, 0x02, 0x12, 7, .. "bad ids"u8], protobuf.Body);
        Assert.Equal(200, json.Status);
        Assert.Equal("{\"partialSuccess\":{\"" + jsonName + "\":\"300\",\"errorMessage\":\"bad ids\"}}", json.Text);
    }

    // 9
    [Fact]
    public async Task Warning_on_full_acceptance_has_no_count()
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        server.Pipeline.Answer(new IngestResult(IngestOutcome.Accepted, Message: "old"));

        var protobuf = await RawHttp.ExchangeAsync(server.OtlpHttp, RawHttp.Post("/v1/logs", Protobuf, Message), Ct);
        var json = await RawHttp.ExchangeAsync(server.OtlpHttp, RawHttp.Post("/v1/logs", Json, "{\"a\":1}"u8.ToArray()), Ct);

        Assert.Equal((byte[])[0x0A, 5, 0x12, 3, .. "old"u8], protobuf.Body);
        Assert.Equal("""{"partialSuccess":{"errorMessage":"old"}}""", json.Text);
    }

    // 11, 16
    [Theory]
    [InlineData("GET", "/v1/traces", 405, 12)]
    [InlineData("PUT", "/v1/logs", 405, 12)]
    [InlineData("OPTIONS", "/v1/logs", 405, 12)]
    [InlineData("POST", "/v1/profiles", 404, 5)]
    [InlineData("POST", "/v1/traces/", 404, 5)]
    [InlineData("POST", "//v1/traces", 404, 5)]
    [InlineData("POST", "/v1%2ftraces", 404, 5)]
    [InlineData("POST", "/V1/traces", 404, 5)]
    public async Task Wrong_route_or_method_is_answered_with_a_status_in_the_encoding_of_the_request(
        string method, string path, int expected, int code)
    {
        await using var server = await EdgeServer.StartAsync(Ct);

        var protobuf = await RawHttp.ExchangeAsync(
            server.OtlpHttp, RawHttp.Head(method, path, $"Content-Type: {Protobuf}", "Content-Length: 0"), Ct);
        var json = await RawHttp.ExchangeAsync(server.OtlpHttp, RawHttp.Head(method, path, $"Content-Type: {Json}", "Content-Length: 0"), Ct);

        Assert.Equal((expected, Protobuf), (protobuf.Status, protobuf["Content-Type"]));
        Assert.Equal(code, StatusMessage.Parse(protobuf.Body).Code);
        Assert.Equal((expected, Json), (json.Status, json["Content-Type"]));
        Assert.Equal(code, JsonDocument.Parse(json.Body).RootElement.GetProperty("code").GetInt32());
        Assert.Equal(expected == 405 ? "POST" : null, protobuf["Allow"]);
    }

    // 12
    [Fact]
    public async Task Undecodable_message_is_a_bad_request_with_its_violation()
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        server.Pipeline.Answer(new IngestResult(IngestOutcome.Malformed, Error: DecodeError.Truncated, Message: "cut short"));

        var protobuf = await RawHttp.ExchangeAsync(server.OtlpHttp, RawHttp.Post("/v1/traces", Protobuf, Message), Ct);
        var json = await RawHttp.ExchangeAsync(server.OtlpHttp, RawHttp.Post("/v1/traces", Json, "{\"a\""u8.ToArray()), Ct);

        Assert.Equal((400, Protobuf), (protobuf.Status, protobuf["Content-Type"]));
        var status = StatusMessage.Parse(protobuf.Body);
        Assert.Equal((3, "cut short"), (status.Code, status.Message));
        Assert.Equal((byte[])[0x0A, 17, 0x0A, 4, .. "body"u8, 0x12, 9, .. "cut short"u8], status.Details["BadRequest"]);
        Assert.Equal(400, json.Status);
        Assert.Equal(
            """{"code":3,"message":"cut short","details":[{"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"field":"body","description":"cut short"}]}]}""",
            json.Text);
    }

    // 13, 14
    [Theory]
    [InlineData(false, 503, 14)]
    [InlineData(true, 429, 8)]
    public async Task Overload_says_when_to_come_again_in_whole_seconds_rounded_up(bool isQuota, int expected, int code)
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        var outcome = isQuota ? IngestOutcome.QuotaExceeded : IngestOutcome.Unavailable;
        server.Pipeline.Answer(new IngestResult(outcome, Message: "full", RetryAfter: TimeSpan.FromSeconds(2.5)));

        var protobuf = await RawHttp.ExchangeAsync(server.OtlpHttp, RawHttp.Post("/v1/traces", Protobuf, Message), Ct);
        var json = await RawHttp.ExchangeAsync(server.OtlpHttp, RawHttp.Post("/v1/traces", Json, "{\"a\":1}"u8.ToArray()), Ct);

        Assert.Equal((expected, "3"), (protobuf.Status, protobuf["Retry-After"]));
        var status = StatusMessage.Parse(protobuf.Body);
        Assert.Equal(code, status.Code);
        // Duration{seconds: 2, nanos: 500000000} within RetryInfo.
        Assert.Equal((byte[])[0x0A, 8, 0x08, 2, 0x10, 0x80, 0xCA, 0xB5, 0xEE, 0x01], status.Details["RetryInfo"]);
        Assert.Contains("\"retryDelay\":\"2.500000000s\"", json.Text, StringComparison.Ordinal);
    }

    // 14
    [Fact]
    public async Task Fault_of_the_server_is_a_status_that_clients_do_not_repeat()
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        server.Pipeline.Script = (_, _) => throw new InvalidOperationException("a secret of the inside");

        var response = await RawHttp.ExchangeAsync(server.OtlpHttp, RawHttp.Post("/v1/traces", Protobuf, Message), Ct);

        Assert.Equal(500, response.Status);
        Assert.Null(response["Retry-After"]);
        var status = StatusMessage.Parse(response.Body);
        Assert.Equal(13, status.Code);
        Assert.Empty(status.Details);
        Assert.DoesNotContain("secret", status.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.InFlight.Taken);
    }

    // 15
    [Theory]
    [InlineData("application/json; charset=utf-8", Json)]
    [InlineData("application/json;charset=\"UTF-8\"", Json)]
    [InlineData("Application/X-Protobuf; messageType=\"x\"", Protobuf)]
    public async Task Parameters_of_the_content_type_are_accepted(string contentType, string expected)
    {
        await using var server = await EdgeServer.StartAsync(Ct);

        var response = await RawHttp.ExchangeAsync(server.OtlpHttp, RawHttp.Post("/v1/traces", contentType, "{}"u8.ToArray()), Ct);

        Assert.Equal((200, expected), (response.Status, response["Content-Type"]));
    }

    // 16
    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/grpc")]
    [InlineData("application/json; charset=latin1")]
    [InlineData("application/jsonx")]
    [InlineData("")]
    public async Task Unknown_content_type_is_answered_415(string contentType)
    {
        await using var server = await EdgeServer.StartAsync(Ct);

        var response = await RawHttp.ExchangeAsync(server.OtlpHttp, RawHttp.Post("/v1/traces", contentType, Message), Ct);

        Assert.Equal(415, response.Status);
        Assert.Equal(3, response["Content-Type"] == Json
            ? JsonDocument.Parse(response.Body).RootElement.GetProperty("code").GetInt32()
            : StatusMessage.Parse(response.Body).Code);
        Assert.Empty(server.Pipeline.Requests);
    }

    // 16, 41
    [Theory]
    [InlineData("Content-Encoding: zstd")]
    [InlineData("Content-Encoding: br")]
    [InlineData("Content-Encoding: gzip, gzip")]
    [InlineData("Content-Encoding: gzip\r\nContent-Encoding: gzip")]
    public async Task Unknown_compression_is_answered_415_with_what_is_known(string header)
    {
        await using var server = await EdgeServer.StartAsync(Ct);

        var response = await RawHttp.ExchangeAsync(server.OtlpHttp, RawHttp.Post("/v1/traces", Protobuf, Message, header), Ct);

        Assert.Equal((415, "gzip, deflate, identity"), (response.Status, response["Accept-Encoding"]));
        Assert.Equal(3, StatusMessage.Parse(response.Body).Code);
    }

    // 17, 39
    [Fact]
    public async Task Connection_is_kept_and_takes_both_encodings()
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        using var connection = await RawHttp.ConnectAsync(server.OtlpHttp, Ct);

        for (var i = 0; i < 10; i++)
        {
            var contentType = i % 2 == 0 ? Protobuf : Json;
            await connection.SendAsync(RawHttp.Post("/v1/metrics", contentType, "{ }"u8.ToArray()), Ct);
            var response = await connection.ReceiveAsync(Ct);
            Assert.Equal((200, contentType), (response.Status, response["Content-Type"]));
        }

        Assert.Equal(10, server.Pipeline.Requests.Count);
    }

    // 18
    [Fact]
    public async Task Base_path_stands_before_every_route()
    {
        await using var server = await EdgeServer.StartAsync(Ct, options => options.Otlp.HttpBasePath = "/otlp");

        var under = await RawHttp.ExchangeAsync(server.OtlpHttp, RawHttp.Post("/otlp/v1/traces", Protobuf, Message), Ct);
        var beside = await RawHttp.ExchangeAsync(server.OtlpHttp, RawHttp.Post("/v1/traces", Protobuf, Message), Ct);

        Assert.Equal((200, 404), (under.Status, beside.Status));
    }

    [Fact]
    public async Task Export_routes_are_on_their_own_listener_only()
    {
        await using var server = await EdgeServer.StartAsync(Ct);

        var onApi = await RawHttp.ExchangeAsync(
            server.Api, RawHttp.Post("/v1/traces", Protobuf, Message, $"X-Forwarded-Host: localhost:{server.OtlpHttp.Port}"), Ct);
        var apiOnOtlp = await RawHttp.ExchangeAsync(server.OtlpHttp, RawHttp.Head("GET", "/metrics"), Ct);

        Assert.Equal((404, 404), (onApi.Status, apiOnOtlp.Status));
        Assert.Empty(server.Pipeline.Requests);
    }
}
