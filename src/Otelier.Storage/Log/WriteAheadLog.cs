using Microsoft.Extensions.Logging;
using Otelier.Signals;

namespace Otelier.Storage.Log;

/// <summary>
/// The requests as received, on disk before anybody is told so. Records get consecutive numbers over all signals;
/// each signal has a tail that delivers its records in order, cut marks that say where its blocks end, and a checkpoint
/// up to which the store has them. A directory belongs to one open log. Thread-safe.
/// </summary>
/// <remarks>
/// Promises rest on the disk's fsync being true. Numbers are only skipped after damage at the log's end, so that none is used twice.
/// </remarks>
public sealed partial class WriteAheadLog : IAsyncDisposable
{
    private const string IdentityFileName = "log.id";
    private const string LockFileName = "lock";

    private readonly LogOptions _options;
    private readonly LogIdentity _identity;
    private readonly ILogger _logger;
    private readonly FileStream _lock;
    private readonly SegmentSet _segments;
    private readonly LogWriter _writer;
    private readonly MemoryBudget _memory;
    private readonly Quarantine _quarantine;
    private readonly SignalQueue[] _queues = new SignalQueue[SignalSlots.Count];
    private readonly bool[] _isTailOpen = new bool[SignalSlots.Count];
    private readonly SemaphoreSlim _checkpointing = new(1, 1);
    private volatile Checkpoints _checkpoints;
    private int _isDisposed;

    private WriteAheadLog(
        LogOptions options, ILogDisk disk, LogIdentity identity, Checkpoints checkpoints, RecoveredLog recovered,
        Quarantine quarantine, ParkedBlocks parked, FileStream lockFile, TimeProvider time, ILogger logger)
    {
        _options = options;
        _identity = identity;
        _logger = logger;
        _lock = lockFile;
        _checkpoints = checkpoints;
        _quarantine = quarantine;
        Parked = parked;
        _memory = new MemoryBudget(options.MemoryBytesMax);
        _segments = new SegmentSet(options, disk, identity, recovered.Segments);
        _writer = new LogWriter(options, disk, identity, _segments, Publish, () => _checkpoints, time, logger);
        foreach (var signal in SignalSlots.All)
        {
            var ledger = new SignalLedger(signal, checkpoints[signal], recovered.Cuts[(int)signal], options.PendingCutsMax);
            var reader = new RunReader(signal, _segments, identity.Marker, quarantine);
            var queue = new SignalQueue(ledger, reader, _memory, options.MemoryRecordsMax, time);
            if (recovered.Backlogs[(int)signal] is { } backlog)
                queue.Begin(backlog);
            _queues[(int)signal] = queue;
        }

        Recovery = recovered.Report;
    }

    /// <summary>The log's random id, the same for its whole life.</summary>
    public Guid LogId => _identity.Id;

    /// <summary>What opening found.</summary>
    public RecoveryReport Recovery { get; }

    /// <summary>The disk failed: nothing is appended or cut until the log is reopened. The tails still deliver.</summary>
    public bool IsFailed => _writer.IsFailed;

    /// <summary>The disk was nearly full at the last append.</summary>
    public bool IsReadOnly => _writer.IsReadOnly;

    /// <summary>Bytes of attachments waiting for the tails; as in <see cref="Statistics"/>, for asking often.</summary>
    public long MemoryBytes => _memory.Used;

    public LogStatistics Statistics => new(
        _segments.BytesOnDisk,
        _segments.Count,
        _writer.RecordsAppended,
        _writer.BytesAppended,
        _writer.FsyncCount,
        _writer.FsyncSeconds,
        _writer.QueueBytes,
        _memory.Used,
        _memory.Refused,
        _quarantine.DamagedBytes,
        _writer.Refused);

