using Otelier.Storage.Log;
using Xunit;

namespace Otelier.Storage.Tests.Log;

public sealed class Crc32CTests
{
    [Fact]
    public void The_checksum_of_the_customary_text_is_the_published_one() => Assert.Equal(0xE3069283u, Crc32C.Compute("123456789"u8));

    [Fact]
    public void Parts_of_any_length_give_the_checksum_of_the_whole()
    {
        var bytes = new byte[20_000];
        new Random(1).NextBytes(bytes);
        for (var length = 0; length < bytes.Length; length += 1 + (length / 7))
        {
            var whole = BitByBit(bytes.AsSpan(0, length));
            Assert.Equal(whole, Crc32C.Compute(bytes.AsSpan(0, length)));
            Assert.Equal(whole, Crc32C.Append(Crc32C.Compute(bytes.AsSpan(0, length / 3)), bytes.AsSpan(length / 3, length - (length / 3))));
        }
    }

    private static uint BitByBit(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0x82F63B78;
        }

        return ~crc;
    }
}
