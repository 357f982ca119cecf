using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Otelier.Signals.Columns;

namespace Otelier.Signals.Otlp;

/// <summary>Pieces of compact JSON text, written to and read from UTF-8 bytes without strings in between.</summary>
internal static class JsonText
{
    /// <summary>Longest text of a number: <c>-1.7976931348623157E+308</c> has 24 characters.</summary>
    private const int NumberLengthMax = 32;

    // What RFC 8259 demands and no more: all else stays as the UTF-8 that it is.
    private static readonly SearchValues<byte> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (byte)c), (byte)'"', (byte)'\\']);

    /// <summary>Appends valid UTF-8 as a JSON string.</summary>
    public static void AppendString(ByteBuffer output, ReadOnlySpan<byte> utf8)
    {
        output.Append((byte)'"');
        while (true)
        {
            var plain = utf8.IndexOfAny(Escaped);
            if (plain < 0)
                break;
            output.Append(utf8[..plain]);
            AppendEscape(output, utf8[plain]);
            utf8 = utf8[(plain + 1)..];
        }

        output.Append(utf8);
        output.Append((byte)'"');
    }

    /// <summary>Appends a string; half surrogate pairs become U+FFFD.</summary>
    public static void AppendString(ByteBuffer output, string value) => AppendString(output, Encoding.UTF8.GetBytes(value));

    public static void AppendNumber(ByteBuffer output, long value)
    {
        value.TryFormat(output.GetSpan(NumberLengthMax), out var written, provider: CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    public static void AppendNumber(ByteBuffer output, ulong value)
    {
        value.TryFormat(output.GetSpan(NumberLengthMax), out var written, provider: CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    /// <summary>Appends the shortest text that reads back as the same number; <c>NaN</c>, <c>Infinity</c>, <c>-Infinity</c> bare.</summary>
    public static void AppendNumber(ByteBuffer output, double value)
    {
        value.TryFormat(output.GetSpan(NumberLengthMax), out var written, provider: CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    /// <summary>Appends a number, in quotation marks when JSON has no number for it.</summary>
    public static void AppendDoubleValue(ByteBuffer output, double value)
    {
        if (double.IsFinite(value))
        {
            AppendNumber(output, value);
            return;
        }

        output.Append((byte)'"');
        AppendNumber(output, value);
        output.Append((byte)'"');
    }

    /// <summary>Appends padded base64 of the standard alphabet, without quotation marks.</summary>
    public static void AppendBase64(ByteBuffer output, ReadOnlySpan<byte> value)
    {
        var length = Base64.GetMaxEncodedToUtf8Length(value.Length);
        Base64.EncodeToUtf8(value, output.GetSpan(length), out _, out var written);
        output.Advance(written);
    }

    /// <summary>Appends lower-case hexadecimal digits, without quotation marks.</summary>
    public static void AppendHex(ByteBuffer output, ReadOnlySpan<byte> value)
    {
        Convert.TryToHexStringLower(value, output.GetSpan(value.Length * 2), out var written);
        output.Advance(written);
    }

    /// <summary>
    /// Appends what the inside of a JSON string stands for. <see langword="false"/> for an escape that JSON does not have
    /// and for half a surrogate pair, which no UTF-8 can carry.
    /// </summary>
    public static bool TryUnescape(ReadOnlySpan<byte> inside, ByteBuffer output)
    {
        while (true)
        {
            var plain = inside.IndexOf((byte)'\\');
            if (plain < 0)
            {
                output.Append(inside);
                return true;
            }

            output.Append(inside[..plain]);
            inside = inside[(plain + 1)..];
            if (!TryUnescapeOne(ref inside, output))
                return false;
        }
    }

    /// <summary>Appends the bytes of base64 text: standard or URL-safe alphabet, padded or not.</summary>
    public static bool TryDecodeBase64(ReadOnlySpan<byte> text, ProtoWriter output)
    {
        text = text.EndsWith("=="u8) ? text[..^2] : text.EndsWith("="u8) ? text[..^1] : text;
        if (text.Length % 4 == 1)
            return false;

        Span<byte> three = stackalloc byte[3];
        while (!text.IsEmpty)
        {
            var taken = Math.Min(4, text.Length);
            var bits = 0;
            for (var i = 0; i < taken; i++)
            {
                var six = Base64Digit(text[i]);
                if (six < 0)
                    return false;
                bits |= six << (18 - (6 * i));
            }

            three[0] = (byte)(bits >> 16);
            three[1] = (byte)(bits >> 8);
            three[2] = (byte)bits;
            output.WriteRaw(three[..(taken - 1)]);
            text = text[taken..];
        }

        return true;
    }

    private static int Base64Digit(byte c) => c switch
    {
        >= (byte)'A' and <= (byte)'Z' => c - 'A',
        >= (byte)'a' and <= (byte)'z' => c - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => c - '0' + 52,
        (byte)'+' or (byte)'-' => 62,
        (byte)'/' or (byte)'_' => 63,
        _ => -1,
    };

    private static void AppendEscape(ByteBuffer output, byte c)
    {
        output.Append((byte)'\\');
        switch (c)
        {
            case (byte)'"' or (byte)'\\':
                output.Append(c);
                break;
            case (byte)'\n':
                output.Append((byte)'n');
                break;
            case (byte)'\r':
                output.Append((byte)'r');
                break;
            case (byte)'\t':
                output.Append((byte)'t');
                break;
            default:
                output.Append("u00"u8);
                AppendHex(output, [c]);
                break;
        }
    }

    private static bool TryUnescapeOne(ref ReadOnlySpan<byte> rest, ByteBuffer output)
    {
        if (rest.IsEmpty)
            return false;
        var c = rest[0];
        rest = rest[1..];
        switch (c)
        {
            case (byte)'"' or (byte)'\\' or (byte)'/':
                output.Append(c);
                return true;
            case (byte)'n':
                output.Append((byte)'\n');
                return true;
            case (byte)'r':
                output.Append((byte)'\r');
                return true;
            case (byte)'t':
                output.Append((byte)'\t');
                return true;
            case (byte)'b':
                output.Append((byte)'\b');
                return true;
            case (byte)'f':
                output.Append((byte)'\f');
                return true;
            case (byte)'u':
                return TryUnescapeUnicode(ref rest, output);
            default:
                return false;
        }
    }

    private static bool TryUnescapeUnicode(ref ReadOnlySpan<byte> rest, ByteBuffer output)
    {
        if (!TryReadFourDigits(ref rest, out var first))
            return false;
        if (!Rune.TryCreate(first, out var rune))
        {
            if (!rest.StartsWith("\\u"u8))
                return false;
            rest = rest[2..];
            if (!TryReadFourDigits(ref rest, out var second) || !Rune.TryCreate(first, second, out rune))
                return false;
        }

        output.Advance(rune.EncodeToUtf8(output.GetSpan(4)));
        return true;
    }

    private static bool TryReadFourDigits(ref ReadOnlySpan<byte> rest, out char value)
    {
        value = '\0';
        if (rest.Length < 4)
            return false;
        Span<byte> two = stackalloc byte[2];
        if (Convert.FromHexString(rest[..4], two, out _, out _) != OperationStatus.Done)
            return false;
        value = (char)((two[0] << 8) | two[1]);
        rest = rest[4..];
        return true;
    }
}
