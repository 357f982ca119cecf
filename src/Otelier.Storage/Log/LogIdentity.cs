using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Otelier.Storage.Log;

/// <summary>
/// Who the log is: its id, part of every block token, and the marker its frames begin with. Kept in a file of its own and
/// at the start of every segment, so that losing one copy loses nothing.
/// </summary>
/// <param name="Id">Random, never changes.</param>
/// <param name="Marker">Random, never changes, told to nobody.</param>
internal sealed record LogIdentity(Guid Id, ulong Marker)
{
    /// <summary>Length of the start of a segment, in bytes.</summary>
    public const int PreambleBytes = 64;

    private static ReadOnlySpan<byte> Magic => "OTELWAL\x01"u8;

    public static LogIdentity Create()
    {
        Span<byte> marker = stackalloc byte[8];
        RandomNumberGenerator.Fill(marker);
        // Not a pattern that unwritten or cleared disk blocks could show.
        marker[0] |= 1;
        return new LogIdentity(new Guid(RandomNumberGenerator.GetBytes(16)), BinaryPrimitives.ReadUInt64LittleEndian(marker));
    }

    /// <summary>Magic, id, marker, the first sequence the segment may hold, CRC.</summary>
    public byte[] Preamble(long firstSequence)
    {
        var bytes = new byte[PreambleBytes];
        Magic.CopyTo(bytes);
        Id.TryWriteBytes(bytes.AsSpan(8));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(24), Marker);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(32), firstSequence);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(60), Crc32C.Compute(bytes.AsSpan(0, 60)));
        return bytes;
    }

    /// <summary>Null when the bytes are damaged.</summary>
    /// <exception cref="NotSupportedException">They are intact, of a version this program does not know.</exception>
    public static LogIdentity? TryRead(ReadOnlySpan<byte> preamble)
    {
        if (preamble.Length < PreambleBytes || !preamble[..7].SequenceEqual(Magic[..7]))
            return null;
        if (BinaryPrimitives.ReadUInt32LittleEndian(preamble[60..]) != Crc32C.Compute(preamble[..60]))
            return null;
        if (preamble[7] != Magic[7])
            throw new NotSupportedException($"The log was written in format {preamble[7]}; this program reads format {Magic[7]}.");
        return new LogIdentity(new Guid(preamble.Slice(8, 16)), BinaryPrimitives.ReadUInt64LittleEndian(preamble[24..]));
    }
}
