namespace Otelier.Storage.Log;

/// <summary>Bytes of attachments kept for the tails, over all signals.</summary>
internal sealed class MemoryBudget(long bytesMax)
{
    private long _used;
    private long _refused;

    public long Used => Interlocked.Read(ref _used);

    /// <summary>How often there was no room.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    public bool TryReserve(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= bytesMax)
            return true;
        Interlocked.Add(ref _used, -bytes);
        NoteRefused();
        return false;
    }

    public void NoteRefused() => Interlocked.Increment(ref _refused);

    public void Release(long bytes) => Interlocked.Add(ref _used, -bytes);
}
