using System.Buffers.Binary;

namespace Otelier.Server.Ingest;

/// <summary>The header of a gzip member (RFC 1952 §2.3).</summary>
internal static class GzipHeader
{
    private const int FixedLength = 10;
    private const byte MethodDeflate = 8;
    private const byte HasHeaderCrc = 0x02;
    private const byte HasExtra = 0x04;
    private const byte HasName = 0x08;
    private const byte HasComment = 0x10;
    private const byte Reserved = 0xE0;

    /// <summary>Finds where the compressed data begins.</summary>
    public static BodyFault TryParse(ReadOnlySpan<byte> data, out int length)
    {
        length = 0;
        if (data.Length < FixedLength)
            return BodyFault.CompressionTruncated;
        var flags = data[3];
        if (data[0] != 0x1F || data[1] != 0x8B || data[2] != MethodDeflate || (flags & Reserved) != 0)
            return BodyFault.CompressionCorrupt;

        var position = FixedLength;
        if ((flags & HasExtra) != 0)
        {
            if (data.Length - position < 2)
                return BodyFault.CompressionTruncated;
            position += 2 + BinaryPrimitives.ReadUInt16LittleEndian(data[position..]);
        }

        if ((flags & HasName) != 0 && !TrySkipText(data, ref position))
            return BodyFault.CompressionTruncated;
        if ((flags & HasComment) != 0 && !TrySkipText(data, ref position))
            return BodyFault.CompressionTruncated;
        if ((flags & HasHeaderCrc) != 0)
            position += 2;
        length = position;
        return position <= data.Length ? BodyFault.None : BodyFault.CompressionTruncated;
    }

    private static bool TrySkipText(ReadOnlySpan<byte> data, ref int position)
    {
        if (position > data.Length)
            return false;
        var end = data[position..].IndexOf((byte)0);
        position += end + 1;
        return end >= 0;
    }
}
