using System.Buffers;
using System.Numerics;

namespace Otelier.Server.Ingest;

/// <summary>
/// A message in one contiguous run of pooled memory that is paid for from <see cref="InFlightBytes"/>. Owned by one
/// request; <see cref="Dispose"/> gives memory and budget back, after which every view of it is invalid.
/// </summary>
internal sealed class BodyBuffer(InFlightBytes budget) : IDisposable
{
    private const int SmallestArray = 256;

    private byte[] _bytes = [];
    private int _paid;

    /// <summary>How many bytes have been written.</summary>
    public int Length { get; private set; }

    public int Capacity => _bytes.Length;

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    public Span<byte> FreeSpan => _bytes.AsSpan(Length);

    /// <summary>Makes room for <paramref name="capacity"/> bytes in all; <see langword="false"/> when the budget forbids it.</summary>
    public bool TryGrow(int capacity)
    {
        if (capacity <= _bytes.Length)
            return true;
        // The pool gives powers of two; the budget counts what is really held.
        var size = (int)Math.Min(BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, SmallestArray)), (uint)Array.MaxLength);
        if (!budget.TryTake(size))
            return false;
        var bigger = ArrayPool<byte>.Shared.Rent(size);
        _bytes.AsSpan(0, Length).CopyTo(bigger);
        Release();
        _bytes = bigger;
        _paid = size;
        return true;
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_bytes.Length - Length), nameof(count));
        Length += count;
    }

    public void Dispose()
    {
        Release();
        _bytes = [];
        Length = 0;
    }

    private void Release()
    {
        if (_bytes.Length == 0)
            return;
        budget.Return(_paid);
        ArrayPool<byte>.Shared.Return(_bytes);
    }
}
