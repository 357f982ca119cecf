using System.Buffers.Binary;
using System.IO.Compression;

namespace Otelier.Server.Ingest;

/// <summary>
/// Decompresses one message, strictly: exactly one gzip member or zlib stream, nothing missing, nothing after it, the
/// checksum right. The framework's gzip reads concatenated members and passes over garbage, either of which would let
/// two readers of the same bytes see different messages.
/// </summary>
internal static class Inflater
{
    private const int GzipTrailerLength = 8;
    private const int FirstCapacityMin = 4 * 1024;

    // What to expect of telemetry; a message that does better makes the buffer grow.
    private const int UsualRatioMax = 16;

    /// <summary>Appends the message to <paramref name="into"/>, stopping at <paramref name="limit"/> bytes.</summary>
    public static BodyFault Inflate(ContentCoding coding, ReadOnlyMemory<byte> compressed, BodyBuffer into, int limit) =>
        coding == ContentCoding.Gzip ? InflateGzip(compressed, into, limit) : InflateZlib(compressed, into, limit);

    private static BodyFault InflateGzip(ReadOnlyMemory<byte> compressed, BodyBuffer into, int limit)
    {
        var fault = GzipHeader.TryParse(compressed.Span, out var headerLength);
        if (fault != BodyFault.None)
            return fault;
        if (compressed.Length - headerLength < GzipTrailerLength + 1)
            return BodyFault.CompressionTruncated;

        var trailer = compressed.Span[^GzipTrailerLength..];
        var crc = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        var size = BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]);
        var input = new ExactStream(compressed[headerLength..^GzipTrailerLength]);
        using var deflate = new DeflateStream(input, CompressionMode.Decompress);
        fault = Drain(deflate, input, into, limit, expected: size);
        if (fault != BodyFault.None)
            return fault;
        return size == (uint)into.Length && crc == Crc32.Append(0, into.WrittenMemory.Span)
            ? BodyFault.None
            : BodyFault.CompressionCorrupt;
    }

    private static BodyFault InflateZlib(ReadOnlyMemory<byte> compressed, BodyBuffer into, int limit)
    {
        if (compressed.Length == 0)
            return BodyFault.CompressionTruncated;
        var input = new ExactStream(compressed);
        using var zlib = new ZLibStream(input, CompressionMode.Decompress);
        return Drain(zlib, input, into, limit, expected: uint.MaxValue);
    }

    private static BodyFault Drain(Stream source, ExactStream input, BodyBuffer into, int limit, uint expected)
    {
        var usual = Math.Max(FirstCapacityMin, input.Length * UsualRatioMax);
        if (!into.TryGrow((int)Math.Min(Math.Min(expected, usual), limit)))
            return BodyFault.NoRoom;
        Span<byte> beyond = stackalloc byte[1];
        try
        {
            while (true)
            {
                if (into.Length == limit)
                {
                    if (source.Read(beyond) > 0)
                        return BodyFault.TooLarge;
                    break;
                }

                if (into.FreeSpan.Length == 0 && !into.TryGrow((int)Math.Min(Math.Max((long)into.Capacity * 2, FirstCapacityMin), limit)))
                    return BodyFault.NoRoom;
                var free = into.FreeSpan;
                var count = source.Read(free[..Math.Min(free.Length, limit - into.Length)]);
                if (count == 0)
                    break;
                into.Advance(count);
            }
        }
        catch (InvalidDataException)
        {
            return input.AskedBeyondEnd ? BodyFault.CompressionTruncated : BodyFault.CompressionCorrupt;
        }

        if (input.AskedBeyondEnd)
            return BodyFault.CompressionTruncated;
        return input.AllHandedOut ? BodyFault.None : BodyFault.CompressionTrailed;
    }

    /// <summary>
    /// Hands out its last byte alone. A decompressor that never asked for it finished early, so something follows the
    /// compressed data; one that asks for more than there is was cut short.
    /// </summary>
    private sealed class ExactStream(ReadOnlyMemory<byte> data) : Stream
    {
        private int _position;

        public bool AllHandedOut => _position == data.Length;

        public bool AskedBeyondEnd { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => data.Length;

        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            var left = data.Length - _position;
            if (left == 0)
            {
                AskedBeyondEnd = true;
                return 0;
            }

            var count = Math.Min(buffer.Length, left > 1 ? left - 1 : 1);
            data.Span.Slice(_position, count).CopyTo(buffer);
            _position += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
