using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Otelier.Signals.Otlp;

/// <summary>
/// Reads the Protocol Buffers wire format from one contiguous span, without allocating and without throwing.
/// The first fault is kept in <see cref="Error"/> and ends the input: every later read gives zero or empty and
/// <see cref="TryReadTag"/> gives <see langword="false"/>, so a loop over the fields ends by itself and the caller
/// looks at <see cref="Error"/> once.
/// </summary>
public ref struct ProtoReader(ReadOnlySpan<byte> data)
{
    private const int GroupNestingMax = 32;

    private readonly ReadOnlySpan<byte> _data = data;
    private int _position = 0;

    /// <summary>The first fault met, or <see cref="DecodeError.None"/>.</summary>
    public DecodeError Error { get; private set; } = DecodeError.None;

    /// <summary>How many bytes have been read.</summary>
    public readonly int Position => _position;

    /// <summary>Reads the next field's tag; <see langword="false"/> at the end of the input or after a fault.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadTag(out uint tag)
    {
        if ((uint)_position < (uint)_data.Length)
        {
            tag = _data[_position];
            if (tag is < 0x80 and >= 8)
            {
                _position++;
                return true;
            }

            // Only the copy's address is taken, here and below, so the reader itself can stay in registers.
            var slow = this;
            var read = slow.TryReadLongTag(out tag);
            this = slow;
            return read;
        }

        tag = 0;
        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryReadLongTag(out uint tag)
    {
        var value = ReadVarint();
        tag = (uint)value;
        if (Error != DecodeError.None)
            return false;
        if (value > uint.MaxValue || value < 8)
        {
            Fail(DecodeError.MalformedTag);
            return false;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadVarint()
    {
        if ((uint)_position < (uint)_data.Length)
        {
            var first = _data[_position];
            if (first < 0x80)
            {
                _position++;
                return first;
            }
        }

        var slow = this;
        var value = slow.ReadLongVarint();
        this = slow;
        return value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong ReadLongVarint()
    {
        ulong result = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if ((uint)_position >= (uint)_data.Length)
            {
                Fail(DecodeError.Truncated);
                return 0;
            }

            var b = _data[_position++];
            // The tenth byte holds one bit; what is above it is dropped, as every other reader does.
            result |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
                return result;
        }

        Fail(DecodeError.MalformedVarint);
        return 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadFixed64()
    {
        if (_data.Length - _position < 8)
        {
            Fail(DecodeError.Truncated);
            return 0;
        }

        var value = BinaryPrimitives.ReadUInt64LittleEndian(_data.Slice(_position, 8));
        _position += 8;
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint ReadFixed32()
    {
        if (_data.Length - _position < 4)
        {
            Fail(DecodeError.Truncated);
            return 0;
        }

        var value = BinaryPrimitives.ReadUInt32LittleEndian(_data.Slice(_position, 4));
        _position += 4;
        return value;
    }

    public double ReadDouble() => BitConverter.UInt64BitsToDouble(ReadFixed64());

    /// <summary>Reads a length-delimited value. The result is a view of the input, valid as long as the input is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> ReadBytes()
    {
        var length = ReadVarint();
        if (length > (ulong)(_data.Length - _position))
        {
            Fail(DecodeError.Truncated);
            return default;
        }

        var value = _data.Slice(_position, (int)length);
        _position += (int)length;
        return value;
    }

    /// <summary>Passes over the value of a field this reader's caller does not know (or expects in another wire type).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(uint tag)
    {
        var slow = this;
        slow.Skip(tag, GroupNestingMax);
        this = slow;
    }

    /// <summary>
    /// Passes over a field the caller does not know. A field it does know by number, 1 to
    /// <paramref name="lastKnownField"/>, must have come with another wire type than the protocol gives it: a fault.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SkipUnknown(uint tag, uint lastKnownField)
    {
        if (tag >> 3 <= lastKnownField)
            Fail(DecodeError.WrongWireType);
        else
            Skip(tag);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Skip(uint tag, int depthLeft)
    {
        switch ((WireType)(tag & 7))
        {
            case WireType.Varint:
                ReadVarint();
                break;
            case WireType.Fixed64:
                ReadFixed64();
                break;
            case WireType.Length:
                ReadBytes();
                break;
            case WireType.Fixed32:
                ReadFixed32();
                break;
            case WireType.StartGroup when depthLeft > 0:
                SkipGroup(tag, depthLeft - 1);
                break;
            case WireType.StartGroup:
                Fail(DecodeError.NestingTooDeep);
                break;
            default:
                Fail(DecodeError.MalformedTag);
                break;
        }
    }

    private void SkipGroup(uint startTag, int depthLeft)
    {
        var endTag = (startTag & ~7u) | (uint)WireType.EndGroup;
        while (TryReadTag(out var tag))
        {
            if (tag == endTag)
                return;
            Skip(tag, depthLeft);
        }

        if (Error == DecodeError.None)
            Fail(DecodeError.Truncated);
    }

    /// <summary>Records a fault found by the caller and ends the input; the first fault wins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fail(DecodeError error)
    {
        if (Error == DecodeError.None)
            Error = error;
        _position = _data.Length;
    }
}
