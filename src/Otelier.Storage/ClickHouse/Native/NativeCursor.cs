using System.Buffers.Binary;
using System.Text;

namespace Otelier.Storage.ClickHouse.Native;

/// <summary>
/// Reads forward through memory that may end too early. Every <c>Try</c> method answers false when the bytes are
/// not all there yet, and throws when they cannot be right however many follow.
/// </summary>
internal struct NativeCursor(ReadOnlyMemory<byte> memory)
{
    private readonly ReadOnlyMemory<byte> _memory = memory;

    /// <summary>Bytes read so far.</summary>
    internal int Position { get; private set; }

    internal readonly int Remaining => _memory.Length - Position;

    internal bool TryReadVarint(out ulong value)
    {
        value = 0;
        var span = _memory.Span[Position..];
        for (var i = 0; i < 10; i++)
        {
            if (i == span.Length)
                return false;
            value |= (ulong)(span[i] & 0x7f) << (7 * i);
            if (span[i] < 0x80)
            {
                Position += i + 1;
                return true;
            }
        }

        throw new ClickHouseProtocolException("A number has more than 64 bits.");
    }

    /// <summary>Reads a length or a count that must not pass <paramref name="max"/>.</summary>
    internal bool TryReadLength(long max, string what, out int length)
    {
        length = 0;
        if (!TryReadVarint(out var value))
            return false;
        if (value > (ulong)max)
            throw new ClickHouseProtocolException($"A block claims {value} {what}; at most {max} are allowed.");
        length = (int)value;
        return true;
    }

    internal bool TryReadUInt64(out ulong value)
    {
        value = 0;
        if (!TryReadBytes(sizeof(ulong), out var bytes))
            return false;
        value = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span);
        return true;
    }

    internal bool TryReadBytes(long length, out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        if (length > Remaining)
            return false;
        bytes = _memory.Slice(Position, (int)length);
        Position += (int)length;
        return true;
    }

    internal bool TrySkip(int length)
    {
        if (length > Remaining)
            return false;
        Position += length;
        return true;
    }

    /// <summary>Reads a name: column names and types.</summary>
    internal bool TryReadText(int lengthMax, string what, out string text)
    {
        text = "";
        if (!TryReadLength(lengthMax, $"bytes of {what}", out var length) || !TryReadBytes(length, out var bytes))
            return false;
        text = Encoding.UTF8.GetString(bytes.Span);
        return true;
    }
}
