using System.Text.Unicode;
using Otelier.Signals.Columns;

namespace Otelier.Signals.Otlp;

/// <summary>
/// Turns the protobuf bytes of an OTLP message into OTLP/JSON: lower-camel-case names, ids in lower-case hexadecimal, enumerations as
/// integers, 64-bit integers and non-finite doubles as strings, bytes as base64. A field at its default is left out unless
/// its presence means something (choices, <c>optional</c>, messages). Unknown fields are passed over, and of a singular
/// field sent twice the last one counts.
/// </summary>
public static class OtlpJsonWriter
{
    /// <summary>Deepest nesting of messages written; 64 levels of AnyValue need less than 210.</summary>
    public const int NestingMax = 256;

    private const int FieldsMax = 32;

    /// <summary>
    /// Appends the JSON text of <paramref name="message"/>, a message of <paramref name="type"/>. After an error what was appended is worthless.
    /// </summary>
    public static DecodeError Write(ReadOnlySpan<byte> message, OtlpMessage type, ByteBuffer json) => WriteMessage(message, type, json, NestingMax);

    private static DecodeError WriteMessage(ReadOnlySpan<byte> message, OtlpMessage type, ByteBuffer json, int depthLeft)
    {
        if (depthLeft == 0)
            return DecodeError.NestingTooDeep;
        Span<Occurrence> found = stackalloc Occurrence[FieldsMax];
        found = found[..type.FieldSpan.Length];
        var error = Survey(message, type, found);
        if (error != DecodeError.None)
            return error;

        var separator = (byte)'{';
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i].Count == 0)
                continue;
            var before = json.Length;
            json.Append(separator);
            json.Append(type.FieldSpan[i].JsonPrefix);
            error = WriteField(message, type.FieldSpan[i], found[i], json, depthLeft, out var written);
            if (error != DecodeError.None)
                return error;
            if (written)
                separator = (byte)',';
            else
                json.Truncate(before);
        }

        if (separator == '{')
            json.Append(separator);
        json.Append((byte)'}');
        return DecodeError.None;
    }

    /// <summary>Notes where each field occurs, so that fields can be written in the schema's order and lists be gathered.</summary>
    private static DecodeError Survey(ReadOnlySpan<byte> message, OtlpMessage type, Span<Occurrence> found)
    {
        found.Clear();
        var chosen = -1;
        var reader = new ProtoReader(message);
        while (true)
        {
            var position = reader.Position;
            if (!reader.TryReadTag(out var tag))
                return reader.Error;
            var field = type.Find(tag >> 3);
            if (field is not null && Fits(field, (WireType)(tag & 7)))
            {
                if (field.Presence == OtlpFieldPresence.OneOf)
                {
                    if (chosen >= 0)
                        found[chosen].Count = 0;
                    chosen = field.Index;
                }

                ref var occurrence = ref found[field.Index];
                if (occurrence.Count++ == 0)
                    occurrence.First = position;
                occurrence.Last = position;
            }

            reader.Skip(tag);
        }
    }

    private static bool Fits(OtlpField field, WireType wireType) =>
        wireType == field.WireType || (field.IsPacked && wireType == WireType.Length);

    private static DecodeError WriteField(
        ReadOnlySpan<byte> message, OtlpField field, Occurrence occurrence, ByteBuffer json, int depthLeft, out bool written)
    {
        if (field.IsRepeated)
        {
            written = true;
            return WriteList(message[occurrence.First..], field, occurrence.Count, json, depthLeft);
        }

        var reader = new ProtoReader(message[occurrence.Last..]);
        reader.TryReadTag(out _);
        if (field.WireType == WireType.Length)
        {
            var value = reader.ReadBytes();
            written = field.Kind == OtlpFieldKind.Message || field.Presence != OtlpFieldPresence.Implicit || !value.IsEmpty;
            return written ? WriteLengthDelimited(value, field, json, depthLeft) : DecodeError.None;
        }

        var bits = ReadScalar(ref reader, field.WireType);
        written = field.Presence != OtlpFieldPresence.Implicit || bits != 0;
        WriteScalar(bits, field.Kind, json);
        return DecodeError.None;
    }

    private static DecodeError WriteList(ReadOnlySpan<byte> message, OtlpField field, int count, ByteBuffer json, int depthLeft)
    {
        var separator = (byte)'[';
        var reader = new ProtoReader(message);
        while (count > 0 && reader.TryReadTag(out var tag))
        {
            var wireType = (WireType)(tag & 7);
            if (tag >> 3 != field.Number || !Fits(field, wireType))
            {
                reader.Skip(tag);
                continue;
            }

            count--;
            if (field.WireType == WireType.Length)
            {
                json.Append(separator);
                separator = (byte)',';
                var error = WriteLengthDelimited(reader.ReadBytes(), field, json, depthLeft);
                if (error != DecodeError.None)
                    return error;
            }
            else if (wireType == WireType.Length)
            {
                var packed = reader.ReadBytes();
                var values = new ProtoReader(packed);
                while (values.Position < packed.Length)
                    WriteListed(ref values, field, json, ref separator);
                if (values.Error != DecodeError.None)
                    return values.Error;
            }
            else
            {
                WriteListed(ref reader, field, json, ref separator);
            }
        }

        if (separator == '[')
            json.Append(separator);
        json.Append((byte)']');
        return reader.Error;
    }

    private static void WriteListed(ref ProtoReader reader, OtlpField field, ByteBuffer json, ref byte separator)
    {
        json.Append(separator);
        separator = (byte)',';
        WriteScalar(ReadScalar(ref reader, field.WireType), field.Kind, json);
    }

    private static DecodeError WriteLengthDelimited(ReadOnlySpan<byte> value, OtlpField field, ByteBuffer json, int depthLeft)
    {
        switch (field.Kind)
        {
            case OtlpFieldKind.Message:
                return WriteMessage(value, field.Message!, json, depthLeft - 1);
            case OtlpFieldKind.String:
                if (!Utf8.IsValid(value))
                    return DecodeError.InvalidUtf8;
                JsonText.AppendString(json, value);
                return DecodeError.None;
            case OtlpFieldKind.Bytes:
                json.Append((byte)'"');
                JsonText.AppendBase64(json, value);
                json.Append((byte)'"');
                return DecodeError.None;
            default:
                json.Append((byte)'"');
                JsonText.AppendHex(json, value);
                json.Append((byte)'"');
                return DecodeError.None;
        }
    }

    private static ulong ReadScalar(ref ProtoReader reader, WireType wireType) => wireType switch
    {
        WireType.Varint => reader.ReadVarint(),
        WireType.Fixed64 => reader.ReadFixed64(),
        _ => reader.ReadFixed32(),
    };

    private static void WriteScalar(ulong bits, OtlpFieldKind kind, ByteBuffer json)
    {
        switch (kind)
        {
            case OtlpFieldKind.Bool:
                json.Append(bits != 0 ? "true"u8 : "false"u8);
                break;
            case OtlpFieldKind.Int32 or OtlpFieldKind.Enum:
                JsonText.AppendNumber(json, (long)(int)bits);
                break;
            case OtlpFieldKind.UInt32 or OtlpFieldKind.Fixed32:
                JsonText.AppendNumber(json, (ulong)(uint)bits);
                break;
            case OtlpFieldKind.SInt32:
                JsonText.AppendNumber(json, (long)((int)((uint)bits >> 1) ^ -(int)(bits & 1)));
                break;
            case OtlpFieldKind.Double:
                JsonText.AppendDoubleValue(json, BitConverter.UInt64BitsToDouble(bits));
                break;
            case OtlpFieldKind.Int64 or OtlpFieldKind.SFixed64:
                json.Append((byte)'"');
                JsonText.AppendNumber(json, (long)bits);
                json.Append((byte)'"');
                break;
            default:
                json.Append((byte)'"');
                JsonText.AppendNumber(json, bits);
                json.Append((byte)'"');
                break;
        }
    }

    /// <summary>Where in its message a field stands: the positions of the first and last tag, and how many there are.</summary>
    private struct Occurrence
    {
        public int First;
        public int Last;
        public int Count;
    }
}
