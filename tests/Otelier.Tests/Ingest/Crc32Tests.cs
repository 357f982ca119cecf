using Otelier.Server.Ingest;
using Xunit;

namespace Otelier.Tests.Ingest;

public sealed class Crc32Tests
{
    private const uint Polynomial = 0xEDB88320;

    [Fact]
    public void The_checksum_of_the_customary_text_is_the_published_one() => Assert.Equal(0xCBF43926u, Crc32.Append(0, "123456789"u8));

    [Fact]
    public void Every_length_and_every_way_to_divide_it_gives_the_checksum_taken_bit_by_bit()
    {
        var bytes = new byte[1000];
        new Random(1).NextBytes(bytes);
        for (var length = 0; length <= bytes.Length; length++)
        {
            var whole = BitByBit(bytes.AsSpan(0, length));
            Assert.Equal(whole, Crc32.Append(0, bytes.AsSpan(0, length)));
            var first = length * 2 / 5;
            Assert.Equal(whole, Crc32.Append(Crc32.Append(0, bytes.AsSpan(0, first)), bytes.AsSpan(first, length - first)));
        }
    }

    private static uint BitByBit(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Polynomial;
        }

        return ~crc;
    }
}
