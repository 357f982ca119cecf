using System.Buffers;
using System.Text.Json;
using Otelier.Signals.Columns;

namespace Otelier.Signals.Otlp;

/// <summary>The work of <see cref="OtlpJsonReader"/> on one document: a walk over the tokens, guided by <see cref="OtlpSchema"/>.</summary>
internal ref struct OtlpJsonTranscoder : IDisposable
{
    private const int FaultFieldLengthMax = 200;
    private const char Cut = '…';
    private const int TraceIdDigits = 32;
    private const int SpanIdDigits = 16;

    private readonly ProtoWriter _output;
    private Utf8JsonReader _json;
    private ByteBuffer? _unescaped;

    public OtlpJsonTranscoder(ReadOnlySpan<byte> json, ProtoWriter output)
    {
        _output = output;
        // Deeper than our own limit by one, so that it is we who meet it and the answer says so.
        _json = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = OtlpJsonReader.NestingMax + 1 });
    }

    public DecodeError Error { get; private set; }

    public string FaultField { get; private set; } = "";

    public string Expectation { get; private set; } = "";

    /// <summary>Where the current token starts.</summary>
    public readonly int Position => (int)_json.TokenStartIndex;

    public bool TryReadDocument(OtlpMessage type)
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject)
            return Refuse("expected an object");
        // The read after the end is what refuses trailing bytes.
        return TryReadFields(type) && !_json.Read();
    }

    public void Dispose()
    {
        _unescaped?.Dispose();
        _unescaped = null;
    }

    private bool TryReadFields(OtlpMessage type)
    {
        if (IsTooDeep())
            return false;
        var next = 0;
        while (true)
        {
            _json.Read();
            if (_json.TokenType == JsonTokenType.EndObject)
                return true;
            if (!TryReadText(out var name))
                return false;
            var field = type.Find(name, ref next);
            _json.Read();
            if (field is null ? !TrySkip() : !TryReadField(field))
                return false;
        }
    }

    private bool TryReadField(OtlpField field)
    {
        if (_json.TokenType == JsonTokenType.Null)
            return true;
        if (field.IsRepeated)
            return TryReadList(field);
        return TryReadValue(field) || FailAt(field.JsonName);
    }

    private bool TryReadList(OtlpField field)
    {
        if ((_json.TokenType != JsonTokenType.StartArray && !Refuse("expected an array")) || IsTooDeep())
            return FailAt(field.JsonName);
        var start = field.IsPacked ? _output.BeginMessage(field.Number) : 0;
        for (var index = 0; ; index++)
        {
            _json.Read();
            if (_json.TokenType == JsonTokenType.EndArray)
                break;
            if (field.IsPacked ? !TryReadPacked(field) : !TryReadValue(field))
                return FailAt(FormattableString.Invariant($"{field.JsonName}[{index}]"));
        }

        if (field.IsPacked)
            _output.EndMessage(start);
        return true;
    }

    private bool TryReadValue(OtlpField field)
    {
        switch (field.Kind)
        {
            case OtlpFieldKind.Message:
                if (_json.TokenType != JsonTokenType.StartObject)
                    return Refuse("expected an object");
                var start = _output.BeginMessage(field.Number);
                if (!TryReadFields(field.Message!))
                    return false;
                _output.EndMessage(start);
                return true;
            case OtlpFieldKind.String:
                if (_json.TokenType != JsonTokenType.String)
                    return Refuse("expected a string");
                if (!TryReadText(out var text))
                    return false;
                _output.WriteBytes(field.Number, text);
                return true;
            case OtlpFieldKind.Bytes:
                return TryReadBase64(field);
            case OtlpFieldKind.TraceId:
                return TryReadId(field, TraceIdDigits);
            case OtlpFieldKind.SpanId:
                return TryReadId(field, SpanIdDigits);
            default:
                if (!TryReadScalar(field.Kind, out var bits))
                    return false;
                _output.WriteTag(field.Number, field.WireType);
                WriteScalar(field.WireType, bits);
                return true;
        }
    }

    private bool TryReadPacked(OtlpField field)
    {
        if (!TryReadScalar(field.Kind, out var bits))
            return false;
        WriteScalar(field.WireType, bits);
        return true;
    }

    private readonly void WriteScalar(WireType wireType, ulong bits)
    {
        switch (wireType)
        {
            case WireType.Varint:
                _output.WriteRawVarint(bits);
                break;
            case WireType.Fixed64:
                _output.WriteRawFixed64(bits);
                break;
            default:
                _output.WriteRawFixed32((uint)bits);
                break;
        }
    }

    /// <summary>Reads a number or a boolean into the bits that the wire carries.</summary>
    private bool TryReadScalar(OtlpFieldKind kind, out ulong bits)
    {
        bits = 0;
        var token = _json.TokenType;
        if (kind == OtlpFieldKind.Bool)
        {
            bits = token == JsonTokenType.True ? 1UL : 0UL;
            return token is JsonTokenType.True or JsonTokenType.False || Refuse("expected true or false");
        }

        if (kind == OtlpFieldKind.Enum && token == JsonTokenType.String)
            return Refuse("expected an integer (OTLP/JSON does not allow the names of enumeration values)");
        if (token is not (JsonTokenType.Number or JsonTokenType.String))
            return Refuse(ScalarExpectation(kind));
        if (!TryReadText(out var text))
            return false;

        switch (kind)
        {
            case OtlpFieldKind.Double:
                if (!JsonNumber.TryParseDouble(text, token == JsonTokenType.String, out var number))
                    return Refuse(ScalarExpectation(kind));
                bits = BitConverter.DoubleToUInt64Bits(number);
                return true;
            case OtlpFieldKind.UInt64 or OtlpFieldKind.Fixed64:
                return JsonNumber.TryParseUInt64(text, out bits) || Refuse(ScalarExpectation(kind));
            case OtlpFieldKind.UInt32 or OtlpFieldKind.Fixed32:
                return (JsonNumber.TryParseUInt64(text, out bits) && bits <= uint.MaxValue) || Refuse(ScalarExpectation(kind));
            case OtlpFieldKind.Int64 or OtlpFieldKind.SFixed64:
                if (!JsonNumber.TryParseInt64(text, out var wide))
                    return Refuse(ScalarExpectation(kind));
                bits = (ulong)wide;
                return true;
            default:
                if (!JsonNumber.TryParseInt64(text, out var narrow) || narrow is < int.MinValue or > int.MaxValue)
                    return Refuse(ScalarExpectation(kind));
                bits = kind == OtlpFieldKind.SInt32 ? (uint)((narrow << 1) ^ (narrow >> 63)) : (ulong)narrow;
                return true;
        }
    }

    private bool TryReadBase64(OtlpField field)
    {
        if (_json.TokenType != JsonTokenType.String)
            return Refuse("expected a string of base64");
        if (!TryReadText(out var text))
            return false;
        var start = _output.BeginMessage(field.Number);
        if (!JsonText.TryDecodeBase64(text, _output))
            return Refuse("expected a string of base64");
        _output.EndMessage(start);
        return true;
    }

    private bool TryReadId(OtlpField field, int digits)
    {
        if (_json.TokenType != JsonTokenType.String)
            return RefuseId(digits, default);
        if (!TryReadText(out var text))
            return false;
        if (text.Length != digits)
            return TryReadIdOfWrongLength(field, digits, text);
        Span<byte> id = stackalloc byte[TraceIdDigits / 2];
        if (Convert.FromHexString(text, id, out _, out var length) != OperationStatus.Done)
            return RefuseId(digits, text);
        _output.WriteBytes(field.Number, id[..length]);
        return true;
    }

    private bool TryReadIdOfWrongLength(OtlpField field, int digits, ReadOnlySpan<byte> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit((char)c))
                return RefuseId(digits, text);
        }

        // Wrong must stay wrong: an odd number of digits becomes an odd number of bytes, which no id has.
        var length = text.Length % 2 == 0 ? text.Length / 2 : (text.Length / 2) | 1;
        var start = _output.BeginMessage(field.Number);
        for (var i = 0; i < length; i++)
        {
            var high = 2 * i < text.Length ? HexDigit(text[2 * i]) : 0;
            var low = (2 * i) + 1 < text.Length ? HexDigit(text[(2 * i) + 1]) : 0;
            _output.WriteRaw([(byte)((high << 4) | low)]);
        }

        _output.EndMessage(start);
        return true;
    }

    private static int HexDigit(byte c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;

    /// <summary>The current name, string or number as UTF-8: a view of the document where possible, else valid until the next call.</summary>
    private bool TryReadText(out ReadOnlySpan<byte> text)
    {
        text = _json.ValueSpan;
        if (!_json.ValueIsEscaped)
            return true;
        _unescaped ??= new ByteBuffer();
        _unescaped.Clear();
        if (!JsonText.TryUnescape(text, _unescaped))
        {
            Error = DecodeError.InvalidUtf8;
            Expectation = "expected both halves of a surrogate pair";
            return false;
        }

        text = _unescaped.WrittenSpan;
        return true;
    }

    private bool TrySkip()
    {
        if (_json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return true;
        var depth = _json.CurrentDepth;
        do
        {
            if (_json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && IsTooDeep())
                return false;
            _json.Read();
        }
        while (_json.CurrentDepth > depth);

        return true;
    }

    /// <summary>Whether the object or array that starts here is one too deep; if so, that is the fault.</summary>
    private bool IsTooDeep()
    {
        if (_json.CurrentDepth < OtlpJsonReader.NestingMax)
            return false;
        Error = DecodeError.NestingTooDeep;
        Expectation = "expected less nesting";
        return true;
    }

    private bool RefuseId(int digits, ReadOnlySpan<byte> text) => Refuse((digits, text.EndsWith("="u8)) switch
    {
        (TraceIdDigits, false) => "expected 32 hexadecimal digits",
        (TraceIdDigits, true) => "expected 32 hexadecimal digits (OTLP/JSON does not allow base64 for ids)",
        (_, false) => "expected 16 hexadecimal digits",
        (_, true) => "expected 16 hexadecimal digits (OTLP/JSON does not allow base64 for ids)",
    });

    private static string ScalarExpectation(OtlpFieldKind kind) => kind switch
    {
        OtlpFieldKind.Double => "expected a number, \"NaN\", \"Infinity\" or \"-Infinity\"",
        OtlpFieldKind.UInt64 or OtlpFieldKind.Fixed64 => "expected an unsigned integer of 64 bits",
        OtlpFieldKind.UInt32 or OtlpFieldKind.Fixed32 => "expected an unsigned integer of 32 bits",
        OtlpFieldKind.Int64 or OtlpFieldKind.SFixed64 => "expected an integer of 64 bits",
        _ => "expected an integer of 32 bits",
    };

    private bool Refuse(string expectation)
    {
        Error = DecodeError.WrongJsonValue;
        Expectation = expectation;
        return false;
    }

    /// <summary>On the way out of a fault: puts one more step before the way to it.</summary>
    private bool FailAt(string step)
    {
        if (FaultField.Length == 0)
            FaultField = step;
        else if (FaultField.Length <= FaultFieldLengthMax)
            FaultField = $"{step}.{FaultField}";
        else if (FaultField[0] != Cut)
            FaultField = Cut + FaultField;
        return false;
    }
}
