using Otelier.Signals.Columns;
using Otelier.Signals.Resources;

namespace Otelier.Signals;

/// <summary>
/// The columns of one Export request. Filled by a decoder, immutable afterwards. Counted references: whoever keeps it
/// beyond the call that handed it over calls <see cref="Retain"/>, and everybody ends with <see cref="Dispose"/>; the
/// last one gives it back to the pool it came from, or else its memory.
/// </summary>
public abstract class SignalBatch : ColumnSet, IDisposable
{
    private int _references = 1;

    public ResourceTable Resources { get; } = new();

    public ScopeTable Scopes { get; } = new();

    public abstract Signal Signal { get; }

    /// <summary>How many spans, log records or data points it holds.</summary>
    public abstract int Count { get; }

    /// <summary>How many of them have a time that no clock should tell at <paramref name="receivedUnixNano"/>; see <see cref="TimeClass"/>.</summary>
    public abstract int CountQuarantined(long receivedUnixNano);

    /// <summary>How much memory it holds, in bytes.</summary>
    public virtual long MemoryBytes => Capacity + Resources.Capacity + Scopes.Capacity;

    /// <summary>Where it goes when the last owner is done with it.</summary>
    internal Action<SignalBatch>? Return { get; set; }

    /// <summary>What <see cref="MemoryBytes"/> was when it came back to its pool.</summary>
    internal long PooledBytes { get; set; }

    /// <summary>Adds an owner.</summary>
    public void Retain() => ObjectDisposedException.ThrowIf(Interlocked.Increment(ref _references) <= 1, this);

    public void Dispose()
    {
        if (Interlocked.Decrement(ref _references) != 0)
            return;
        if (Return is { } giveBack)
            giveBack(this);
        else
            ReleaseAll();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes a batch that came back to its pool new again.</summary>
    internal void Renew()
    {
        Clear();
        Resources.Clear();
        Scopes.Clear();
        ClearNested();
        _references = 1;
    }

    internal void ReleaseAll()
    {
        Release();
        Resources.Release();
        Scopes.Release();
        ReleaseNested();
    }

    protected abstract void ClearNested();

    protected abstract void ReleaseNested();
}
