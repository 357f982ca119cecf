using Otelier.Signals.Columns;

namespace Otelier.Signals.Metrics;

/// <summary>
/// The series that the points of a batch belong to. Consecutive points of one series share a row; otherwise the same
/// series may have several.
/// </summary>
public sealed class MetricSeries : ColumnSet
{
    public MetricSeries()
    {
        MetricIndex = Own(new FixedColumn<int>());
        Hash = Own(new FixedColumn<ulong>());
        Attributes = Own(new AttributesColumn());
    }

    public int Count => Hash.Count;

    /// <summary>For every series its metric's place in <see cref="MetricBatch.Metrics"/>.</summary>
    public FixedColumn<int> MetricIndex { get; }

    /// <summary>The tenant-independent identity; <see cref="SeriesIdentity.SeriesId"/> makes the stored id of it.</summary>
    public FixedColumn<ulong> Hash { get; }

    public AttributesColumn Attributes { get; }
}
