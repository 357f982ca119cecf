using System.Globalization;
using System.Text.Json;
using Otelier.Signals.Columns;

namespace Otelier.Signals.Otlp;

/// <summary>
/// An attribute value as it is stored: a text, a letter for its type, and for lists and maps, whose text is compact JSON, a
/// signature that says what JSON cannot (integer or double, string or bytes). From the three comes the very value
/// that was sent; only the bits inside a NaN and the difference between a missing and an empty value are not kept.
/// <para>
/// A signature is <c>[…]</c> for a list and <c>{…}</c> for a map, with one element per value: a letter or a signature, and
/// behind it how often it repeats when that is more than once: <c>{si[d10000]}</c>.
/// </para>
/// </summary>
public static class AnyValueText
{
    /// <summary>Deepest nesting of values kept, the attribute's own value being the first level.</summary>
    public const int NestingMax = 64;

    /// <summary>The text is the string.</summary>
    public const byte String = (byte)AttributeLetter.String;

    /// <summary>The text is a signed 64-bit integer in decimal.</summary>
    public const byte Int = (byte)AttributeLetter.Int;

    /// <summary>The text is the shortest that reads back as the same double: <c>1</c>, <c>1E+20</c>, <c>NaN</c>, <c>-Infinity</c>.</summary>
    public const byte Double = (byte)AttributeLetter.Double;

    /// <summary>The text is <c>true</c> or <c>false</c>.</summary>
    public const byte Bool = (byte)AttributeLetter.Bool;

    /// <summary>The text is padded base64.</summary>
    public const byte Bytes = (byte)AttributeLetter.Bytes;

    /// <summary>No value was set; the text is empty.</summary>
    public const byte None = (byte)AttributeLetter.Empty;

    /// <summary>The text is a JSON array.</summary>
    public const byte Array = (byte)AttributeLetter.Array;

    /// <summary>The text is a JSON object, its keys in the order sent, repeated ones included.</summary>
    public const byte KeyValueList = (byte)AttributeLetter.KeyValueList;

    /// <summary>
    /// Appends the text of one AnyValue to <paramref name="text"/> and, for a list or a map, its signature to
    /// <paramref name="signature"/>. Of several choices on the wire the last one counts; <c>string_value_strindex</c>,
    /// which only profiles may use, is no value. After an error both buffers are as they were.
    /// </summary>
    /// <param name="anyValue">The body of an AnyValue message.</param>
    /// <param name="text">Receives the text.</param>
    /// <param name="signature">Receives the signature of a list or a map, nothing for the rest.</param>
    /// <param name="letter">The type's letter.</param>
    public static DecodeError Encode(ReadOnlySpan<byte> anyValue, ByteBuffer text, ByteBuffer signature, out byte letter)
    {
        var textStart = text.Length;
        var signatureStart = signature.Length;
        var error = AnyValueEncoder.Encode(anyValue, text, signature, out letter);
        if (error != DecodeError.None)
        {
            text.Truncate(textStart);
            signature.Truncate(signatureStart);
        }

        return error;
    }

    /// <summary>
    /// Writes the fields of the AnyValue message that <see cref="Encode"/> had; the caller opens and closes the message.
    /// An error means that the stored text was not made by <see cref="Encode"/>; what was written is worthless then.
    /// </summary>
    public static DecodeError Decode(ReadOnlySpan<byte> text, byte letter, ReadOnlySpan<byte> signature, ProtoWriter output)
    {
        var decoder = new AnyValueDecoder(text, output);
        var error = decoder.TryDecode(letter, signature) ? DecodeError.None : DecodeError.MalformedJson;
        decoder.Dispose();
        return error;
    }

    /// <summary>
    /// Takes one list's or map's signature off the front of <paramref name="signatures"/>, the run of those of a whole
    /// attribute map (what stands behind its <c>:</c>). <see langword="false"/> when none stands there.
    /// </summary>
    public static bool TryTakeSignature(ref ReadOnlySpan<byte> signatures, out ReadOnlySpan<byte> one)
    {
        var depth = 0;
        for (var i = 0; i < signatures.Length; i++)
        {
            depth += signatures[i] switch { (byte)'[' or (byte)'{' => 1, (byte)']' or (byte)'}' => -1, _ => 0 };
            if (depth <= 0)
            {
                one = signatures[..(i + 1)];
                signatures = signatures[(i + 1)..];
                return i > 0 && depth == 0;
            }
        }

        one = default;
        return false;
    }

    /// <summary>
    /// Writes the value as API clients get it: strings and bytes (base64) as strings, numbers as numbers (64-bit integers
    /// with all their digits, non-finite doubles as strings), lists and maps as they are, no value as null.
    /// A number or boolean whose text is none comes out as a string.
    /// </summary>
    public static void WriteJson(Utf8JsonWriter writer, ReadOnlySpan<byte> text, byte letter)
    {
        switch (letter)
        {
            case Int when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole):
                writer.WriteNumberValue(whole);
                break;
            case Double when JsonNumber.TryParseDouble(text, inString: false, out _):
                // The text itself, because -0 and 1E+20 are written differently by the writer.
                writer.WriteRawValue(text, skipInputValidation: true);
                break;
            case Bool when text.SequenceEqual("true"u8) || text.SequenceEqual("false"u8):
                writer.WriteBooleanValue(text.Length == 4);
                break;
            case Array or KeyValueList:
                writer.WriteRawValue(text, skipInputValidation: true);
                break;
            case None:
                writer.WriteNullValue();
                break;
            default:
                writer.WriteStringValue(text);
                break;
        }
    }
}
