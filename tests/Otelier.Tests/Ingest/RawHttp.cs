using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Otelier.Tests.Ingest;

/// <summary>One HTTP/1.1 answer as it came over the wire.</summary>
public sealed record RawResponse(string Head, byte[] Body)
{
    public string StatusLine => Head.Split("\r\n")[0];

    public int Status => int.Parse(StatusLine.Split(' ')[1], CultureInfo.InvariantCulture);

    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>A header's value, or null.</summary>
    public string? this[string name] => Head.Split("\r\n")
        .Skip(1)
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim())
        .FirstOrDefault();
}

/// <summary>A TCP connection on which bytes are written and read as they are.</summary>
internal sealed class RawHttp : IDisposable
{
    private readonly TcpClient _client = new();

    public static async Task<RawHttp> ConnectAsync(IPEndPoint address, CancellationToken ct)
    {
        var connection = new RawHttp();
        await connection._client.ConnectAsync(address, ct);
        connection._client.NoDelay = true;
        return connection;
    }

    /// <summary>One request on a connection of its own.</summary>
    public static async Task<RawResponse> ExchangeAsync(IPEndPoint address, byte[] request, CancellationToken ct)
    {
        using var connection = await ConnectAsync(address, ct);
        await connection.SendAsync(request, ct);
        return await connection.ReceiveAsync(ct);
    }

    /// <summary>The bytes of a POST with Content-Length.</summary>
    public static byte[] Post(string path, string contentType, byte[] body, params string[] headers) =>
        [.. Head("POST", path, [$"Content-Type: {contentType}", FormattableString.Invariant($"Content-Length: {body.Length}"), .. headers]), .. body];

    public static byte[] Head(string method, string path, params string[] headers) =>
        Encoding.ASCII.GetBytes($"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n");

    public async Task SendAsync(byte[] bytes, CancellationToken ct) => await _client.GetStream().WriteAsync(bytes, ct);

    public async Task<RawResponse> ReceiveAsync(CancellationToken ct)
    {
        var stream = _client.GetStream();
        var head = new List<byte>();
        while (!EndsWithBlankLine(head))
            head.Add((await ReadAsync(stream, 1, ct))[0]);
        var response = new RawResponse(Encoding.ASCII.GetString([.. head]).TrimEnd(), []);
        if (response["Transfer-Encoding"] == "chunked")
            return response with { Body = await ReadChunkedAsync(stream, ct) };
        var length = response["Content-Length"] is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        return response with { Body = await ReadAsync(stream, length, ct) };
    }

    public async Task<byte[]> ReadAsync(int count, CancellationToken ct) => await ReadAsync(_client.GetStream(), count, ct);

    /// <summary>Breaks the connection with a reset, as a killed client would.</summary>
    public void Abort()
    {
        _client.LingerState = new LingerOption(enable: true, seconds: 0);
        _client.Close();
    }

    public void Dispose() => _client.Dispose();

    private static bool EndsWithBlankLine(List<byte> head) => head.Count >= 4 && head[^1] == '\n' && head[^2] == '\r' && head[^3] == '\n';

    private static async Task<byte[]> ReadAsync(NetworkStream stream, int count, CancellationToken ct)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, ct);
        return bytes;
    }

    private static async Task<byte[]> ReadChunkedAsync(NetworkStream stream, CancellationToken ct)
    {
        var body = new List<byte>();
        while (true)
        {
            var line = new List<byte>();
            while (line.Count < 2 || line[^1] != '\n')
                line.Add((await ReadAsync(stream, 1, ct))[0]);
            var size = int.Parse(Encoding.ASCII.GetString([.. line]).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var chunk = await ReadAsync(stream, size + 2, ct);
            if (size == 0)
                return [.. body];
            body.AddRange(chunk[..size]);
        }
    }
}
