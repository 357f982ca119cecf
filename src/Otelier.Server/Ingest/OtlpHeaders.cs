using Microsoft.Extensions.Primitives;

namespace Otelier.Server.Ingest;

/// <summary>Reads the headers that say how a message is written.</summary>
internal static class OtlpHeaders
{
    /// <summary>What is decompressed, as Accept-Encoding names it.</summary>
    public const string AcceptedCodings = "gzip, deflate, identity";

    public const string ProtobufType = "application/x-protobuf";
    public const string JsonType = "application/json";

    private const string Charset = "charset=";

    /// <summary>Reads a media type with its parameters.</summary>
    public static bool TryParseContentType(string? header, out OtlpEncoding encoding)
    {
        encoding = OtlpEncoding.Protobuf;
        if (header is null)
            return false;
        var rest = header.AsSpan();
        var semicolon = rest.IndexOf(';');
        var type = (semicolon < 0 ? rest : rest[..semicolon]).Trim();
        if (type.Equals(JsonType, StringComparison.OrdinalIgnoreCase))
            encoding = OtlpEncoding.Json;
        else if (!type.Equals(ProtobufType, StringComparison.OrdinalIgnoreCase))
            return false;
        return semicolon < 0 || HasUtf8Charset(rest[(semicolon + 1)..]);
    }

    public static bool TryParseContentEncoding(StringValues header, out ContentCoding coding)
    {
        coding = ContentCoding.Identity;
        return header.Count switch
        {
            0 => true,
            1 => TryParseCoding(header[0], out coding),
            _ => false,
        };
    }

    /// <summary>Reads the name of one compression; null and empty are none.</summary>
    public static bool TryParseCoding(string? name, out ContentCoding coding)
    {
        coding = ContentCoding.Identity;
        var trimmed = name.AsSpan().Trim();
        if (trimmed.IsEmpty ||
            trimmed.Equals("identity", StringComparison.OrdinalIgnoreCase) ||
            trimmed.Equals("none", StringComparison.OrdinalIgnoreCase))
            return true;
        if (trimmed.Equals("gzip", StringComparison.OrdinalIgnoreCase) || trimmed.Equals("x-gzip", StringComparison.OrdinalIgnoreCase))
            coding = ContentCoding.Gzip;
        else if (trimmed.Equals("deflate", StringComparison.OrdinalIgnoreCase))
            coding = ContentCoding.Deflate;
        else
            return false;
        return true;
    }

    private static bool HasUtf8Charset(ReadOnlySpan<char> parameters)
    {
        foreach (var range in parameters.Split(';'))
        {
            var parameter = parameters[range].Trim();
            if (parameter.StartsWith(Charset, StringComparison.OrdinalIgnoreCase) &&
                !parameter[Charset.Length..].Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
                return false;
        }

        return true;
    }
}
