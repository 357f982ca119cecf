namespace Otelier.Signals.Otlp;

/// <summary>The tags of AnyValue and the one form of it that is read without looking for more.</summary>
internal static class AnyValueWire
{
    public const byte StringTag = (1 << 3) | (byte)WireType.Length;
    public const byte BoolTag = (2 << 3) | (byte)WireType.Varint;
    public const byte IntTag = (3 << 3) | (byte)WireType.Varint;
    public const byte DoubleTag = (4 << 3) | (byte)WireType.Fixed64;

    /// <summary>Whether <paramref name="anyValue"/> is a string_value and nothing else; the text is not checked for UTF-8.</summary>
    public static bool TryReadString(ReadOnlySpan<byte> anyValue, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (anyValue.Length < 2 || anyValue[0] != StringTag)
            return false;
        var reader = new ProtoReader(anyValue[1..]);
        text = reader.ReadBytes();
        return reader.Error == DecodeError.None && reader.Position == anyValue.Length - 1;
    }
}
