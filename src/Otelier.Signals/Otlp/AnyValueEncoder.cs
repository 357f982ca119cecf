using System.Globalization;
using System.Text.Unicode;
using Otelier.Signals.Columns;

namespace Otelier.Signals.Otlp;

/// <summary>From the wire to the stored text: the work of <see cref="AnyValueText.Encode"/>.</summary>
internal static class AnyValueEncoder
{
    // Tags of AnyValue, ArrayValue, KeyValueList and KeyValue, as they stand on the wire.
    private const uint StringTag = (1 << 3) | (uint)WireType.Length;
    private const uint BoolTag = (2 << 3) | (uint)WireType.Varint;
    private const uint IntTag = (3 << 3) | (uint)WireType.Varint;
    private const uint DoubleTag = (4 << 3) | (uint)WireType.Fixed64;
    private const uint ArrayTag = (5 << 3) | (uint)WireType.Length;
    private const uint KeyValueListTag = (6 << 3) | (uint)WireType.Length;
    private const uint BytesTag = (7 << 3) | (uint)WireType.Length;
    private const uint ValuesTag = (1 << 3) | (uint)WireType.Length;
    private const uint KeyTag = (1 << 3) | (uint)WireType.Length;
    private const uint ValueTag = (2 << 3) | (uint)WireType.Length;

    public static DecodeError Encode(ReadOnlySpan<byte> anyValue, ByteBuffer text, ByteBuffer signature, out byte letter)
    {
        var error = ReadChoice(anyValue, out var choice);
        letter = Letter(choice.Tag);
        if (error != DecodeError.None)
            return error;
        switch (choice.Tag)
        {
            case StringTag:
                if (!Utf8.IsValid(choice.Value))
                    return DecodeError.InvalidUtf8;
                text.Append(choice.Value);
                return DecodeError.None;
            case DoubleTag:
                JsonText.AppendNumber(text, BitConverter.UInt64BitsToDouble(choice.Bits));
                return DecodeError.None;
            case BytesTag:
                JsonText.AppendBase64(text, choice.Value);
                return DecodeError.None;
            case 0:
                return DecodeError.None;
            default:
                return EncodeNested(choice, text, signature, AnyValueText.NestingMax - 1);
        }
    }

    /// <summary>Finds the one field that counts. No choice has the tag zero.</summary>
    private static DecodeError ReadChoice(ReadOnlySpan<byte> anyValue, out Choice choice)
    {
        choice = default;
        var reader = new ProtoReader(anyValue);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case StringTag or ArrayTag or KeyValueListTag or BytesTag:
                    choice = new Choice { Tag = tag, Value = reader.ReadBytes() };
                    break;
                case BoolTag or IntTag:
                    choice = new Choice { Tag = tag, Bits = reader.ReadVarint() };
                    break;
                case DoubleTag:
                    choice = new Choice { Tag = tag, Bits = reader.ReadFixed64() };
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return reader.Error;
    }

    private static byte Letter(uint tag) => tag switch
    {
        StringTag => AnyValueText.String,
        BoolTag => AnyValueText.Bool,
        IntTag => AnyValueText.Int,
        DoubleTag => AnyValueText.Double,
        ArrayTag => AnyValueText.Array,
        KeyValueListTag => AnyValueText.KeyValueList,
        BytesTag => AnyValueText.Bytes,
        _ => AnyValueText.None,
    };

    /// <summary>Appends a value as JSON; the signature gets its element only when it is a list or a map.</summary>
    private static DecodeError EncodeNested(in Choice choice, ByteBuffer text, ByteBuffer signature, int depthLeft)
    {
        switch (choice.Tag)
        {
            case StringTag:
                return EncodeString(choice.Value, text);
            case BoolTag:
                text.Append(choice.Bits != 0 ? "true"u8 : "false"u8);
                return DecodeError.None;
            case IntTag:
                JsonText.AppendNumber(text, (long)choice.Bits);
                return DecodeError.None;
            case DoubleTag:
                JsonText.AppendDoubleValue(text, BitConverter.UInt64BitsToDouble(choice.Bits));
                return DecodeError.None;
            case BytesTag:
                text.Append((byte)'"');
                JsonText.AppendBase64(text, choice.Value);
                text.Append((byte)'"');
                return DecodeError.None;
            case ArrayTag:
                return EncodeArray(choice.Value, text, signature, depthLeft);
            case KeyValueListTag:
                return EncodeKeyValueList(choice.Value, text, signature, depthLeft);
            default:
                text.Append("null"u8);
                return DecodeError.None;
        }
    }

    private static DecodeError EncodeString(ReadOnlySpan<byte> value, ByteBuffer text)
    {
        if (!Utf8.IsValid(value))
            return DecodeError.InvalidUtf8;
        JsonText.AppendString(text, value);
        return DecodeError.None;
    }

