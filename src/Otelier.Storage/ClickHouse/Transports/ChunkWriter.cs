using System.Buffers;

namespace Otelier.Storage.ClickHouse.Transports;

/// <summary>Takes a chunk of the body; the bytes are valid for the call only.</summary>
internal delegate void ChunkSink(ReadOnlySpan<byte> chunk);

/// <summary>Gathers a body into chunks of about a megabyte, so no block is ever held whole.</summary>
internal sealed class ChunkWriter(ChunkSink sink, CancellationToken cancellationToken) : IBufferWriter<byte>, IDisposable
{
    internal const int ChunkBytes = 1 << 20;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
    private int _length;

    /// <summary>Bytes written so far.</summary>
    internal long TotalBytes { get; private set; }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_buffer.Length - _length), nameof(count));
        _length += count;
        TotalBytes += count;
        if (_length >= ChunkBytes)
            Flush();
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureFree(sizeHint);
        return _buffer.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureFree(sizeHint);
        return _buffer.AsSpan(_length);
    }

    /// <summary>Hands over what is gathered.</summary>
    internal void Flush()
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_length == 0)
            return;
        sink(_buffer.AsSpan(0, _length));
        _length = 0;
    }

    public void Dispose()
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);
        _length = 0;
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    private void EnsureFree(int sizeHint)
    {
        var needed = Math.Max(sizeHint, 1);
        if (_buffer.Length - _length >= needed)
            return;
        Flush();
        if (_buffer.Length >= needed)
            return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _buffer = ArrayPool<byte>.Shared.Rent(needed);
    }
}
