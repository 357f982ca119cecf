using System.Net.Sockets;
using Otelier.Cli.Export;
using Otelier.Signals;

namespace Otelier.Cli.Load;

/// <summary>gRPC over the framework's HTTP/2 client, one connection each. The request comes framed.</summary>
internal sealed class GrpcLoadConnection(Uri endpoint, Signal signal, bool gzip) : ILoadConnection
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
            using var message = OtlpRoutes.GrpcRequest(endpoint, signal, new ReadOnlyMemoryContent(request));
            if (gzip)
                message.Headers.Add("grpc-encoding", "gzip");
            using var response = await _client.SendAsync(message, cancellationToken).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            var (code, _) = OtlpRoutes.GrpcStatus(response);
            if (code != 0)
                return new LoadAnswer(LoadAnswerKind.Refused, code, 0, code is 8 or 14 ? TimeSpan.FromMilliseconds(100) : TimeSpan.Zero);
            var rejected = body.Length > 5 ? OtlpResponse.PartialSuccess(body.AsSpan(5)).Rejected : 0;
            return new LoadAnswer(LoadAnswerKind.Acknowledged, 0, rejected, TimeSpan.Zero);
        }
        catch (HttpRequestException error)
        {
            var socketError = (error.InnerException as SocketException)?.SocketErrorCode ?? SocketError.ConnectionReset;
            return new LoadAnswer(LoadAnswerKind.Broken, (int)socketError, 0, TimeSpan.FromMilliseconds(100));
        }
    }

    public void Dispose() => _client.Dispose();
}
