using System.Runtime.InteropServices;

namespace Otelier.Signals.Ids;

/// <summary>A W3C trace id: 16 bytes in the order of the wire. All zero is invalid.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct TraceId(ulong First, ulong Second)
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 16;

    public bool IsZero => (First | Second) == 0;

    /// <summary>Reads the 16 bytes; <see langword="false"/> where there are not 16 of them.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out TraceId id)
    {
        id = bytes.Length == Size ? MemoryMarshal.Read<TraceId>(bytes) : default;
        return bytes.Length == Size;
    }

    /// <summary>Reads 32 hexadecimal digits in either case.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TraceId id)
    {
        id = default;
        Span<byte> bytes = stackalloc byte[Size];
        if (text.Length != Size * 2 || Convert.FromHexString(text, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
            return false;
        return TryRead(bytes, out id);
    }

    public void CopyTo(Span<byte> destination) => MemoryMarshal.Write(destination, this);

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
