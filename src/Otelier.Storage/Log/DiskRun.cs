namespace Otelier.Storage.Log;

/// <summary>
/// Consecutive records of one signal that the tail has to read back from disk. However many there are, this is all
/// that is kept of them.
/// </summary>
internal sealed class DiskRun(Segment segment, long offset, long receivedUnixNano)
{
    /// <summary>Where the reader is. For the reader only.</summary>
    public Segment Segment { get; set; } = segment;

    /// <summary>Where in the segment the reader is. For the reader only.</summary>
    public long Offset { get; set; } = offset;

    public long LastSequence { get; private set; }

    /// <summary>Records not yet read.</summary>
    public long Records { get; private set; }

    /// <summary>Their payloads' bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>When the first of them was received, or one before it.</summary>
    public long OldestReceivedUnixNano { get; private set; } = receivedUnixNano;

    public void Extend(long sequence, int payloadBytes)
    {
        LastSequence = sequence;
        Records++;
        Bytes += payloadBytes;
    }

    public void Take(LogEntry entry)
    {
        Records--;
        Bytes -= entry.PayloadBytes;
        OldestReceivedUnixNano = entry.Header.ReceivedUnixNano;
    }
}
