using System.Globalization;
using System.Text.Unicode;
using Otelier.Signals.Columns;

namespace Otelier.Signals.Otlp;

/// <summary>
/// From the stored text back to the wire: the work of <see cref="AnyValueText.Decode"/>. The signature leads, the text must fit;
/// a misfit gives <see langword="false"/>.
/// </summary>
internal ref struct AnyValueDecoder(ReadOnlySpan<byte> text, ProtoWriter output)
{
    private const int StringField = 1;
    private const int BoolField = 2;
    private const int IntField = 3;
    private const int DoubleField = 4;
    private const int ArrayField = 5;
    private const int KeyValueListField = 6;
    private const int BytesField = 7;
    private const int ValuesField = 1;
    private const int KeyField = 1;
    private const int ValueField = 2;

    private ByteBuffer? _unescaped = null;
    private ReadOnlySpan<byte> _text = text;

    public readonly void Dispose() => _unescaped?.Dispose();

    public bool TryDecode(byte letter, ReadOnlySpan<byte> signature)
    {
        switch (letter)
        {
            case AnyValueText.String:
                if (!Utf8.IsValid(_text))
                    return false;
                output.WriteBytes(StringField, _text);
                return true;
            case AnyValueText.Int or AnyValueText.Double or AnyValueText.Bool:
                return TryWriteScalar(letter, _text);
            case AnyValueText.Bytes:
                return TryWriteBytes(_text);
            case AnyValueText.None:
                return _text.IsEmpty;
            case AnyValueText.Array or AnyValueText.KeyValueList:
                return signature.StartsWith(letter == AnyValueText.Array ? "["u8 : "{"u8)
                    && TryDecodeElement(ref signature, AnyValueText.NestingMax) && signature.IsEmpty && _text.IsEmpty;
            default:
                return false;
        }
    }

    /// <summary>Takes one element off <paramref name="elements"/> and its value off the text.</summary>
    private bool TryDecodeElement(ref ReadOnlySpan<byte> elements, int depthLeft)
    {
        if (elements.IsEmpty || depthLeft == 0)
            return false;
        var letter = elements[0];
        elements = elements[1..];
        switch (letter)
        {
            case (byte)'[':
                return TryDecodeList(ref elements, ArrayField, keyed: false, depthLeft);
            case (byte)'{':
                return TryDecodeList(ref elements, KeyValueListField, keyed: true, depthLeft);
            case AnyValueText.String:
                if (!TryTakeString(out var value))
                    return false;
                output.WriteBytes(StringField, value);
                return true;
            case AnyValueText.Bytes:
                return TryTakeString(out var base64) && TryWriteBytes(base64);
            case AnyValueText.None:
                return TryTake("null"u8);
            case AnyValueText.Double when _text.StartsWith("\""u8):
                return TryTakeString(out var name) && TryWriteScalar(letter, name);
            case AnyValueText.Int or AnyValueText.Double or AnyValueText.Bool:
                return TryWriteScalar(letter, TakeBare());
            default:
                return false;
        }
    }

    /// <summary>Takes the values up to the closing bracket; the opening one of the signature is taken already.</summary>
    private bool TryDecodeList(ref ReadOnlySpan<byte> elements, int field, bool keyed, int depthLeft)
    {
        var close = keyed ? "}"u8 : "]"u8;
        if (!TryTake(keyed ? "{"u8 : "["u8))
            return false;
        var list = output.BeginMessage(field);
        for (var first = true; !elements.StartsWith(close);)
        {
            // A run reads its element again for every repetition; each takes text, so the text bounds the work.
            var element = elements;
            var count = 1;
            for (var i = 0; i < count; i++)
            {
                elements = element;
                if ((!first && !TryTake(","u8)) || !TryDecodeValue(ref elements, keyed, depthLeft - 1))
                    return false;
                first = false;
                if (!TryTakeCount(ref elements, out count))
                    return false;
            }
        }

        elements = elements[1..];
        output.EndMessage(list);
        return TryTake(close);
    }

    private bool TryDecodeValue(ref ReadOnlySpan<byte> elements, bool keyed, int depthLeft)
    {
        var value = output.BeginMessage(ValuesField);
        if (!keyed)
        {
            if (!TryDecodeElement(ref elements, depthLeft))
                return false;
            output.EndMessage(value);
            return true;
        }

        if (!TryTakeString(out var key))
            return false;
        output.WriteBytes(KeyField, key);
        var inner = output.BeginMessage(ValueField);
        if (!TryTake(":"u8) || !TryDecodeElement(ref elements, depthLeft))
            return false;
        output.EndMessage(inner);
        output.EndMessage(value);
        return true;
    }

    private static bool TryTakeCount(ref ReadOnlySpan<byte> elements, out int count)
    {
        var digits = elements.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        count = 1;
        if (digits <= 0)
            return digits == 0;
        var isNumber = int.TryParse(elements[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out count);
        elements = elements[digits..];
        return isNumber && count > 0;
    }

    private readonly bool TryWriteScalar(byte letter, ReadOnlySpan<byte> value)
    {
        switch (letter)
        {
            case AnyValueText.Int:
                if (!long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
                    return false;
                output.WriteVarint(IntField, (ulong)whole);
                return true;
            case AnyValueText.Double:
                if (!JsonNumber.TryParseDouble(value, inString: true, out var number))
                    return false;
                output.WriteDouble(DoubleField, number);
                return true;
            default:
                var isTrue = value.SequenceEqual("true"u8);
                if (!isTrue && !value.SequenceEqual("false"u8))
                    return false;
                output.WriteVarint(BoolField, isTrue ? 1UL : 0UL);
                return true;
        }
    }

    private readonly bool TryWriteBytes(ReadOnlySpan<byte> base64)
    {
        var start = output.BeginMessage(BytesField);
        if (!JsonText.TryDecodeBase64(base64, output))
            return false;
        output.EndMessage(start);
        return true;
    }

    private bool TryTake(ReadOnlySpan<byte> expected)
    {
        if (!_text.StartsWith(expected))
            return false;
        _text = _text[expected.Length..];
        return true;
    }

    /// <summary>Takes a number or a word: all up to what may follow a value.</summary>
    private ReadOnlySpan<byte> TakeBare()
    {
        var length = _text.IndexOfAny(",]}"u8);
        var bare = length < 0 ? _text : _text[..length];
        _text = _text[bare.Length..];
        return bare;
    }

    /// <summary>Takes a JSON string. The result is a view of the text where possible, else valid until the next call.</summary>
    private bool TryTakeString(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!TryTake("\""u8))
            return false;
        var end = 0;
        while (true)
        {
            var next = _text[end..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
                return false;
            end += next;
            if (_text[end] == '"')
                break;
            end += 2;
            if (end > _text.Length)
                return false;
        }

        value = _text[..end];
        _text = _text[(end + 1)..];
        if (!Utf8.IsValid(value))
            return false;
        if (!value.Contains((byte)'\\'))
            return true;
        _unescaped ??= new ByteBuffer();
        _unescaped.Clear();
        var unescaped = JsonText.TryUnescape(value, _unescaped);
        value = _unescaped.WrittenSpan;
        return unescaped;
    }
}
