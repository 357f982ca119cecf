namespace Otelier.Storage.ClickHouse.Sql;

/// <summary>How a statement ended.</summary>
internal enum QueryOutcome
{
    Done,
    Failed,
    TimedOut,
    Cancelled,
}

/// <summary>
/// Our own log of queries: the engine in this process keeps none. Totals since the start, and the newest statements one by one.
/// Thread-safe.
/// </summary>
internal sealed class QueryLog(TimeProvider time)
{
    /// <summary>Statements remembered one by one.</summary>
    private const int RecentMax = 4096;

    private readonly record struct Entry(double Seconds, long Rows, long Bytes);

    private readonly Lock _gate = new();
    private readonly Entry[] _recent = new Entry[RecentMax];
    private readonly ulong _since = (ulong)(time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
    private long _ended;
    private long _failures;
    private long _timeouts;
    private long _cancelled;
    private double _seconds;
    private long _rows;
    private long _bytes;

    /// <summary>Notes a statement that is over.</summary>
    public void Add(TimeSpan duration, long rows, long bytes, QueryOutcome outcome)
    {
        lock (_gate)
        {
            _recent[_ended++ % RecentMax] = new Entry(duration.TotalSeconds, rows, bytes);
            _seconds += duration.TotalSeconds;
            _rows += rows;
            _bytes += bytes;
            if (outcome is QueryOutcome.Failed or QueryOutcome.TimedOut)
                _failures++;
            if (outcome == QueryOutcome.TimedOut)
                _timeouts++;
            if (outcome == QueryOutcome.Cancelled)
                _cancelled++;
        }
    }

    /// <summary>What was noted, with what is under way as its queue knows.</summary>
    public QueryNumbers Numbers(QueryQueue queue)
    {
        lock (_gate)
        {
            return new QueryNumbers
            {
                SinceUnixNano = _since,
                Count = _ended + queue.Active,
                Failures = _failures,
                Timeouts = _timeouts,
                Cancelled = _cancelled,
                Refused = queue.Refused,
                Seconds = _seconds,
                RowsRead = _rows,
                BytesRead = _bytes,
                Active = queue.Active,
                Waiting = queue.Waiting,
                Recent = Recent(),
            };
        }
    }

    private RecentQueries Recent()
    {
        var entries = _recent.AsSpan(0, (int)Math.Min(_ended, RecentMax)).ToArray();
        if (entries.Length == 0)
            return default;
        var seconds = Math.Max(entries.Sum(entry => entry.Seconds), double.Epsilon);
        double[] durations = [.. entries.Select(entry => entry.Seconds).Order()];
        return new RecentQueries(
            seconds / entries.Length,
            durations[(int)Math.Ceiling(durations.Length * 0.95) - 1],
            entries.Sum(entry => (double)entry.Rows) / seconds,
            entries.Sum(entry => (double)entry.Bytes) / seconds);
    }
}
