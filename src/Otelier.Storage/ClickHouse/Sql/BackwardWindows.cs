using Otelier.Signals;

namespace Otelier.Storage.ClickHouse.Sql;

/// <summary>How windows are sized.</summary>
/// <param name="FirstNanos">The first one's length.</param>
/// <param name="StepNanos">Windows begin at whole steps, by which the table is sorted, so that two windows do not read the same granules.</param>
/// <param name="GrowthMin">The least a window is longer than the one before it, as a factor; below 1 it may be shorter.</param>
/// <param name="GrowthMax">The most.</param>
/// <param name="Margin">How much longer a window is than the last density calls for, as a factor.</param>
internal sealed record WindowRules(ulong FirstNanos, ulong StepNanos, double GrowthMin, double GrowthMax, double Margin)
{
    /// <summary>
    /// For the newest few: short at first and ever longer, so that a range with little in it is through after few statements; the last is as
    /// long as what is missing calls for, since a filter's attributes are the dearest thing to read.
    /// </summary>
    public static WindowRules Newest { get; } = new(5 * TimeRange.SecondNanos, TimeRange.SecondNanos, GrowthMin: 0.25, GrowthMax: 8, Margin: 1.25);

    /// <summary>For all there is, about as many rows at a time.</summary>
    public static WindowRules AllOf(SearchedTable table) =>
        new(60 * TimeRange.SecondNanos, (table.Step?.Seconds ?? 1) * TimeRange.SecondNanos, GrowthMin: 0.1, GrowthMax: 8, Margin: 1);
}

/// <summary>Cuts a range of time into windows from its end backwards, each sized by what the one before it held.</summary>
internal sealed class BackwardWindows(TimeRange range, WindowRules rules)
{
    private ulong _end = range.EndUnixNano;
    private double _width = rules.FirstNanos;

    /// <summary>How many windows there were.</summary>
    public int Taken { get; private set; }

    /// <summary>What the windows have not come to yet.</summary>
    public TimeRange Rest => range with { EndUnixNano = _end };

    /// <summary>The next window, or <see langword="false"/> when the range is exhausted.</summary>
    public bool TryNext(out TimeRange window)
    {
        window = default;
        if (_end <= range.StartUnixNano)
            return false;
        window = new TimeRange(StartBefore(_end), _end);
        _end = window.StartUnixNano;
        Taken++;
        return true;
    }

    /// <summary>Leaves out what is not before some time: the next window ends there, unless the last one was older.</summary>
    public void EndAt(ulong unixNano) => _end = Math.Clamp(unixNano, range.StartUnixNano, _end);

    /// <summary>Sizes the next window by what the last one gave.</summary>
    /// <param name="found">How many rows it gave.</param>
    /// <param name="wanted">How many the next one is to give.</param>
    public void Grow(long found, long wanted)
    {
        var growth = found == 0 ? rules.GrowthMax : rules.Margin * wanted / found;
        _width = Math.Max(_width * Math.Clamp(growth, rules.GrowthMin, rules.GrowthMax), rules.StepNanos);
    }

    /// <summary>
    /// Takes the last window back because it holds too much; the next one ends where it did and is shorter, than a step too where it must be.
    /// </summary>
    /// <param name="window">The last window.</param>
    /// <param name="found">How many rows it holds.</param>
    /// <param name="wanted">How many it is to hold.</param>
    /// <returns>Whether there is a shorter one.</returns>
    public bool TryShorten(TimeRange window, long found, long wanted)
    {
        _width = (window.EndUnixNano - window.StartUnixNano) * Math.Clamp((double)wanted / found, rules.GrowthMin, 1);
        if (StartBefore(window.EndUnixNano) <= window.StartUnixNano)
            return false;
        _end = window.EndUnixNano;
        return true;
    }

    private ulong StartBefore(ulong end)
    {
        var start = _width >= end - range.StartUnixNano ? range.StartUnixNano : end - Math.Max((ulong)_width, 1);
        if (_width >= rules.StepNanos)
            start -= start % rules.StepNanos;
        return Math.Max(start, range.StartUnixNano);
    }
}
