using Otelier.Signals;

namespace Otelier.Storage.ClickHouse.Sql;

/// <summary>
/// Cuts a range of time into windows from its end backwards, so that a newest-first search reads no more than it needs: the
/// first is short, each next one at least twice as long, and longer where the one before found little.
/// </summary>
internal sealed class BackwardWindows(TimeRange range)
{
    private const ulong FirstNanos = 5_000_000_000;
    private const ulong SecondNanos = 1_000_000_000;
    private const double GrowthMin = 2;
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
        // Whole seconds, by which spans are sorted, so that two windows do not read the same granules.
        start -= start % SecondNanos;
        start = Math.Max(start, range.StartUnixNano);
        window = new TimeRange(start, _end);
        _end = start;
        return true;
    }

    /// <summary>Sizes the next window by what the last one gave.</summary>
    /// <param name="found">How many rows it gave.</param>
    /// <param name="missing">How many are still wanted.</param>
    public void Grow(int found, int missing)
    {
        // Half as much again as the last density asks for.
        var growth = found == 0 ? GrowthMax : 1.5 * missing / found;
        _width *= Math.Clamp(growth, GrowthMin, GrowthMax);
    }
}
