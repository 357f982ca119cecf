using System.Buffers.Binary;

namespace Otelier.Server.Ingest;

/// <summary>The CRC-32 of gzip (polynomial 0xEDB88320), eight bytes at a step. The framework keeps its own to itself.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const int Lanes = 8;

    private static readonly uint[] Table = BuildTable();

    /// <summary>The CRC of everything seen so far; <paramref name="crc"/> is 0 at the beginning.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<uint> table = Table;
        crc = ~crc;
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
        return ~crc;
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
