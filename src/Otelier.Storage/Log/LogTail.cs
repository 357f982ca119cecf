using Otelier.Signals;

namespace Otelier.Storage.Log;

/// <summary>
/// The delivery of one signal: every record after its checkpoint, in order, each once. What was there at opening comes first,
/// read back from disk, while new records are already being appended. One reader at a time.
/// </summary>
public sealed class LogTail
{
    private readonly SignalQueue _queue;

    internal LogTail(Signal signal, SignalQueue queue)
    {
        Signal = signal;
        _queue = queue;
    }

    public Signal Signal { get; }

    /// <summary>The next record, waiting for it as long as it takes. The caller owns the entry. A cancelled call loses none.</summary>
    /// <exception cref="ObjectDisposedException">The log was closed.</exception>
    /// <exception cref="IOException">The disk cannot be read; the call may be repeated and loses nothing.</exception>
    public async ValueTask<LogEntry> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await _queue.ReadAsync(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false) is { } entry)
                return entry;
        }
    }

    /// <summary>The next record, or null when none comes within <paramref name="waitMax"/>; zero only takes what is there.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public ValueTask<LogEntry?> TryReadAsync(TimeSpan waitMax, CancellationToken cancellationToken) =>
        _queue.ReadAsync(waitMax, cancellationToken);
}
