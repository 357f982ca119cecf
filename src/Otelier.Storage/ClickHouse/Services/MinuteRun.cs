using Otelier.Signals;

namespace Otelier.Storage.ClickHouse.Services;

/// <summary>Minutes one after the other.</summary>
/// <param name="First">The first, in minutes since 1970.</param>
/// <param name="Last">The last.</param>
internal readonly record struct MinuteRun(uint First, uint Last)
{
    /// <summary>Their time.</summary>
    public TimeRange Range => new(First * TimeRange.MinuteNanos, (Last + 1UL) * TimeRange.MinuteNanos);

    /// <summary>With the minutes beside it.</summary>
    public MinuteRun Around => new(First == 0 ? 0 : First - 1, Last + 1);

    /// <summary>The minutes beside it.</summary>
    public IEnumerable<MinuteRun> Neighbours => First == 0 ? [new(Last + 1, Last + 1)] : [new(First - 1, First - 1), new(Last + 1, Last + 1)];

    /// <summary>The minutes in which a time lies that is not empty.</summary>
    public static MinuteRun Of(TimeRange range) =>
        new((uint)(range.StartUnixNano / TimeRange.MinuteNanos), (uint)((Math.Max(range.EndUnixNano, 1) - 1) / TimeRange.MinuteNanos));
}

/// <summary>Puts minutes together to runs, from the newest to the oldest.</summary>
/// <param name="spansMax">Most spans of a run that has more than one minute.</param>
internal sealed class MinuteRuns(ulong spansMax)
{
    private readonly List<MinuteRun> _runs = [];
    private ulong _spans;
    private bool _isEnded;

    /// <summary>The newest first.</summary>
    public IReadOnlyList<MinuteRun> Runs => _runs;

    /// <summary>Adds a minute older than all before.</summary>
    public void Add(uint minute, ulong spans)
    {
        if (_runs.Count == 0 || _isEnded || _spans + spans > spansMax)
        {
            _runs.Add(new MinuteRun(minute, minute));
            _spans = 0;
            _isEnded = false;
        }

        _runs[^1] = _runs[^1] with { First = minute };
        _spans += spans;
    }

    /// <summary>The next minute begins another run.</summary>
    public void End() => _isEnded = true;
}
