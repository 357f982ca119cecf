using Otelier.Signals;

namespace Otelier.Storage.ClickHouse.Export;

/// <summary>
/// Cuts a range into windows from its end backwards, each sized by what the one before held, so that one statement is about so many
/// rows: a connection is held for a while, not for the whole export.
/// </summary>
internal sealed class ExportWindows(TimeRange range)
{
    private const long RowsWanted = 200_000;
    private const double FirstNanos = 60e9;
    private const ulong StepNanos = 10_000_000_000;
    private const double GrowthMin = 0.1;
    private const double GrowthMax = 8;

    private ulong _end = range.EndUnixNano;
    private double _width = FirstNanos;

    /// <summary>The next window, or <see langword="false"/> when the range is exhausted.</summary>
    public bool TryNext(out TimeRange window)
    {
        window = default;
        if (_end <= range.StartUnixNano)
            return false;
        var start = _width >= _end - range.StartUnixNano ? range.StartUnixNano : _end - (ulong)_width;
        // Whole steps, so that two windows seldom read the same granules.
        start = Math.Max(start - (start % StepNanos), range.StartUnixNano);
        window = new TimeRange(start, _end);
        _end = start;
        return true;
    }

    /// <summary>Sizes the next window by what the last one gave.</summary>
    public void Grow(long found) =>
        _width = Math.Max(_width * Math.Clamp((double)RowsWanted / Math.Max(found, 1), GrowthMin, GrowthMax), StepNanos);
}
