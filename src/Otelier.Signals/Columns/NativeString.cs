namespace Otelier.Signals.Columns;

/// <summary>The engine's Native form of a String: LEB128 length, then the bytes.</summary>
public static class NativeString
{
    /// <summary>Reads the string at the start of <paramref name="encoded"/>, which one of our columns wrote.</summary>
    /// <param name="encoded">A run of Native strings.</param>
    /// <param name="size">How many bytes the string took, its length prefix included.</param>
    public static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> encoded, out int size)
    {
        var length = 0;
        var position = 0;
        byte b;
        do
        {
            b = encoded[position];
            length |= (b & 0x7F) << (7 * position);
            position++;
        }
        while (b >= 0x80);

        size = position + length;
        return encoded.Slice(position, length);
    }

    /// <summary>How many bytes the length prefix of a string of <paramref name="length"/> bytes takes.</summary>
    public static int PrefixLength(int length)
    {
        var size = 1;
        while ((length >>= 7) != 0)
            size++;
        return size;
    }

    /// <summary>Writes <paramref name="value"/> at the start of <paramref name="destination"/> and returns what is left of it.</summary>
    public static Span<byte> Write(Span<byte> destination, ReadOnlySpan<byte> value)
    {
        var length = (uint)value.Length;
        var position = 0;
        for (; length >= 0x80; length >>= 7)
            destination[position++] = (byte)(length | 0x80);
        destination[position++] = (byte)length;
        value.CopyTo(destination[position..]);
        return destination[(position + value.Length)..];
    }
}
