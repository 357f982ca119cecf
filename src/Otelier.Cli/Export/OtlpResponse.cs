using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Otelier.Signals.Otlp;

namespace Otelier.Cli.Export;

/// <summary>Reads what an OTLP server answers: partial success, google.rpc.Status, Retry-After.</summary>
internal static class OtlpResponse
{
    private const int MessageCharsMax = 300;
    private static readonly TimeSpan RetryAfterMax = TimeSpan.FromSeconds(30);

    /// <summary>Reads the partial_success of an Export…ServiceResponse in protobuf: rejected items and the reason.</summary>
    public static (long Rejected, string Message) PartialSuccess(ReadOnlySpan<byte> body)
    {
        var rejected = 0L;
        var message = "";
        var reader = new ProtoReader(body);
        while (reader.TryReadTag(out var tag))
        {
            if (tag != ((1 << 3) | (uint)WireType.Length))
            {
                reader.Skip(tag);
                continue;
            }

            var partial = new ProtoReader(reader.ReadBytes());
            while (partial.TryReadTag(out var field))
            {
                if (field == (1 << 3))
                    rejected = (long)partial.ReadVarint();
                else if (field == ((2 << 3) | (uint)WireType.Length))
                    message = Encoding.UTF8.GetString(partial.ReadBytes());
                else
                    partial.Skip(field);
            }
        }

        return (rejected, message);
    }

    /// <summary>The same from JSON. A body that is no JSON rejects nothing.</summary>
    public static (long Rejected, string Message) PartialSuccessJson(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("partialSuccess", out var partial)
                || partial.ValueKind != JsonValueKind.Object)
                return (0, "");

            var rejected = 0L;
            var message = "";
            foreach (var property in partial.EnumerateObject())
            {
                if (property.Name.StartsWith("rejected", StringComparison.Ordinal))
                    _ = long.TryParse(property.Value.ToString(), CultureInfo.InvariantCulture, out rejected);
                else if (property.NameEquals("errorMessage"))
                    message = property.Value.ToString();
            }

            return (rejected, message);
        }
        catch (JsonException)
        {
            return (0, "");
        }
    }

    /// <summary>The message of a google.rpc.Status (field 2), or the body itself when it is text.</summary>
    public static string StatusMessage(ReadOnlySpan<byte> body, string? mediaType)
    {
        if (mediaType is "application/x-protobuf")
        {
            var reader = new ProtoReader(body);
            while (reader.TryReadTag(out var tag))
            {
                if (tag == ((2 << 3) | (uint)WireType.Length))
                    return Shorten(Encoding.UTF8.GetString(reader.ReadBytes()));
                reader.Skip(tag);
            }

            return "";
        }

        return Shorten(Encoding.UTF8.GetString(body));
    }

    /// <summary>How long the server asks to wait: 0 to 30 s, or <paramref name="otherwise"/> when it does not say.</summary>
    public static TimeSpan Wait(RetryConditionHeaderValue? header, DateTimeOffset now, TimeSpan otherwise)
    {
        var asked = header?.Delta ?? (header?.Date is { } date ? date - now : otherwise);
        return asked < TimeSpan.Zero ? TimeSpan.Zero : asked > RetryAfterMax ? RetryAfterMax : asked;
    }

    private static string Shorten(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= MessageCharsMax ? line : line[..MessageCharsMax] + "…";
    }
}
