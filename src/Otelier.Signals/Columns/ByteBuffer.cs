using System.Buffers;
using System.Runtime.CompilerServices;

namespace Otelier.Signals.Columns;

/// <summary>
/// A growing run of bytes in pooled memory. Owned by one batch or encoder at a time and not thread-safe;
/// <see cref="Dispose"/> gives the memory back, after which every span taken from it is invalid.
/// </summary>
public sealed class ByteBuffer(int capacity = 256) : IBufferWriter<byte>, IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);
    private int _length;

    public int Length => _length;

    /// <summary>How much memory is held, in bytes.</summary>
    public int Capacity => _bytes.Length;

    public ReadOnlySpan<byte> WrittenSpan => _bytes.AsSpan(0, _length);

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, _length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Slice(int start, int length) => _bytes.AsSpan(start, length);

    /// <summary>What is written, and at least so many bytes of memory behind it.</summary>
    internal ReadOnlySpan<byte> WithSlack(int slack)
    {
        EnsureFree(slack);
        return _bytes.AsSpan(0, _length + slack);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(ReadOnlySpan<byte> value)
    {
        if (_bytes.Length - _length < value.Length)
            Grow(value.Length);
        value.CopyTo(_bytes.AsSpan(_length));
        _length += value.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(byte value)
    {
        if (_length == _bytes.Length)
            Grow(1);
        _bytes[_length++] = value;
    }

    /// <summary>Appends <paramref name="value"/> as the engine's unsigned LEB128 number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AppendVarint(uint value)
    {
        if (_bytes.Length - _length < 5)
            Grow(5);
        while (value >= 0x80)
        {
            _bytes[_length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _bytes[_length++] = (byte)value;
    }

    /// <summary>Appends length and bytes: the engine's Native form of a String.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AppendString(ReadOnlySpan<byte> value)
    {
        if (_bytes.Length - _length < value.Length + 5)
            Grow(value.Length + 5);
        if (value.Length < 0x80)
            _bytes[_length++] = (byte)value.Length;
        else
            AppendVarint((uint)value.Length);
        value.CopyTo(_bytes.AsSpan(_length));
        _length += value.Length;
    }

    /// <summary>Cuts the buffer back to <paramref name="length"/> bytes.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)_length, nameof(length));
        _length = length;
    }

    public void Clear() => _length = 0;

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_bytes.Length - _length), nameof(count));
        _length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureFree(sizeHint);
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureFree(sizeHint);
        return _bytes.AsSpan(_length);
    }

    public void Dispose()
    {
        var bytes = Interlocked.Exchange(ref _bytes, []);
        _length = 0;
        if (bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(bytes);
    }

    private void EnsureFree(int sizeHint)
    {
        var needed = Math.Max(sizeHint, 1);
        if (_bytes.Length - _length < needed)
            Grow(needed);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int needed)
    {
        var size = (int)Math.Min(Math.Max((long)_bytes.Length * 2, (long)_length + needed), Array.MaxLength);
        if (size - _length < needed)
            throw new InvalidOperationException("A buffer would exceed the largest array; the request limit must be lower.");
        var bigger = ArrayPool<byte>.Shared.Rent(size);
        _bytes.AsSpan(0, _length).CopyTo(bigger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = bigger;
    }
}
