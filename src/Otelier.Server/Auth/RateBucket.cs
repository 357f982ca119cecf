namespace Otelier.Server.Auth;

/// <summary>
/// A limit on a rate: it fills at a rate, up to a capacity. What is taken may bring it into
/// debt, so that something larger than the capacity passes, once, and is waited for afterwards.
/// </summary>
internal sealed class RateBucket
{
    private readonly Lock _lock = new();
    private readonly double _perSecond;
    private readonly double _capacity;
    private readonly TimeProvider _time;
    private double _level;
    private long _stamp;

    /// <param name="perSecond">How fast it fills.</param>
    /// <param name="capacity">How full it is at first, and at most.</param>
    /// <param name="time">The clock.</param>
    public RateBucket(double perSecond, double capacity, TimeProvider time)
    {
        (_perSecond, _capacity, _time) = (perSecond, capacity, time);
        (_level, _stamp) = (capacity, time.GetTimestamp());
    }

    /// <summary>Whether it is full, so that one made anew would be the same.</summary>
    public bool IsFull
    {
        get
        {
            lock (_lock)
                return Fill() >= _capacity;
        }
    }

    /// <summary>How long until something may be taken; zero for now.</summary>
    public TimeSpan Wait()
    {
        lock (_lock)
            return WaitFor(Fill());
    }

    /// <summary>Takes <paramref name="amount"/>, whatever there is.</summary>
    public void Take(double amount)
    {
        lock (_lock)
            _level = Fill() - amount;
    }

    /// <summary>Takes <paramref name="amount"/> unless one has to wait, and says how long.</summary>
    public bool TryTake(double amount, out TimeSpan wait)
    {
        lock (_lock)
        {
            wait = WaitFor(Fill());
            if (wait > TimeSpan.Zero)
                return false;
            _level -= amount;
            return true;
        }
    }

    private TimeSpan WaitFor(double level) => level >= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - level) / _perSecond);

    private double Fill()
    {
        var now = _time.GetTimestamp();
        _level = Math.Min(_capacity, _level + (_time.GetElapsedTime(_stamp, now).TotalSeconds * _perSecond));
        _stamp = now;
        return _level;
    }
}
