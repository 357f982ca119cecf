using Otelier.Signals;

namespace Otelier.Storage.Log;

/// <summary>What of one signal is cut, delivered and checkpointed, and how far that is behind. Thread-safe.</summary>
internal sealed class SignalLedger
{
    // Beyond this many the newest are counted together: the lag gets coarser, the memory does not grow.
    private const int DeliveredStepsMax = 65_536;

    private readonly Lock _gate = new();
    private readonly Queue<LogCut> _cuts;
    private readonly Queue<Step> _delivered = new();
    private readonly Signal _signal;
    private readonly int _cutsMax;
    private Step? _newest;
    private long _records;
    private long _bytes;
    private long _lastCut;

    public SignalLedger(Signal signal, long checkpoint, IEnumerable<LogCut> cuts, int cutsMax)
    {
        _signal = signal;
        _cutsMax = cutsMax;
        _cuts = new Queue<LogCut>(cuts);
        _lastCut = _cuts.Count > 0 ? _cuts.Last().Last : checkpoint;
        LastDelivered = checkpoint;
    }

    public long LastDelivered { get; private set; }

    public void NoteAppended(long records, long bytes)
    {
        lock (_gate)
        {
            _records += records;
            _bytes += bytes;
        }
    }

    public void NoteDelivered(LogEntry entry)
    {
        lock (_gate)
        {
            LastDelivered = entry.Sequence;
            if (_delivered.Count > 0 && _delivered.Count >= DeliveredStepsMax)
            {
                _newest!.Add(entry);
                return;
            }

            _newest = new Step(entry);
            _delivered.Enqueue(_newest);
        }
    }

    /// <summary>Records that were to be delivered turned out unreadable.</summary>
    public void NoteLost(long records, long bytes) => NoteAppended(-records, -bytes);

    /// <exception cref="ArgumentException">The cut is empty, overlaps an earlier one, or holds records never delivered.</exception>
    /// <exception cref="InvalidOperationException">Too many cuts are ahead of the checkpoint.</exception>
    public void Check(in LogCut cut)
    {
        lock (_gate)
        {
            if (cut.First <= _lastCut || cut.Last < cut.First || cut.Last > LastDelivered)
            {
                throw new ArgumentException(
                    $"{cut} does not follow the last cut, up to {_lastCut}, and the last record delivered, {LastDelivered}.", nameof(cut));
            }

            if (_cuts.Count >= _cutsMax)
                throw new InvalidOperationException($"{_cuts.Count} cuts of {_signal} wait for a checkpoint; no more are allowed.");
        }
    }

    public void Add(in LogCut cut)
    {
        lock (_gate)
        {
            _lastCut = cut.Last;
            _cuts.Enqueue(cut);
        }
    }

    public LogCut[] PendingCuts()
    {
        lock (_gate)
            return [.. _cuts];
    }

    public void Checkpoint(long last)
    {
        lock (_gate)
        {
            while (_cuts.TryPeek(out var cut) && cut.Last <= last)
                _cuts.Dequeue();
            while (_delivered.TryPeek(out var step) && step.LastSequence <= last)
            {
                _delivered.Dequeue();
                _records -= step.Records;
                _bytes -= step.Bytes;
            }

            // What is checkpointed without having been cut must not be cut any more.
            _lastCut = Math.Max(_lastCut, last);
        }
    }

    /// <param name="oldestUndelivered">Receive time of the oldest record not yet delivered, if there is one.</param>
    public LogLag Lag(long? oldestUndelivered)
    {
        lock (_gate)
        {
            var oldest = _delivered.TryPeek(out var step) ? step.OldestReceivedUnixNano : oldestUndelivered;
            return new LogLag(_records, _bytes, oldest);
        }
    }

    /// <summary>Records delivered and not checkpointed.</summary>
    private sealed class Step(LogEntry entry)
    {
        public long LastSequence { get; private set; } = entry.Sequence;

        public long Records { get; private set; } = 1;

        public long Bytes { get; private set; } = entry.PayloadBytes;

        public long OldestReceivedUnixNano { get; } = entry.Header.ReceivedUnixNano;

        public void Add(LogEntry entry)
        {
            LastSequence = entry.Sequence;
            Records++;
            Bytes += entry.PayloadBytes;
        }
    }
}
