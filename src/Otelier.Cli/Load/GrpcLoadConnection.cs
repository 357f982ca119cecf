using System.Net.Http.Headers;
using System.Net.Sockets;
using Otelier.Cli.Export;

namespace Otelier.Cli.Load;

/// <summary>gRPC over the framework's HTTP/2 client, one connection each. The request comes framed.</summary>
internal sealed class GrpcLoadConnection(LoadOptions options) : ILoadConnection
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, EnableMultipleHttp2Connections = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = 4 * 1024 * 1024,
    };

    public async ValueTask<LoadAnswer> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        try
        {
            using var message = OtlpRoutes.GrpcRequest(options.Endpoint, options.Signal, new ReadOnlyMemoryContent(request));
            if (options.Key is { } key)
                message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            if (options.Gzip)
                message.Headers.Add("grpc-encoding", "gzip");
            using var response = await _client.SendAsync(message, cancellationToken).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            var (code, _) = OtlpRoutes.GrpcStatus(response);
            if (code != 0)
                return new LoadAnswer(LoadAnswerKind.Refused, code, 0, code is 8 or 14 ? TimeSpan.FromMilliseconds(100) : TimeSpan.Zero);
            var rejected = body.Length > 5 ? OtlpResponse.PartialSuccess(body.AsSpan(5)).Rejected : 0;
            return new LoadAnswer(LoadAnswerKind.Acknowledged, 0, rejected, TimeSpan.Zero);
        }
        catch (Exception error) when (error is HttpRequestException or SocketException)
        {
            var socketError = (error as SocketException ?? error.InnerException as SocketException)?.SocketErrorCode ?? SocketError.ConnectionReset;
            return new LoadAnswer(LoadAnswerKind.Broken, (int)socketError, 0, TimeSpan.FromMilliseconds(100));
        }
    }

    public void Dispose() => _client.Dispose();
}
