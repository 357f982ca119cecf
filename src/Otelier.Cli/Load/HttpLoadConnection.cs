using System.Net.Sockets;
using Otelier.Cli.Export;

namespace Otelier.Cli.Load;

/// <summary>
/// HTTP/1.1 on a bare socket, because a general client would cost more than everything else the generator does. The request
/// comes with its head, so sending is one write of one array.
/// </summary>
internal sealed class HttpLoadConnection(Uri endpoint) : ILoadConnection
{
    private const int ResponseBytesMax = 64 * 1024;
    private const int SendBufferBytes = 1024 * 1024;
    private const int ServiceUnavailable = 503;

    private readonly byte[] _response = new byte[ResponseBytesMax];
    private Socket? _socket;

    public async ValueTask<LoadAnswer> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        try
        {
            _socket ??= await ConnectAsync(cancellationToken).ConfigureAwait(false);
            while (!request.IsEmpty)
                request = request[await _socket.SendAsync(request, cancellationToken).ConfigureAwait(false)..];
            return await ReceiveAsync(_socket, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException error)
        {
            return Broken(error.SocketErrorCode);
        }
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private async ValueTask<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, SendBufferSize = SendBufferBytes };
        try
        {
            await socket.ConnectAsync(endpoint.DnsSafeHost, endpoint.Port, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async ValueTask<LoadAnswer> ReceiveAsync(Socket socket, CancellationToken cancellationToken)
    {
        for (var length = 0; length < _response.Length;)
        {
            var read = await socket.ReceiveAsync(_response.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return Broken(SocketError.ConnectionReset);
            length += read;
            if (TryAnswer(_response.AsSpan(0, length)) is { } answer)
                return answer;
        }

        return Broken(SocketError.MessageSize);
    }

    private LoadAnswer? TryAnswer(ReadOnlySpan<byte> received)
    {
        if (!HttpAnswer.TryRead(received, out var answer))
            return null;
        if (answer.Status == 0)
            return Broken(SocketError.ProtocolOption);
        if (answer.Closes)
            Dispose();
        if (answer.Status != 200)
            return new LoadAnswer(LoadAnswerKind.Refused, answer.Status, 0, Wait(answer));
        var rejected = answer.Body.IsEmpty ? 0 : OtlpResponse.PartialSuccess(answer.Body).Rejected;
        return new LoadAnswer(LoadAnswerKind.Acknowledged, 200, rejected, TimeSpan.Zero);
    }

    private static TimeSpan Wait(HttpAnswer answer) =>
        answer.RetryAfterSeconds > 0 ? TimeSpan.FromSeconds(answer.RetryAfterSeconds)
        : answer.Status is 429 or ServiceUnavailable ? TimeSpan.FromMilliseconds(100)
        : TimeSpan.Zero;

    private LoadAnswer Broken(SocketError error)
    {
        Dispose();
        return new LoadAnswer(LoadAnswerKind.Broken, (int)error, 0, TimeSpan.FromMilliseconds(100));
    }
}
