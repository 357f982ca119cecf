using System.Diagnostics;

namespace Otelier.Storage.Log;

/// <summary>
/// One signal's records between log and tail, in order: entries with their attachment in memory, and runs to be read back
/// from disk where memory did not suffice. One thread publishes, one reader reads.
/// </summary>
internal sealed class SignalQueue(SignalLedger ledger, RunReader reader, MemoryBudget budget, int recordsMax, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Queue<Item> _items = new();
    private DiskRun? _lastRun;
    private TaskCompletionSource? _arrival;
    private bool _isClosed;
    private int _isReading;

    public SignalLedger Ledger => ledger;

    public LogLag Lag
    {
        get
        {
            long? oldest = null;
            lock (_gate)
            {
                if (_items.TryPeek(out var item))
                    oldest = item.Entry?.Header.ReceivedUnixNano ?? item.Run?.OldestReceivedUnixNano;
            }

            return ledger.Lag(oldest);
        }
    }

    /// <summary>Puts what was found at opening before everything else.</summary>
    public void Begin(DiskRun backlog)
    {
        ledger.NoteAppended(backlog.Records, backlog.Bytes);
        lock (_gate)
        {
            _items.Enqueue(new Item(null, backlog));
            _lastRun = backlog;
        }
    }

    /// <summary>Takes a record that is on disk, and its attachment.</summary>
    public void Publish(PendingWrite write, Segment segment)
    {
        ledger.NoteAppended(1, write.Payload.Length);
        TaskCompletionSource? arrival;
        var isKept = false;
        lock (_gate)
        {
            if (!_isClosed && _items.Count < recordsMax && write.TakeAttachment() is { } attachment)
            {
                var entry = new LogEntry(write.Sequence, write.Header, write.Payload.Length, attachment, write.AttachmentBytes);
                _items.Enqueue(new Item(entry, null));
                _lastRun = null;
                isKept = true;
            }
            else
            {
                if (_lastRun is null)
                {
                    _lastRun = new DiskRun(segment, write.Offset, write.Header.ReceivedUnixNano);
                    _items.Enqueue(new Item(null, _lastRun));
                }

                _lastRun.Extend(write.Sequence, write.Payload.Length);
            }

            arrival = _arrival;
            _arrival = null;
        }

        arrival?.TrySetResult();
        if (!isKept && write.DropAttachment())
            budget.NoteRefused();
    }

    /// <summary>The next entry, or null when none came within <paramref name="waitMax"/>.</summary>
    public async ValueTask<LogEntry?> ReadAsync(TimeSpan waitMax, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isReading, 1) == 1)
            throw new InvalidOperationException("A tail is read by one reader at a time.");
        try
        {
            var begun = time.GetTimestamp();
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (TryTake(cancellationToken, out var arrival) is { } entry)
                    return entry;
                var remaining = waitMax;
                if (waitMax != Timeout.InfiniteTimeSpan && (remaining -= time.GetElapsedTime(begun)) <= TimeSpan.Zero)
                    return null;
                // Neither a timeout nor a cancellation is worth an exception here; both are looked at above.
                await arrival.WaitAsync(remaining, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            Volatile.Write(ref _isReading, 0);
        }
    }

    /// <summary>Lets go of everything in memory; the records stay in the log.</summary>
    public void Close()
    {
        TaskCompletionSource? arrival;
        Item[] left;
        lock (_gate)
        {
            _isClosed = true;
            left = [.. _items];
            _items.Clear();
            arrival = _arrival;
            _arrival = null;
        }

        foreach (var item in left)
        {
            budget.Release(item.Entry?.AttachmentBytes ?? 0);
            item.Entry?.Dispose();
        }

        arrival?.TrySetResult();
        reader.Dispose();
    }

    /// <summary>The next entry; or null, and a task that ends when one arrives.</summary>
    private LogEntry? TryTake(CancellationToken cancellationToken, out Task arrival)
    {
        arrival = Task.CompletedTask;
        while (true)
        {
            DiskRun run;
            long bound;
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_isClosed, typeof(WriteAheadLog));
                if (!_items.TryPeek(out var item))
                {
                    _arrival ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    arrival = _arrival.Task;
                    return null;
                }

                if (item.Entry is { } ready)
                {
                    _items.Dequeue();
                    budget.Release(ready.AttachmentBytes);
                    ledger.NoteDelivered(ready);
                    return ready;
                }

                run = item.Run ?? throw new UnreachableException();
                bound = run.LastSequence;
            }

            // Without the lock: the writer must be able to publish while the disk is read.
            var entry = reader.ReadNext(run, ledger.LastDelivered, bound, cancellationToken);
            lock (_gate)
            {
                if (entry is not null)
                {
                    run.Take(entry);
                    ledger.NoteDelivered(entry);
                }

                // The writer may have extended the run while it was read; then it stays.
                if (run.LastSequence == bound && (entry is null || entry.Sequence == bound))
                    Finish(run);
            }

            if (entry is not null)
                return entry;
        }
    }

    private void Finish(DiskRun run)
    {
        if (_isClosed)
            return;
        _items.Dequeue();
        if (_lastRun == run)
            _lastRun = null;
        if (run.Records > 0)
            ledger.NoteLost(run.Records, run.Bytes);
    }

    private readonly record struct Item(LogEntry? Entry, DiskRun? Run);
}
