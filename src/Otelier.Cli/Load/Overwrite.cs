using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Otelier.Cli.Load;

/// <summary>Overwrites values of fixed width inside an encoded message. Nothing here allocates.</summary>
internal static class Overwrite
{
    /// <summary>The bounds of a varint of three bytes.</summary>
    public const uint Varint3Min = 1 << 14, Varint3Max = (1 << 21) - 1;

    private const ulong Gamma = 0x9E37_79B9_7F4A_7C15;

    /// <summary>A bijection that scatters consecutive numbers over all 64 bits (the finaliser of SplitMix64).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Scatter(ulong value)
    {
        value *= Gamma;
        value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9;
        value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EB;
        return value ^ (value >> 31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fixed64(Span<byte> bytes, int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(bytes[at..], value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void BigEndian64(Span<byte> bytes, int at, ulong value) => BinaryPrimitives.WriteUInt64BigEndian(bytes[at..], value);

    /// <summary>A number of exactly <paramref name="width"/> decimal digits; more significant ones are cut off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Digits(Span<byte> bytes, int at, int width, uint value)
    {
        for (var i = at + width - 1; i >= at; i--)
        {
            var rest = value / 10;
            bytes[i] = (byte)('0' + (value - (rest * 10)));
            value = rest;
        }
    }

    /// <summary>A varint of three bytes, somewhere in <see cref="Varint3Min"/>..<see cref="Varint3Max"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Varint3(Span<byte> bytes, int at, uint value)
    {
        value = Varint3Min + (value % (Varint3Max - Varint3Min));
        bytes[at] = (byte)(value | 0x80);
        bytes[at + 1] = (byte)((value >> 7) | 0x80);
        bytes[at + 2] = (byte)(value >> 14);
    }

    /// <summary>A varint padded to ten bytes, which every reader takes for the number itself.</summary>
    public static void Varint10(Span<byte> bytes, int at, ulong value)
    {
        for (var i = 0; i < 9; i++, value >>= 7)
            bytes[at + i] = (byte)(value | 0x80);
        bytes[at + 9] = (byte)value;
    }

    /// <summary>The 36 characters of a UUID of version 4.</summary>
    public static void Uuid(Span<byte> bytes, int at, ulong high, ulong low)
    {
        high = (high & 0xFFFF_FFFF_FFFF_0FFF) | 0x4000;
        low = (low & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000;
        Hex(bytes, at, high >> 32, 8);
        Hex(bytes, at + 9, (high >> 16) & 0xFFFF, 4);
        Hex(bytes, at + 14, high & 0xFFFF, 4);
        Hex(bytes, at + 19, low >> 48, 4);
        Hex(bytes, at + 24, low & 0xFFFF_FFFF_FFFF, 12);
    }

    private static void Hex(Span<byte> bytes, int at, ulong value, int digits)
    {
        for (var i = at + digits - 1; i >= at; i--, value >>= 4)
            bytes[i] = "0123456789abcdef"u8[(int)(value & 15)];
    }
}
