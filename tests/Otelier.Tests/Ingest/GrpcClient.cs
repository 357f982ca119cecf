using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Otelier.Server.Ingest;

namespace Otelier.Tests.Ingest;

/// <summary>The answer of a gRPC call; the status from wherever it stood.</summary>
public sealed record GrpcResponse(
    int HttpStatus,
    int Status,
    string Message,
    bool IsTrailersOnly,
    string? AcceptEncoding,
    string? ContentType,
    byte[] Body,
    StatusMessage? Details);

/// <summary>One HTTP/2 connection on which gRPC frames are sent as they are.</summary>
internal sealed class GrpcClient(IPEndPoint address) : IDisposable
{
    public const string TraceExport = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    public const string HealthCheck = "/grpc.health.v1.Health/Check";

    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 1, EnableMultipleHttp2Connections = false });

    /// <summary>A message with its five-byte prefix.</summary>
    public static byte[] Frame(byte[] message, byte flag = 0)
    {
        var frame = new byte[message.Length + 5];
        frame[0] = flag;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }

    public async Task<GrpcResponse> CallAsync(string path, byte[] body, CancellationToken ct, params (string Name, string Value)[] headers)
    {
        using var content = new ByteArrayContent(body);
        return await CallAsync(path, content, ct, headers);
    }

    public async Task<GrpcResponse> CallAsync(
        string path, HttpContent content, CancellationToken ct, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://{address}{path}"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        content.Headers.ContentType ??= new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        using var response = await _client.SendAsync(request, ct);
        var bytes = await response.Content.ReadAsByteArrayAsync(ct);
        return Read(response, bytes);
    }

    public void Dispose() => _client.Dispose();

    private static GrpcResponse Read(HttpResponseMessage response, byte[] body)
    {
        var isTrailersOnly = response.Headers.Contains(GrpcHeaders.Status);
        var carrier = isTrailersOnly ? response.Headers : response.TrailingHeaders;
        var details = Get(carrier, GrpcHeaders.StatusDetails);
        return new GrpcResponse(
            (int)response.StatusCode,
            int.Parse(Get(carrier, GrpcHeaders.Status) ?? "-1", CultureInfo.InvariantCulture),
            Uri.UnescapeDataString(Get(carrier, GrpcHeaders.Message) ?? ""),
            isTrailersOnly,
            Get(response.Headers, GrpcHeaders.AcceptEncoding),
            response.Content.Headers.ContentType?.ToString(),
            body,
            details is null ? null : StatusMessage.Parse(Convert.FromBase64String(details.PadRight((details.Length + 3) / 4 * 4, '='))));
    }

    private static string? Get(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;
}
