using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Otelier.Signals.Columns;

/// <summary>A column of values of one fixed size, in pooled memory. Not thread-safe while it is being filled.</summary>
public sealed class FixedColumn<T>(int capacity = 64) : Column
    where T : unmanaged
{
    private T[] _values = ArrayPool<T>.Shared.Rent(capacity);
    private int _count;

    public override int Count => _count;

    public ReadOnlySpan<T> Values => _values.AsSpan(0, _count);

    /// <summary>The values as they lie in memory, little-endian: the engine's Native form.</summary>
    public ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(Values);

    public override int Capacity => _values.Length * Unsafe.SizeOf<T>();

    public T this[int row] => _values[row];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(T value)
    {
        if (_count == _values.Length)
            Grow(1);
        _values[_count++] = value;
    }

    public void AddRange(ReadOnlySpan<T> values)
    {
        if (_values.Length - _count < values.Length)
            Grow(values.Length);
        values.CopyTo(_values.AsSpan(_count));
        _count += values.Length;
    }

    public override void Truncate(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)_count, nameof(count));
        _count = count;
    }

    public override void Clear() => _count = 0;

    public override void Dispose()
    {
        var values = Interlocked.Exchange(ref _values, []);
        _count = 0;
        if (values.Length > 0)
            ArrayPool<T>.Shared.Return(values);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int needed)
    {
        var bigger = ArrayPool<T>.Shared.Rent(checked(Math.Max(_values.Length * 2, _count + needed)));
        _values.AsSpan(0, _count).CopyTo(bigger);
        if (_values.Length > 0)
            ArrayPool<T>.Shared.Return(_values);
        _values = bigger;
    }
}
