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
}
