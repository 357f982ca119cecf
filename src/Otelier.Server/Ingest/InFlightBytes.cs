namespace Otelier.Server.Ingest;

/// <summary>The budget of memory for messages that are being received, over all connections.</summary>
internal sealed class InFlightBytes(long limit)
{
    private long _taken;

    /// <summary>How many bytes are taken now.</summary>
    public long Taken => Volatile.Read(ref _taken);

    /// <summary>Takes <paramref name="bytes"/>, all or nothing.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= limit)
            return true;
        Interlocked.Add(ref _taken, -bytes);
        return false;
    }

    public void Return(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
