using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Otelier.Signals.Otlp;

/// <summary>
/// Writes the Protocol Buffers wire format into one growing buffer. Nested messages are written in place: their length
/// is reserved as one byte and the body moved when it needs more. Not thread-safe; reuse it with <see cref="Clear"/>.
/// </summary>
public sealed class ProtoWriter(int capacity = 4096)
{
    private byte[] _buffer = new byte[capacity];
    private int _length;

    public ReadOnlySpan<byte> WrittenSpan => _buffer.AsSpan(0, _length);

    public ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, _length);

    public int Length => _length;

    public void Clear() => _length = 0;

    /// <summary>Takes back everything after the first <paramref name="length"/> bytes, which no open message may begin after.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)_length, nameof(length));
        _length = length;
    }

    public void WriteVarint(int field, ulong value)
    {
        WriteTag(field, WireType.Varint);
        WriteRawVarint(value);
    }

    public void WriteFixed64(int field, ulong value)
    {
        WriteTag(field, WireType.Fixed64);
        WriteRawFixed64(value);
    }

    public void WriteFixed32(int field, uint value)
    {
        WriteTag(field, WireType.Fixed32);
        BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), value);
    }

    public void WriteDouble(int field, double value) => WriteFixed64(field, BitConverter.DoubleToUInt64Bits(value));

    public void WriteBytes(int field, ReadOnlySpan<byte> value)
    {
        WriteTag(field, WireType.Length);
        WriteRawVarint((ulong)value.Length);
        WriteRaw(value);
    }

    public void WriteString(int field, string value)
    {
        WriteTag(field, WireType.Length);
        var length = Encoding.UTF8.GetByteCount(value);
        WriteRawVarint((ulong)length);
        Encoding.UTF8.GetBytes(value, Reserve(length));
    }

    /// <summary>Opens a nested message; give the result to <see cref="EndMessage"/>.</summary>
    public int BeginMessage(int field)
    {
        WriteTag(field, WireType.Length);
        Reserve(1);
        return _length;
    }

    /// <summary>Closes the nested message opened at <paramref name="start"/>.</summary>
    public void EndMessage(int start)
    {
        var size = _length - start;
        var prefix = VarintLength((ulong)size);
        if (prefix > 1)
        {
            Reserve(prefix - 1);
            Buffer.BlockCopy(_buffer, start, _buffer, start + prefix - 1, size);
        }

        WriteVarintAt(start - 1, (ulong)size);
    }

    public void WriteTag(int field, WireType type) => WriteRawVarint(((ulong)(uint)field << 3) | (byte)type);

    public void WriteRawVarint(ulong value)
    {
        var length = VarintLength(value);
        Reserve(length);
        WriteVarintAt(_length - length, value);
    }

    public void WriteRawFixed64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Reserve(8), value);

    public void WriteRawFixed32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), value);

    public void WriteRaw(ReadOnlySpan<byte> value) => value.CopyTo(Reserve(value.Length));

    /// <summary>How many bytes <paramref name="value"/> takes as a varint: 1 to 10.</summary>
    public static int VarintLength(ulong value) => ((BitOperations.Log2(value | 1) * 9) + 73) / 64;

    private void WriteVarintAt(int position, ulong value)
    {
        while (value >= 0x80)
        {
            _buffer[position++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _buffer[position] = (byte)value;
    }

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - _length < count)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, checked(_length + count)));
        var span = _buffer.AsSpan(_length, count);
        _length += count;
        return span;
    }
}
