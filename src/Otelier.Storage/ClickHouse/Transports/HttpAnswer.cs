using Otelier.Storage.ClickHouse.Native;

namespace Otelier.Storage.ClickHouse.Transports;

/// <summary>
/// Blocks from an HTTP body, whose pieces end anywhere. A failure after the first bytes can only be told in the body itself,
/// as text where a block should be.
/// </summary>
internal sealed class HttpAnswer(Stream stream, TimeSpan silenceMax, TimeProvider time)
{
    /// <summary>The largest block taken; the server's are about 65,000 rows.</summary>
    private const int BlockBytesMax = 512 << 20;

    private const int ReadBytes = 256 * 1024;

    private readonly Dictionary<string, ColumnFormat> _formats = new(StringComparer.Ordinal);
    private byte[] _buffer = new byte[ReadBytes];
    private int _start;
    private int _end;
    private bool _streamEnded;

    // A block that was not whole is tried again only when this much is there: each byte is looked at twice at most.
    private int _needed = 1;

    /// <summary>The next block with rows; null at the end.</summary>
    /// <exception cref="ClickHouseException">The server reports a failure, or the connection broke.</exception>
    /// <exception cref="ClickHouseProtocolException">The body is not blocks.</exception>
    internal async Task<NativeBlock?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var available = _end - _start;
            if (available > 0 && (available >= _needed || _streamEnded))
            {
                if (TryTake() is not { } block)
                {
                    if (_streamEnded)
                        throw Failure() ?? (Exception)new ClickHouseProtocolException("An answer ends in the middle of a block.");
                }
                else if (block.RowCount > 0)
                {
                    return block;
                }
                else
                {
                    continue;
                }
            }

            if (_streamEnded)
                return null;
            await FillAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private ClickHouseException? Failure() => HttpFailure.Find(_buffer.AsSpan(_start, _end - _start));

    private NativeBlock? TryTake()
    {
        var reader = new NativeBlockReader(_buffer.AsMemory(_start, _end - _start), _formats);
        try
        {
            if (!reader.TryRead(out var block))
            {
                _needed = (int)Math.Min((_end - _start) * 2L, BlockBytesMax);
                return null;
            }

            _start += reader.Position;
            _needed = 1;
            // The block is a view of this memory from now on; what follows it moves to memory of its own.
            var rest = _end - _start;
            var next = new byte[Math.Max(rest, ReadBytes)];
            _buffer.AsSpan(_start, rest).CopyTo(next);
            _buffer = next;
            _start = 0;
            _end = rest;
            return block;
        }
        catch (ClickHouseProtocolException e)
        {
            throw Failure() ?? (Exception)new ClickHouseProtocolException(e.Message, e);
        }
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= BlockBytesMax)
                throw new ClickHouseProtocolException($"A block has more than {BlockBytesMax} bytes.");
            Array.Resize(ref _buffer, (int)Math.Min((long)_buffer.Length * 2, BlockBytesMax));
        }

        using var silence = new CancellationTokenSource(silenceMax, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        try
        {
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), either.Token).ConfigureAwait(false);
            _end += read;
            _streamEnded = read == 0;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw ClickHouseException.Unreachable("The server has not gone on with its answer for too long.", e);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or InvalidDataException)
        {
            // Newer servers break the connection after writing the reason.
            throw Failure() ?? ClickHouseException.Unreachable($"The connection broke within an answer: {e.Message}", e);
        }
    }
}
