using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Otelier.Cli.Otlp;
using Otelier.Signals;

namespace Otelier.Cli.Export;

/// <summary>
/// Sends export requests over any of the OTLP protocols and repeats those the server asks to repeat. An expected fault is
/// a <see cref="SendOutcome"/>; only cancellation throws.
/// </summary>
internal sealed class OtlpSender : IDisposable
{
    private const int RetriesMax = 8;
    private const int ResponseBytesMax = 4 * 1024 * 1024;
    private const int PermissionDenied = 7;
    private const int Unauthenticated = 16;
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient _client;
    private readonly OtlpProtocol _protocol;
    private readonly TimeProvider _time;

    public OtlpSender(Uri endpoint, OtlpProtocol protocol, TimeProvider time, string? key = null)
    {
        Endpoint = endpoint;
        _protocol = protocol;
        _time = time;
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5) })
        {
            Timeout = TimeSpan.FromSeconds(30),
            MaxResponseContentBufferSize = ResponseBytesMax,
        };
        if (key is not null)
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public Uri Endpoint { get; }

    /// <summary>Sends one request, waiting and repeating at most <see cref="RetriesMax"/> times.</summary>
    public async Task<SendOutcome> SendAsync(ExportRequest request, CancellationToken cancellationToken)
    {
        var body = _protocol == OtlpProtocol.HttpJson ? request.ToJson() : request.ToProtobuf();
        var backoff = FirstBackoff;
        for (var retries = 0; ; retries++)
        {
            var outcome = await SendOnceAsync(request.Signal, body, backoff, cancellationToken).ConfigureAwait(false);
            if (outcome.RetryAfter is not { } wait || retries == RetriesMax)
                return outcome with { Retries = retries };
            await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
            backoff *= 2;
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<SendOutcome> SendOnceAsync(
        Signal signal, ReadOnlyMemory<byte> body, TimeSpan backoff, CancellationToken cancellationToken)
    {
        try
        {
            return _protocol == OtlpProtocol.Grpc
                ? await SendGrpcAsync(signal, body, backoff, cancellationToken).ConfigureAwait(false)
                : await SendHttpAsync(signal, body, backoff, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is HttpRequestException or SocketException)
        {
            return new SendOutcome(SendStatus.Unreachable, 0, 0, Reason(error));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SendOutcome(SendStatus.Unreachable, 0, 0, "no answer within 30 s");
        }
    }

    private async Task<SendOutcome> SendHttpAsync(
        Signal signal, ReadOnlyMemory<byte> body, TimeSpan backoff, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, Join(Endpoint, OtlpRoutes.HttpPath(signal)));
        message.Content = new ReadOnlyMemoryContent(body);
        message.Content.Headers.ContentType = new MediaTypeHeaderValue(
            _protocol == OtlpProtocol.HttpJson ? "application/json" : "application/x-protobuf");
        using var response = await _client.SendAsync(message, cancellationToken).ConfigureAwait(false);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.OK)
        {
            var (rejected, reason) = _protocol == OtlpProtocol.HttpJson
                ? OtlpResponse.PartialSuccessJson(answer)
                : OtlpResponse.PartialSuccess(answer);
            return new SendOutcome(SendStatus.Acknowledged, rejected, 0, reason);
        }

        var text = OtlpResponse.StatusMessage(answer, response.Content.Headers.ContentType?.MediaType);
        var passing = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway
            or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
        var denied = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
        return new SendOutcome(denied ? SendStatus.Denied : SendStatus.Refused, 0, 0, $"HTTP {(int)response.StatusCode} {text}".TrimEnd())
        {
            RetryAfter = passing ? OtlpResponse.Wait(response.Headers.RetryAfter, _time.GetUtcNow(), backoff) : null,
        };
    }

    private async Task<SendOutcome> SendGrpcAsync(
        Signal signal, ReadOnlyMemory<byte> body, TimeSpan backoff, CancellationToken cancellationToken)
    {
        var framed = new byte[body.Length + 5];
        BinaryPrimitives.WriteUInt32BigEndian(framed.AsSpan(1), (uint)body.Length);
        body.Span.CopyTo(framed.AsSpan(5));
        using var message = OtlpRoutes.GrpcRequest(Endpoint, signal, new ReadOnlyMemoryContent(framed));
        using var response = await _client.SendAsync(message, cancellationToken).ConfigureAwait(false);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var (code, text) = OtlpRoutes.GrpcStatus(response);
        if (code == 0)
        {
            var (rejected, reason) = OtlpResponse.PartialSuccess(answer.Length > 5 ? answer.AsSpan(5) : default);
            return new SendOutcome(SendStatus.Acknowledged, rejected, 0, reason);
        }

        // CANCELLED, DEADLINE_EXCEEDED, ABORTED, OUT_OF_RANGE, UNAVAILABLE and DATA_LOSS are the ones OTLP lets a client repeat;
        // RESOURCE_EXHAUSTED only with RetryInfo, which travels in grpc-status-details-bin.
        var passing = code is 1 or 4 or 10 or 11 or 14 or 15
            || (code == 8 && response.TrailingHeaders.Contains("grpc-status-details-bin"));
        var status = code is PermissionDenied or Unauthenticated ? SendStatus.Denied : SendStatus.Refused;
        return new SendOutcome(status, 0, 0, $"gRPC status {code.ToString(CultureInfo.InvariantCulture)} {text}".TrimEnd())
        {
            RetryAfter = passing ? backoff : null,
        };
    }

    // The handler does not wrap the fault of a connection that goes as soon as it is made.
    private static string Reason(Exception error) => (error as SocketException ?? error.InnerException) switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "connection refused",
        SocketException socket => socket.Message,
        { } inner => inner.Message,
        null => error.Message,
    };

    private static Uri Join(Uri endpoint, string path) => new(endpoint.AbsoluteUri.TrimEnd('/') + path);
}
