using System.Runtime.InteropServices;

namespace Otelier.Signals.Ids;

/// <summary>A W3C span id: 8 bytes in the order of the wire. All zero is invalid, and as a parent means "none".</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct SpanId(ulong Bytes)
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 8;

    public bool IsZero => Bytes == 0;

    /// <summary>Reads the 8 bytes; <see langword="false"/> where there are not 8 of them.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out SpanId id)
    {
        id = bytes.Length == Size ? MemoryMarshal.Read<SpanId>(bytes) : default;
        return bytes.Length == Size;
    }

    /// <summary>Reads 16 hexadecimal digits in either case.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out SpanId id)
    {
        id = default;
        Span<byte> bytes = stackalloc byte[Size];
        if (text.Length != Size * 2 || Convert.FromHexString(text, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
            return false;
        return TryRead(bytes, out id);
    }

    public void CopyTo(Span<byte> destination) => MemoryMarshal.Write(destination, this);

    /// <summary>16 lower-case hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
