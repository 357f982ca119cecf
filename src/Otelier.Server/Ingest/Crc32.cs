using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Otelier.Server.Ingest;

/// <summary>
/// The CRC-32 of gzip (polynomial 0xEDB88320): by carry-less multiplication where the processor has it, else eight bytes at a
/// step. The framework keeps its own to itself.
/// </summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const int Lanes = 8;

    // Four vectors are folded side by side, since one multiplication waits for the one before it.
    private const int FoldedBytes = 4 * 16;

    private static readonly uint[] Table = BuildTable();

    /// <summary>The CRC of everything seen so far; <paramref name="crc"/> is 0 at the beginning.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        crc = ~crc;
        if (Pclmulqdq.IsSupported && data.Length >= 2 * FoldedBytes)
        {
            Span<byte> remainder = stackalloc byte[Vector128<byte>.Count];
            Fold(crc, data, out var folded).CopyTo(MemoryMarshal.Cast<byte, ulong>(remainder));
            return ~AppendByTable(AppendByTable(0, remainder), data[folded..]);
        }

        return ~AppendByTable(crc, data);
    }

    /// <summary>
    /// Reduces whole vectors to sixteen bytes with the same remainder, after "Fast CRC Computation for Generic Polynomials Using
    /// PCLMULQDQ Instruction" (Intel, 2009). The constants are powers of x modulo the polynomial, bits reversed: x^(512±32) for
    /// four vectors at a step, x^(128±32) for one.
    /// </summary>
    private static Vector128<ulong> Fold(uint crc, ReadOnlySpan<byte> data, out int folded)
    {
        var byFour = Vector128.Create(0x0001_5444_2BD4UL, 0x0001_C6E4_1596UL);
        var byOne = Vector128.Create(0x0001_7519_97D0UL, 0x0000_CCAA_009EUL);
        var vectors = MemoryMarshal.Cast<byte, Vector128<ulong>>(data);
        var (a, b, c, d) = (vectors[0] ^ Vector128.CreateScalar((ulong)crc), vectors[1], vectors[2], vectors[3]);
        var next = 4;
        for (; next + 4 <= vectors.Length; next += 4)
        {
            a = Advance(a, byFour) ^ vectors[next];
            b = Advance(b, byFour) ^ vectors[next + 1];
            c = Advance(c, byFour) ^ vectors[next + 2];
            d = Advance(d, byFour) ^ vectors[next + 3];
        }

        a = Advance(a, byOne) ^ b;
        a = Advance(a, byOne) ^ c;
        a = Advance(a, byOne) ^ d;
        for (; next < vectors.Length; next++)
            a = Advance(a, byOne) ^ vectors[next];
        folded = next * Vector128<byte>.Count;
        return a;
    }

    private static Vector128<ulong> Advance(Vector128<ulong> value, Vector128<ulong> by) =>
        Pclmulqdq.CarrylessMultiply(value, by, 0x00) ^ Pclmulqdq.CarrylessMultiply(value, by, 0x11);

    private static uint AppendByTable(uint crc, ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<uint> table = Table;
        while (data.Length >= Lanes)
        {
            var low = crc ^ BinaryPrimitives.ReadUInt32LittleEndian(data);
            var high = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
            crc = table[(7 * 256) + (int)(low & 0xFF)] ^
                table[(6 * 256) + (int)((low >> 8) & 0xFF)] ^
                table[(5 * 256) + (int)((low >> 16) & 0xFF)] ^
                table[(4 * 256) + (int)(low >> 24)] ^
                table[(3 * 256) + (int)(high & 0xFF)] ^
                table[(2 * 256) + (int)((high >> 8) & 0xFF)] ^
                table[256 + (int)((high >> 16) & 0xFF)] ^
                table[(int)(high >> 24)];
            data = data[Lanes..];
        }

        foreach (var b in data)
            crc = table[(int)((crc ^ b) & 0xFF)] ^ (crc >> 8);
        return crc;
    }

    private static uint[] BuildTable()
    {
        var table = new uint[Lanes * 256];
        for (var i = 0; i < 256; i++)
        {
            var value = (uint)i;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) != 0 ? Polynomial ^ (value >> 1) : value >> 1;
            table[i] = value;
        }

        for (var i = 256; i < table.Length; i++)
            table[i] = table[(int)(table[i - 256] & 0xFF)] ^ (table[i - 256] >> 8);
        return table;
    }
}
