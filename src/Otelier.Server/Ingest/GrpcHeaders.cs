using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace Otelier.Server.Ingest;

/// <summary>The headers of gRPC over HTTP/2, read and written.</summary>
internal static class GrpcHeaders
{
    public const string ContentType = "application/grpc";
    public const string Status = "grpc-status";
    public const string Message = "grpc-message";
    public const string StatusDetails = "grpc-status-details-bin";
    public const string Encoding = "grpc-encoding";
    public const string AcceptEncoding = "grpc-accept-encoding";
    public const string Timeout = "grpc-timeout";

    /// <summary>The value of grpc-accept-encoding.</summary>
    public const string AcceptedCodings = "identity,gzip,deflate";

    private const int TimeoutDigitsMax = 8;
    private const string HexDigits = "0123456789ABCDEF";

    // Timers do not run for longer than this, and nobody waits for longer either.
    private static readonly TimeSpan TimeoutMax = TimeSpan.FromDays(1);

    /// <summary>Whether the content type is gRPC with protobuf messages.</summary>
    public static bool IsContentType([NotNullWhen(true)] string? header)
    {
        if (header is null || !header.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase))
            return false;
        var rest = header.AsSpan(ContentType.Length);
        if (rest.StartsWith("+proto", StringComparison.OrdinalIgnoreCase))
            rest = rest["+proto".Length..];
        return rest.IsEmpty || rest.TrimStart()[0] == ';';
    }

    /// <summary>Reads grpc-timeout; <see langword="null"/> when there is none.</summary>
    public static bool TryParseTimeout(StringValues header, out TimeSpan? timeout)
    {
        timeout = null;
        if (header.Count == 0)
            return true;
        if (header.Count > 1 || header[0] is not { Length: >= 2 and <= TimeoutDigitsMax + 1 } text ||
            !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return false;
        TimeSpan? unit = text[^1] switch
        {
            'H' => TimeSpan.FromHours(1),
            'M' => TimeSpan.FromMinutes(1),
            'S' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMilliseconds(1),
            'u' => TimeSpan.FromMicroseconds(1),
            'n' => TimeSpan.Zero,
            _ => null,
        };
        if (unit is null)
            return false;
        timeout = unit == TimeSpan.Zero ? TimeSpan.FromTicks(count / TimeSpan.NanosecondsPerTick) : unit * count;
        if (timeout > TimeoutMax)
            timeout = TimeoutMax;
        return true;
    }

    /// <summary>Percent-encodes a message for grpc-message: all but printable ASCII, and the percent sign.</summary>
    public static string EncodeMessage(string message)
    {
        var text = new StringBuilder(message.Length);
        foreach (var b in System.Text.Encoding.UTF8.GetBytes(message))
        {
            if (b is >= 0x20 and <= 0x7E && b != (byte)'%')
                text.Append((char)b);
            else
                text.Append('%').Append(HexDigits[b >> 4]).Append(HexDigits[b & 15]);
        }

        return text.ToString();
    }

    /// <summary>Encodes a binary header: base64 without padding.</summary>
    public static string EncodeBinary(ReadOnlySpan<byte> value) => Convert.ToBase64String(value).TrimEnd('=');
}
