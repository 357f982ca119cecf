using System.Buffers;

namespace Otelier.Storage.Log;

/// <summary>
/// One record on its way to the store. Whoever reads it from the tail owns it and disposes it, which disposes the
/// attachment and gives the payload's memory back.
/// </summary>
public sealed class LogEntry : IDisposable
{
    private IDisposable? _attachment;
    private byte[]? _rented;

    internal LogEntry(long sequence, in LogRecordHeader header, int payloadBytes, IDisposable attachment, long attachmentBytes)
    {
        Sequence = sequence;
        Header = header;
        PayloadBytes = payloadBytes;
        AttachmentBytes = attachmentBytes;
        _attachment = attachment;
    }

    /// <param name="sequence">The record's number.</param>
    /// <param name="header">Its header.</param>
    /// <param name="rented">Memory of the shared array pool, owned by the entry from now on.</param>
    /// <param name="payloadBytes">How many bytes of it are the payload.</param>
    internal LogEntry(long sequence, in LogRecordHeader header, byte[] rented, int payloadBytes)
    {
        Sequence = sequence;
        Header = header;
        PayloadBytes = payloadBytes;
        _rented = rented;
    }

    public long Sequence { get; }

    public LogRecordHeader Header { get; }

    /// <summary>What was given with the append, or null when it had to be let go (or the process restarted): then read <see cref="Payload"/>.</summary>
    public IDisposable? Attachment => _attachment;

    /// <summary>The request as received, read back from disk; empty when there is an <see cref="Attachment"/>. Valid until disposal.</summary>
    public ReadOnlyMemory<byte> Payload => _rented is { } bytes ? bytes.AsMemory(0, PayloadBytes) : default;

    /// <summary>Length of the request as received, in bytes, attachment or not.</summary>
    public int PayloadBytes { get; }

    /// <summary>What the attachment was said to take in memory, in bytes.</summary>
    internal long AttachmentBytes { get; }

    public void Dispose()
    {
        Interlocked.Exchange(ref _attachment, null)?.Dispose();
        if (Interlocked.Exchange(ref _rented, null) is { } bytes)
            ArrayPool<byte>.Shared.Return(bytes);
    }
}
