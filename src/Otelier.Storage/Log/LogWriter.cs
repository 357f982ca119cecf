using System.Buffers;
using Microsoft.Extensions.Logging;

namespace Otelier.Storage.Log;

/// <summary>
/// The group commit. One thread takes everything that waits, writes it with one gathering write, fsyncs once and
/// answers; what comes meanwhile is the next group. Nothing waits for company: alone, a record costs one write and one fsync.
/// </summary>
internal sealed partial class LogWriter(
    LogOptions options, ILogDisk disk, LogIdentity identity, SegmentSet segments, Action<PendingWrite, Segment> publish,
    Func<Checkpoints> checkpoints, TimeProvider time, ILogger logger)
{
    private enum State
    {
        Running,
        ReadOnly,
        Failed,
    }

    private readonly object _gate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<PendingWrite> _group = [];
    private readonly List<ReadOnlyMemory<byte>> _buffers = [];
    private List<PendingWrite> _queue = [];
    private List<PendingWrite> _taken = [];
    private byte[] _heads = [];
    private long _queueBytes;
    private bool _isStopping;
    private long _nextSequence;
    private long _freeSpaceSeen;
    private volatile State _state;
    private long _recordsAppended;
    private long _bytesAppended;
    private long _refused;
    private long _fsyncCount;
    private long _fsyncTicks;

    public bool IsReadOnly => _state == State.ReadOnly;

    public bool IsFailed => _state == State.Failed;

    /// <summary>The number of the last record that is on disk; 0 for none.</summary>
    public long LastSequence => Volatile.Read(ref _nextSequence) - 1;

    public long QueueBytes => Interlocked.Read(ref _queueBytes);

    public long RecordsAppended => Interlocked.Read(ref _recordsAppended);

    public long BytesAppended => Interlocked.Read(ref _bytesAppended);

    public long Refused => Interlocked.Read(ref _refused);

    public long FsyncCount => Interlocked.Read(ref _fsyncCount);

    public double FsyncSeconds => (double)Interlocked.Read(ref _fsyncTicks) / time.TimestampFrequency;

    public void Start(long nextSequence)
    {
        _nextSequence = nextSequence;
        LookAtFreeSpace();
        new Thread(Run) { IsBackground = true, Name = "otelier-log" }.Start();
    }

    /// <summary>Hands a write to the thread; its answer comes through <see cref="PendingWrite.Done"/>, refusals too.</summary>
    public async ValueTask<AppendResult> WriteAsync(PendingWrite write, CancellationToken cancellationToken)
    {
        if (Refuse(write) is { } outcome)
        {
            Interlocked.Increment(ref _refused);
            write.Finish(outcome);
            return await write.Done.ConfigureAwait(false);
        }

        await using var registration = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var (writer, pending) = ((LogWriter, PendingWrite))state!;
                if (pending.TryCancel(token))
                    Interlocked.Add(ref writer._queueBytes, -pending.FrameBytes);
            },
            cancellationToken.CanBeCanceled ? (this, write) : null).ConfigureAwait(false);
        return await write.Done.ConfigureAwait(false);
    }

    /// <summary>Counts a record refused before it came here.</summary>
    public void NoteRefused() => Interlocked.Increment(ref _refused);

    /// <summary>Writes what waits, then ends the thread. Later writes throw.</summary>
    public Task StopAsync()
    {
        lock (_gate)
        {
            _isStopping = true;
            Monitor.Pulse(_gate);
        }

        return _ended.Task;
    }

    private AppendOutcome? Refuse(PendingWrite write)
    {
        lock (_gate)
        {
            if (_isStopping)
            {
                write.DropAttachment();
                throw new ObjectDisposedException(nameof(WriteAheadLog));
            }

            if (_state == State.Failed)
                return AppendOutcome.Failed;
            // Whatever its size, one record may wait: otherwise a large one would never get in.
            var isCrowded = _queue.Count > 0
                && (QueueBytes + write.FrameBytes > options.QueueBytesMax || _queue.Count >= options.QueueRecordsMax);
            if (isCrowded && write.Type == FrameType.Record)
                return AppendOutcome.Busy;
            Interlocked.Add(ref _queueBytes, write.FrameBytes);
            _queue.Add(write);
            if (_queue.Count == 1)
                Monitor.Pulse(_gate);
            return null;
        }
    }

    private void Run()
    {
        while (Take())
        {
            var done = 0;
            try
            {
                while (done < _taken.Count)
                    done = CommitGroup(done);
            }
            catch (Exception failure)
            {
                // The disk's failure or a bug: either way nobody may wait for ever for this thread, nor append behind it.
                Fail(failure);
            }

            // The payloads are their callers' again.
            _taken.Clear();
            _group.Clear();
            _buffers.Clear();
        }

        _ended.TrySetResult();
    }

    private bool Take()
    {
        lock (_gate)
        {
            while (_queue.Count == 0)
            {
                if (_isStopping)
                    return false;
                Monitor.Wait(_gate);
            }

            (_queue, _taken) = (_taken, _queue);
            return true;
        }
    }

    /// <summary>Writes as many as belong into one segment, from <paramref name="start"/> on. Where the next group begins.</summary>
    private int CommitGroup(int start)
    {
        LookAtFreeSpaceAgain();
        _group.Clear();
        _buffers.Clear();
        EnsureHeads(_taken.Count - start);
        var end = segments.Active.Length;
        var sequence = _nextSequence;
        var headsUsed = 0;
        var index = start;
        for (; index < _taken.Count; index++)
        {
            var write = _taken[index];
            if (!write.TryClaim())
                continue;
            if (RefusalOf(write, ref end) is { } refusal)
            {
                Answer(write, refusal);
                continue;
            }

            if (end + write.FrameBytes > options.SegmentBytes && (sequence > _nextSequence || segments.Active.HasRecords))
            {
                if (_group.Count > 0)
                    break;
                if (!TryRoll())
                {
                    Answer(write, AppendOutcome.ReadOnly);
                    continue;
                }

                end = segments.Active.Length;
            }

            write.Offset = end;
            if (write.Type == FrameType.Record)
                write.Sequence = sequence++;
            headsUsed += AddBuffers(write, headsUsed);
            end += write.FrameBytes;
            _group.Add(write);
        }

        if (_group.Count > 0)
            Commit(end, sequence);
        return index;
    }

    private int AddBuffers(PendingWrite write, int headsUsed)
    {
        var room = _heads.AsSpan(headsUsed);
        var bytes = write.Type == FrameType.Record
            ? Frame.WriteRecordHead(room, identity.Marker, write.Sequence, write.Header, write.Payload.Length, write.PayloadCrc)
            : Frame.WriteCut(room, identity.Marker, write.Cut);
        _buffers.Add(_heads.AsMemory(headsUsed, bytes));
        if (!write.Payload.IsEmpty)
            _buffers.Add(write.Payload);
        return bytes;
    }

    private void Commit(long end, long nextSequence)
    {
        var segment = segments.Active;
        try
        {
            segments.ActiveFile.Write(_buffers, segment.Length);
        }
        catch (IOException failure) when (IsDiskFull(failure))
        {
            // Nothing is written but not fsynced: cut back, the log is what it was.
            segments.ActiveFile.SetLength(segment.Length);
            EnterReadOnly();
            foreach (var write in _group)
                Answer(write, AppendOutcome.ReadOnly);
            return;
        }

        var begun = time.GetTimestamp();
        segments.ActiveFile.Flush();
        Interlocked.Add(ref _fsyncTicks, time.GetTimestamp() - begun);
        Interlocked.Increment(ref _fsyncCount);

        Interlocked.Add(ref _recordsAppended, nextSequence - _nextSequence);
        Interlocked.Add(ref _bytesAppended, end - segment.Length);
        Volatile.Write(ref _nextSequence, nextSequence);
        segments.Extend(end);
        foreach (var write in _group)
        {
            // A cut needs no note: the records it names are before it and hold its segment with theirs.
            if (write.Type == FrameType.Record)
            {
                segment.NoteRecord(write.Signal, write.Sequence);
                publish(write, segment);
            }

            Answer(write, AppendOutcome.Appended);
        }
    }

    /// <summary>Why the write cannot be taken, if so. May roll, then <paramref name="end"/> is the new segment's.</summary>
    private AppendOutcome? RefusalOf(PendingWrite write, ref long end)
    {
        // Cuts are small and what the drain needs to make room again.
        if (write.Type == FrameType.Cut)
            return null;
        if (_state == State.ReadOnly)
            return AppendOutcome.ReadOnly;
        if (Fits(write, end))
            return null;
        // A wholly checkpointed segment is only kept because it is the one being written. Without this a log with
        // nothing left to drain could stay full.
        if (_group.Count > 0 || !segments.Active.HasRecords || !segments.Active.IsCoveredBy(checkpoints()))
            return AppendOutcome.Full;
        if (!TryRoll())
            return AppendOutcome.ReadOnly;
        end = segments.Active.Length;
        return Fits(write, end) ? null : AppendOutcome.Full;
    }

    private bool Fits(PendingWrite write, long end)
    {
        var inGroup = end - segments.Active.Length;
        // It may need a segment of its own.
        return segments.BytesOnDisk + inGroup + write.FrameBytes + LogIdentity.PreambleBytes <= options.LogBytesMax;
    }

    private bool TryRoll()
    {
        try
        {
            segments.Roll(_nextSequence);
        }
        catch (IOException failure) when (IsDiskFull(failure))
        {
            EnterReadOnly();
            return false;
        }

        segments.DeleteCovered(checkpoints());
        LookAtFreeSpace();
        return true;
    }

    private void Answer(PendingWrite write, AppendOutcome outcome)
    {
        Interlocked.Add(ref _queueBytes, -write.FrameBytes);
        if (outcome != AppendOutcome.Appended)
            Interlocked.Increment(ref _refused);
        write.Finish(outcome);
    }

    private void Fail(Exception failure)
    {
        List<PendingWrite> waiting;
        lock (_gate)
        {
            _state = State.Failed;
            waiting = _queue;
            _queue = [];
        }

        LogFailed(failure);
        try
        {
            // So that what is now answered with Failed does not come back at the next start, where it can be helped.
            segments.ActiveFile.SetLength(segments.Active.Length);
        }
        catch (Exception second) when (second is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            LogNotCutBack(second);
        }

        foreach (var write in _taken.Concat(waiting))
        {
            if (write.TryClaim() && !write.Done.IsCompleted)
                Answer(write, AppendOutcome.Failed);
        }
    }

    private void LookAtFreeSpaceAgain()
    {
        if (time.GetElapsedTime(_freeSpaceSeen) >= options.FreeDiskCheckInterval)
            LookAtFreeSpace();
    }

    private void LookAtFreeSpace()
    {
        _freeSpaceSeen = time.GetTimestamp();
        var free = disk.FreeBytes(options.Directory);
        if (free < options.FreeDiskBytesMin)
        {
            EnterReadOnly();
        }
        else if (_state == State.ReadOnly)
        {
            _state = State.Running;
            LogWritableAgain(free);
        }
    }

    private void EnterReadOnly()
    {
        // Believed for one interval, also when the space was used up between two looks.
        _freeSpaceSeen = time.GetTimestamp();
        if (_state == State.ReadOnly)
            return;
        _state = State.ReadOnly;
        LogReadOnly(options.FreeDiskBytesMin);
    }

    /// <summary>ENOSPC and EDQUOT of Linux, EDQUOT of macOS, ERROR_DISK_FULL of Windows.</summary>
    private static bool IsDiskFull(IOException failure) => failure.HResult is 28 or 122 or 69 or unchecked((int)0x80070070);

    private void EnsureHeads(int writes)
    {
        var needed = writes * Frame.HeadBytesMax;
        if (_heads.Length >= needed)
            return;
        if (_heads.Length > 0)
            ArrayPool<byte>.Shared.Return(_heads);
        _heads = ArrayPool<byte>.Shared.Rent(needed);
    }
}
