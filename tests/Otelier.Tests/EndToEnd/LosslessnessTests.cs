using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Otelier.Signals;
using Otelier.Signals.Otlp;
using Otelier.Tests.Otlp;
using Xunit;

namespace Otelier.Tests.EndToEnd;

/// <summary>
/// OTLP in equals OTLP out: random valid messages with every field of the protocol go into a real server, in protobuf and in
/// JSON, and come back by <c>?format=otlp</c> the same, item for item.
/// </summary>
public sealed class LosslessnessTests
{
    private const int Rounds = 60;

    /// <summary>Every round has a time of its own, so that a time range asks for just what it sent.</summary>
    private const ulong RoundNanos = 7_200_000_000_000;

    private const ulong FirstRoundUnixNano = 1_750_000_000_000_000_000;

    [Theory]
    [InlineData(Signal.Traces)]
    [InlineData(Signal.Logs)]
    [InlineData(Signal.Metrics)]
    public async Task Every_random_message_comes_back_equal(Signal signal)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (type, path) = signal switch
        {
            Signal.Traces => (OtlpSchema.ExportTraceServiceRequest, "/v1/traces"),
            Signal.Logs => (OtlpSchema.ExportLogsServiceRequest, "/v1/logs"),
            _ => (OtlpSchema.ExportMetricsServiceRequest, "/v1/metrics"),
        };
        using var directory = new TemporaryDirectory();
        await using var server = await ServerProcess.StartAsync(directory.Path, cancellation);
        using var client = new HttpClient(new SocketsHttpHandler());

        var sent = new List<IReadOnlyList<string>>();
        for (var round = 0; round < Rounds; round++)
        {
            var message = new RandomOtlp(round, new RandomOtlpOptions { TimeUnixNano = StartOf(round) }).Next(type);
            sent.Add(OtlpCanonical.Items(type, message));
            await SendAsync(client, new Uri(server.OtlpHttp, path), type, message, asJson: round % 2 == 1, cancellation);
        }

        await server.WaitUntilDrainedAsync(client, cancellation);
        for (var round = 0; round < Rounds; round++)
            Assert.Equal(sent[round], await ReadAsync(client, server.Api, signal, type, round, cancellation));
    }

    private static ulong StartOf(int round) => FirstRoundUnixNano + ((ulong)round * RoundNanos);

    private static async Task SendAsync(HttpClient client, Uri address, OtlpMessage type, byte[] message, bool asJson, CancellationToken cancellation)
    {
        var body = message;
        if (asJson)
        {
            using var json = new Signals.Columns.ByteBuffer();
            Assert.Equal(DecodeError.None, OtlpJsonWriter.Write(message, type, json));
            body = json.WrittenSpan.ToArray();
        }

        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(asJson ? "application/json" : "application/x-protobuf");
        using var answer = await client.PostAsync(address, content, cancellation);
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(text is "" or "{}", $"Something was rejected: {text}");
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(
        HttpClient client, Uri api, Signal signal, OtlpMessage type, int round, CancellationToken cancellation)
    {
        var range = string.Create(CultureInfo.InvariantCulture, $"start={StartOf(round)}&end={StartOf(round) + RoundNanos}&limit=1000");
        var items = new List<string>();
        foreach (var path in signal switch
        {
            Signal.Traces => (IEnumerable<string>)["/api/v1/spans?"],
            Signal.Logs => ["/api/v1/logs?"],
            _ => await MetricPathsAsync(client, api, range, cancellation),
        })
        {
            var json = await client.GetByteArrayAsync(new Uri(api, $"{path}{range}&format=otlp"), cancellation);
            var protobuf = new ProtoWriter();
            Assert.Equal(DecodeError.None, OtlpJsonReader.TryTranscode(json, type, protobuf, out var fault));
            Assert.Null(fault);
            items.AddRange(OtlpCanonical.Items(type, protobuf.WrittenSpan));
        }

        items.Sort(StringComparer.Ordinal);
        return items;
    }

    private static async Task<IEnumerable<string>> MetricPathsAsync(HttpClient client, Uri api, string range, CancellationToken cancellation)
    {
        using var answer = JsonDocument.Parse(await client.GetByteArrayAsync(new Uri(api, $"/api/v1/metrics?{range}"), cancellation));
        return [.. answer.RootElement.GetProperty("metrics").EnumerateArray()
            .Select(metric => metric.GetProperty("name").GetString()!)
            .Distinct(StringComparer.Ordinal)
            // No path can carry a NUL.
            .Select(name => name.Contains('\0', StringComparison.Ordinal)
                ? $"/api/v1/metrics?name={Uri.EscapeDataString(name)}&"
                : $"/api/v1/metrics/{Uri.EscapeDataString(name)}?")];
    }
}
