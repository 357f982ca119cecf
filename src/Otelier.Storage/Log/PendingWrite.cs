using Otelier.Signals;

namespace Otelier.Storage.Log;

/// <summary>
/// A record or cut waiting to be on disk. Either the writer claims it or its caller cancels it, never both. Owns the
/// attachment until somebody takes it.
/// </summary>
internal sealed class PendingWrite
{
    private const int Waiting = 0;
    private const int Claimed = 1;
    private const int Cancelled = 2;

    private readonly TaskCompletionSource<AppendResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MemoryBudget? _budget;
    private IDisposable? _attachment;
    private int _state;

    /// <summary>A record. The memory of <paramref name="attachment"/> has been reserved.</summary>
    public PendingWrite(
        in LogRecordHeader header, ReadOnlyMemory<byte> payload, IDisposable? attachment, long attachmentBytes, MemoryBudget budget)
    {
        Type = FrameType.Record;
        Header = header;
        Payload = payload;
        // Here, on the caller's thread, while the bytes are in its cache: the writer's thread has only to write.
        PayloadCrc = Crc32C.Compute(payload.Span);
        FrameBytes = (long)Frame.RecordHeadBytes(header) + payload.Length;
        AttachmentBytes = attachmentBytes;
        _attachment = attachment;
        _budget = budget;
    }

    public PendingWrite(in LogCut cut)
    {
        Type = FrameType.Cut;
        Cut = cut;
        FrameBytes = Frame.CutBytes;
    }

    public FrameType Type { get; }

    public LogRecordHeader Header { get; }

    public LogCut Cut { get; }

    public ReadOnlyMemory<byte> Payload { get; }

    public uint PayloadCrc { get; }

    public long FrameBytes { get; }

    public long AttachmentBytes { get; }

    /// <summary>Set by the writer.</summary>
    public long Sequence { get; set; }

    /// <summary>Where the frame begins in its segment. Set by the writer.</summary>
    public long Offset { get; set; }

    public Task<AppendResult> Done => _done.Task;

    public Signal Signal => Type == FrameType.Record ? Header.Signal : Cut.Signal;

    /// <summary>For the writer: true when the memory may be read until <see cref="Finish"/>.</summary>
    public bool TryClaim() => Interlocked.CompareExchange(ref _state, Claimed, Waiting) != Cancelled;

    public bool TryCancel(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _state, Cancelled, Waiting) != Waiting)
            return false;
        DropAttachment();
        _done.TrySetCanceled(cancellationToken);
        return true;
    }

    /// <summary>The attachment and the duty to dispose it and to release its memory; null when there is none left.</summary>
    public IDisposable? TakeAttachment() => Interlocked.Exchange(ref _attachment, null);

    /// <summary>Disposes the attachment and releases its memory; false when there is none left.</summary>
    public bool DropAttachment()
    {
        if (TakeAttachment() is not { } attachment)
            return false;
        _budget!.Release(AttachmentBytes);
        attachment.Dispose();
        return true;
    }

    /// <summary>Answers the caller; its continuation runs elsewhere. The first answer counts.</summary>
    public void Finish(AppendOutcome outcome)
    {
        if (outcome != AppendOutcome.Appended)
            DropAttachment();
        _done.TrySetResult(new AppendResult(outcome, outcome == AppendOutcome.Appended ? Sequence : 0));
    }
}