    private static DecodeError EncodeArray(ReadOnlySpan<byte> array, ByteBuffer text, ByteBuffer signature, int depthLeft)
    {
        var run = new SignatureRun(signature, (byte)'[');
        var separator = (byte)'[';
        var reader = new ProtoReader(array);
        while (reader.TryReadTag(out var tag))
        {
            if (tag != ValuesTag)
            {
                reader.Skip(tag);
                continue;
            }

            text.Append(separator);
            separator = (byte)',';
            var error = EncodeElement(reader.ReadBytes(), text, signature, ref run, depthLeft);
            if (error != DecodeError.None)
                return error;
        }

        if (separator == '[')
            text.Append(separator);
        text.Append((byte)']');
        run.Close(signature, (byte)']');
        return reader.Error;
    }

    private static DecodeError EncodeKeyValueList(ReadOnlySpan<byte> list, ByteBuffer text, ByteBuffer signature, int depthLeft)
    {
        var run = new SignatureRun(signature, (byte)'{');
        var separator = (byte)'{';
        var reader = new ProtoReader(list);
        while (reader.TryReadTag(out var tag))
        {
            if (tag != ValuesTag)
            {
                reader.Skip(tag);
                continue;
            }

            text.Append(separator);
            separator = (byte)',';
            var error = ReadKeyValue(reader.ReadBytes(), out var key, out var value);
            if (error == DecodeError.None)
                error = EncodeString(key, text);
            text.Append((byte)':');
            if (error == DecodeError.None)
                error = EncodeElement(value, text, signature, ref run, depthLeft);
            if (error != DecodeError.None)
                return error;
        }

        if (separator == '{')
            text.Append(separator);
        text.Append((byte)'}');
        run.Close(signature, (byte)'}');
        return reader.Error;
    }

    private static DecodeError ReadKeyValue(ReadOnlySpan<byte> keyValue, out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        key = default;
        value = default;
        var reader = new ProtoReader(keyValue);
        while (reader.TryReadTag(out var tag))
        {
            if (tag == KeyTag)
                key = reader.ReadBytes();
            else if (tag == ValueTag)
                value = reader.ReadBytes();
            else
                reader.Skip(tag);
        }

        return reader.Error;
    }

    private static DecodeError EncodeElement(
        ReadOnlySpan<byte> anyValue, ByteBuffer text, ByteBuffer signature, ref SignatureRun run, int depthLeft)
    {
        if (depthLeft == 0)
            return DecodeError.NestingTooDeep;
        var error = ReadChoice(anyValue, out var choice);
        if (error != DecodeError.None)
            return error;
        var start = signature.Length;
        if (choice.Tag is not (ArrayTag or KeyValueListTag))
            signature.Append(Letter(choice.Tag));
        error = EncodeNested(choice, text, signature, depthLeft - 1);
        if (error == DecodeError.None)
            run.Fold(signature, start);
        return error;
    }

    private ref struct Choice
    {
        public uint Tag;
        public ulong Bits;
        public ReadOnlySpan<byte> Value;
    }

    /// <summary>Folds equal neighbours of one list's signature into one element and a count, as they are appended.</summary>
    private struct SignatureRun
    {
        private const int CountLengthMax = 10;

        private int _start;
        private int _end;
        private int _count = 0;

        public SignatureRun(ByteBuffer signature, byte open)
        {
            signature.Append(open);
            _start = _end = signature.Length;
        }

        /// <summary>Takes the element that has just been appended from <paramref name="start"/> on.</summary>
        public void Fold(ByteBuffer signature, int start)
        {
            var length = signature.Length - start;
            if (_count > 0 && signature.Slice(_start, _end - _start).SequenceEqual(signature.Slice(start, length)))
            {
                signature.Truncate(start);
                _count++;
                return;
            }

            if (_count > 1)
                start += InsertCount(signature, start, length);
            _start = start;
            _end = start + length;
            _count = 1;
        }

        public readonly void Close(ByteBuffer signature, byte close)
        {
            if (_count > 1)
                InsertCount(signature, signature.Length, 0);
            signature.Append(close);
        }

        private readonly int InsertCount(ByteBuffer signature, int start, int length)
        {
            Span<byte> digits = stackalloc byte[CountLengthMax];
            _count.TryFormat(digits, out var written, provider: CultureInfo.InvariantCulture);
            // Room first: growing keeps only what is counted in, and the element is not for a moment.
            signature.GetSpan(written);
            signature.Truncate(start);
            var rest = signature.GetSpan(length + written);
            rest[..length].CopyTo(rest[written..]);
            digits[..written].CopyTo(rest);
            signature.Advance(length + written);
            return written;
        }
    }
}
