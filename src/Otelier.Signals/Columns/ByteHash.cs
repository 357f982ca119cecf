using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Otelier.Signals.Columns;

/// <summary>
/// A 64-bit hash of bytes by folded 128-bit multiplication. Two uses: in-memory tables, with a seed drawn per process so
/// that no sender can choose colliding names; and <c>SeriesId</c>, with the fixed seed 0, where the result is stored and
/// the function must therefore never change.
/// </summary>
public static class ByteHash
{
    private const ulong K0 = 0x9E3779B97F4A7C15;
    private const ulong K1 = 0xC2B2AE3D27D4EB4F;
    private const ulong K2 = 0x165667B19E3779F9;

    /// <summary>Another one in every process (the runtime salts its string hashes), for tables that never leave it.</summary>
    public static ulong ProcessSeed { get; } = (ulong)"otelier".GetHashCode(StringComparison.Ordinal) * K0;

    public static ulong Compute(ReadOnlySpan<byte> bytes, ulong seed)
    {
        var length = (ulong)bytes.Length;
        var state = seed ^ K0;
        while (bytes.Length > 16)
        {
            state = Fold(BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ K1, BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]) ^ state);
            bytes = bytes[16..];
        }

        ulong low = 0, high = 0;
        if (bytes.Length >= 8)
        {
            low = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            high = BinaryPrimitives.ReadUInt64LittleEndian(bytes[^8..]);
        }
        else if (bytes.Length >= 4)
        {
            low = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]);
        }
        else if (bytes.Length > 0)
        {
            low = ((ulong)bytes[0] << 16) | ((ulong)bytes[bytes.Length >> 1] << 8) | bytes[^1];
        }

        return Fold(Fold(low ^ K1, high ^ state), length ^ K2);
    }

    /// <summary>Mixes <paramref name="value"/> into <paramref name="state"/>.</summary>
    public static ulong Combine(ulong state, ulong value) => Fold(state ^ K1, value ^ K2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}
