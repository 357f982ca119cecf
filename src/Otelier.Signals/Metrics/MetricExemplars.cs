using Otelier.Signals.Columns;

namespace Otelier.Signals.Metrics;

/// <summary>The exemplars of a batch's data points, one point's after the other's.</summary>
public sealed class MetricExemplars : ColumnSet
{
    public MetricExemplars()
    {
        TimeUnixNano = Own(new FixedColumn<ulong>());
        Kind = Own(new FixedColumn<NumberKind>());
        Value = Own(new FixedColumn<double>());
        IntValue = Own(new FixedColumn<long>());
        SpanId = Own(new StringColumn());
        TraceId = Own(new StringColumn());
        FilteredAttributes = Own(new AttributesColumn());
        SeriesIndex = Own(new FixedColumn<int>());
        PointIndex = Own(new FixedColumn<int>());
        PointTimeUnixNano = Own(new FixedColumn<ulong>());
        Position = Own(new FixedColumn<uint>());
    }

    public int Count => TimeUnixNano.Count;

    public FixedColumn<ulong> TimeUnixNano { get; }

    public FixedColumn<NumberKind> Kind { get; }

    /// <summary>As <see cref="NumberPoints.Value"/>.</summary>
    public FixedColumn<double> Value { get; }

    /// <summary>As <see cref="NumberPoints.IntValue"/>.</summary>
    public FixedColumn<long> IntValue { get; }

    /// <summary>Lower-case hexadecimal. An exemplar's ids are kept whatever their length: a bad one must not cost the point.</summary>
    public StringColumn SpanId { get; }

    /// <summary>Lower-case hexadecimal, whatever its length.</summary>
    public StringColumn TraceId { get; }

    public AttributesColumn FilteredAttributes { get; }

    /// <summary>For every exemplar its series' place in <see cref="MetricBatch.Series"/>, whose metric's type tells the kind of its point.</summary>
    public FixedColumn<int> SeriesIndex { get; }

    /// <summary>For every exemplar its point's place among the batch's points of that kind.</summary>
    public FixedColumn<int> PointIndex { get; }

    /// <summary>The time of the point, which together with the series finds it in the store.</summary>
    public FixedColumn<ulong> PointTimeUnixNano { get; }

    /// <summary>The exemplar's place among those of its point.</summary>
    public FixedColumn<uint> Position { get; }

    /// <summary>Gives the exemplars from <paramref name="first"/> on to the point that has been read.</summary>
    internal void Attach(int first, int seriesIndex, int pointIndex, ulong pointTimeUnixNano)
    {
        for (var row = first; row < Count; row++)
        {
            SeriesIndex.Add(seriesIndex);
            PointIndex.Add(pointIndex);
            PointTimeUnixNano.Add(pointTimeUnixNano);
            Position.Add((uint)(row - first));
        }
    }
}
