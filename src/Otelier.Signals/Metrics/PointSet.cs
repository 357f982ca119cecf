using Otelier.Signals.Columns;

namespace Otelier.Signals.Metrics;

/// <summary>What the data points of every type have.</summary>
public abstract class PointSet : ColumnSet
{
    protected PointSet()
    {
        SeriesIndex = Own(new FixedColumn<int>());
        StartTimeUnixNano = Own(new FixedColumn<ulong>());
        TimeUnixNano = Own(new FixedColumn<ulong>());
        Flags = Own(new FixedColumn<uint>());
    }

    public int Count => SeriesIndex.Count;

    /// <summary>For every point its series' place in <see cref="MetricBatch.Series"/>.</summary>
    public FixedColumn<int> SeriesIndex { get; }

    /// <summary>0 where the sender gave none.</summary>
    public FixedColumn<ulong> StartTimeUnixNano { get; }

    public FixedColumn<ulong> TimeUnixNano { get; }

    /// <summary>All 32 bits as sent; see <see cref="PointFlags"/>.</summary>
    public FixedColumn<uint> Flags { get; }

    internal void Add(int seriesIndex, ulong startTimeUnixNano, ulong timeUnixNano, uint flags)
    {
        SeriesIndex.Add(seriesIndex);
        StartTimeUnixNano.Add(startTimeUnixNano);
        TimeUnixNano.Add(timeUnixNano);
        Flags.Add(flags);
    }
}
