using System.Buffers.Text;

namespace Otelier.Cli.Load;

/// <summary>
/// The few things the load generator wants of an HTTP/1.1 response. Bodies with a length and chunked ones are understood; of a
/// chunked body only the first chunk is looked at, which is where a partial success is.
/// </summary>
internal readonly ref struct HttpAnswer
{
    public required int Status { get; init; }

    public required int RetryAfterSeconds { get; init; }

    public required bool Closes { get; init; }

    public required ReadOnlySpan<byte> Body { get; init; }

    /// <summary>
    /// Whether <paramref name="received"/> holds the whole response. A malformed one is complete with status 0: whoever reads
    /// it gives up the connection.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> received, out HttpAnswer answer)
    {
        answer = default;
        var head = received.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        var lines = received[..head];
        var rest = received[(head + 4)..];
        if (!lines.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(lines[9..], out int status, out _))
            return Malformed(out answer);

        var length = 0;
        var retryAfter = 0;
        var chunked = false;
        var closes = false;
        foreach (var range in lines.Split("\r\n"u8))
        {
            var line = lines[range];
            if (Header(line, "content-length:"u8, out var value))
                _ = Utf8Parser.TryParse(value, out length, out _);
            else if (Header(line, "retry-after:"u8, out value))
                _ = Utf8Parser.TryParse(value, out retryAfter, out _);
            else if (Header(line, "transfer-encoding:"u8, out value))
                chunked = value.SequenceEqual("chunked"u8);
            else if (Header(line, "connection:"u8, out value))
                closes = value.SequenceEqual("close"u8);
        }

        ReadOnlySpan<byte> body;
        if (chunked)
        {
            if (!rest.EndsWith("0\r\n\r\n"u8))
                return false;
            if (!Utf8Parser.TryParse(rest, out length, out var digits, 'x') || length > rest.Length - digits - 2)
                return Malformed(out answer);
            body = rest.Slice(digits + 2, length);
        }
        else if (rest.Length < length)
        {
            return false;
        }
        else
        {
            body = rest[..length];
        }

        answer = new HttpAnswer { Status = status, RetryAfterSeconds = retryAfter, Closes = closes, Body = body };
        return true;
    }

    private static bool Malformed(out HttpAnswer answer)
    {
        answer = new HttpAnswer { Status = 0, RetryAfterSeconds = 0, Closes = true, Body = default };
        return true;
    }

    private static bool Header(ReadOnlySpan<byte> line, ReadOnlySpan<byte> lowerCaseName, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (line.Length < lowerCaseName.Length || !System.Text.Ascii.EqualsIgnoreCase(line[..lowerCaseName.Length], lowerCaseName))
            return false;
        value = line[lowerCaseName.Length..].Trim((byte)' ');
        return true;
    }
}