    /// <summary>
    /// Appends one request and returns once it is fsynced, or why it was not. <paramref name="payload"/> must not change
    /// until then and is the caller's again afterwards. <paramref name="attachment"/>, typically the decoded batch, belongs to
    /// the log from the call on, whatever the outcome: it goes to the tail's reader or is disposed. Cancellation takes
    /// the record out while it still waits for the writer; once it is being written the call completes as without.
    /// </summary>
    /// <param name="header">What to keep beside the bytes.</param>
    /// <param name="payload">The request as received.</param>
    /// <param name="attachment">What to hand to the tail instead of the bytes, or null to have it read them from disk.</param>
    /// <param name="attachmentBytes">What the attachment takes in memory.</param>
    /// <param name="cancellationToken">Takes the record out of the queue.</param>
    /// <exception cref="ObjectDisposedException">The log was closed.</exception>
    public async ValueTask<AppendResult> AppendAsync(
        LogRecordHeader header, ReadOnlyMemory<byte> payload, IDisposable? attachment, long attachmentBytes, CancellationToken cancellationToken)
    {
        if (header.Signal is < Signal.Traces or > Signal.Metrics || attachmentBytes < 0 || cancellationToken.IsCancellationRequested)
        {
            attachment?.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            ArgumentOutOfRangeException.ThrowIfNegative(attachmentBytes);
            throw new ArgumentOutOfRangeException(nameof(header), header.Signal, "Not a signal.");
        }

        if (payload.Length > _options.RecordBytesMax)
        {
            attachment?.Dispose();
            _writer.NoteRefused();
            return new AppendResult(AppendOutcome.TooLarge, 0);
        }

        if (attachment is not null && !_memory.TryReserve(attachmentBytes))
        {
            attachment.Dispose();
            attachment = null;
        }

        var write = new PendingWrite(header, payload, attachment, attachmentBytes, _memory);
        return await _writer.WriteAsync(write, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Begins the delivery of a signal. Once per signal and open log.</summary>
    /// <exception cref="InvalidOperationException">The signal's tail is open already.</exception>
    public LogTail OpenTail(Signal signal)
    {
        var queue = QueueOf(signal);
        if (Interlocked.Exchange(ref _isTailOpen[(int)signal], true))
            throw new InvalidOperationException($"The tail of {signal} is open already.");
        return new LogTail(signal, queue);
    }

    /// <summary>
    /// Writes into the log that the signal's records with numbers in [first, last] form one block, so that a replay forms
    /// it again. Returns once that is fsynced; unless the answer is Appended the block must not be inserted, and the call may
    /// be repeated unless it is Failed. One cut of a signal at a time, each after the one before, of delivered records only.
    /// </summary>
    /// <exception cref="ArgumentException">The cut is empty, overlaps an earlier one or a checkpoint, or holds records not yet delivered.</exception>
    /// <exception cref="InvalidOperationException"><see cref="LogOptions.PendingCutsMax"/> cuts wait for a checkpoint.</exception>
    public async ValueTask<AppendOutcome> CutAsync(Signal signal, long first, long last, CancellationToken cancellationToken)
    {
        var ledger = QueueOf(signal).Ledger;
        var cut = new LogCut(signal, first, last);
        ledger.Check(cut);
        var result = await _writer.WriteAsync(new PendingWrite(cut), cancellationToken).ConfigureAwait(false);
        if (result.Outcome == AppendOutcome.Appended)
            ledger.Add(cut);
        return result.Outcome;
    }

    /// <summary>
    /// The cuts after the signal's checkpoint, in order. After opening these are the blocks that may or may not be in the store:
    /// the drain forms them again before it cuts anything new.
    /// </summary>
    public IReadOnlyList<LogCut> PendingCuts(Signal signal) => QueueOf(signal).Ledger.PendingCuts();

    /// <summary>The block's name for the store: the same at every replay, of no other block of this or another log.</summary>
    public string BlockToken(LogCut cut) => TokenOf(LogId, cut);

    /// <summary>The last record of the signal said to be durable in the store; 0 for none.</summary>
    public long CheckpointOf(Signal signal)
    {
        _ = QueueOf(signal);
        return _checkpoints[signal];
    }

    /// <summary>The last record appended, of whatever signal; 0 for none. Whoever was answered Appended before finds their record in it.</summary>
    public long LastAppended => _writer.LastSequence;

    /// <summary>Whether every record up to <paramref name="last"/>, of whatever signal, was said to be durable in the store.</summary>
    public bool IsCheckpointed(long last)
    {
        foreach (var signal in SignalSlots.All)
        {
            // A signal whose own last record is before that number has none left.
            if (_checkpoints[signal] < last && LagOf(signal).Records > 0)
                return false;
        }

        return true;
    }

    /// <summary>
    /// Says that the store durably has everything of the signal up to <paramref name="last"/>. No later opening
    /// delivers it again, and segments that no signal needs any more are deleted. Earlier numbers than the present checkpoint change nothing.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The record was not delivered yet.</exception>
    /// <exception cref="IOException">The disk did not do it; the call may be repeated.</exception>
    public async ValueTask CheckpointAsync(Signal signal, long last, CancellationToken cancellationToken)
    {
        var ledger = QueueOf(signal).Ledger;
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(last, ledger.LastDelivered);
        await _checkpointing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (last > _checkpoints[signal])
            {
                var advanced = _checkpoints.With(signal, last);
                // Durable before anything is forgotten: a segment that is gone must not be missed after a restart.
                advanced.Write(_options.Directory, _identity);
                _checkpoints = advanced;
                ledger.Checkpoint(last);
            }

            // Also when nothing advanced: the last attempt may have failed here.
            _segments.DeleteCovered(_checkpoints);
        }
        finally
        {
            _checkpointing.Release();
        }
    }

    /// <summary>How far the store is behind for one signal.</summary>
    public LogLag LagOf(Signal signal) => QueueOf(signal).Lag;

    /// <summary>Writes what waits, then closes. What was not checkpointed is delivered again by the next opening.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        await _writer.StopAsync().ConfigureAwait(false);
        foreach (var signal in SignalSlots.All)
            _queues[(int)signal].Close();
        await _checkpointing.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        _segments.Dispose();
        _checkpointing.Dispose();
        await _lock.DisposeAsync().ConfigureAwait(false);
    }

    private SignalQueue QueueOf(Signal signal)
    {
        if (signal is < Signal.Traces or > Signal.Metrics)
            throw new ArgumentOutOfRangeException(nameof(signal), signal, "Not a signal.");
        return _queues[(int)signal];
    }

    private void Publish(PendingWrite write, Segment segment) => _queues[(int)write.Signal].Publish(write, segment);
}
