using Otelier.Signals.Columns;

namespace Otelier.Signals.Metrics;

/// <summary>The data points of histograms with explicit bounds.</summary>
public sealed class HistogramPoints : PointSet
{
    public HistogramPoints()
    {
        Fields = Own(new FixedColumn<HistogramFields>());
        PopulationCount = Own(new FixedColumn<ulong>());
        Sum = Own(new FixedColumn<double>());
        Min = Own(new FixedColumn<double>());
        Max = Own(new FixedColumn<double>());
        BucketCounts = Own(new ListColumn<ulong>());
        ExplicitBounds = Own(new ListColumn<double>());
    }

    /// <summary>Which of sum, min and max were sent; the others are 0.</summary>
    public FixedColumn<HistogramFields> Fields { get; }

    /// <summary>The protocol's <c>count</c>.</summary>
    public FixedColumn<ulong> PopulationCount { get; }

    public FixedColumn<double> Sum { get; }

    public FixedColumn<double> Min { get; }

    public FixedColumn<double> Max { get; }

    /// <summary>One more than there are bounds, or none.</summary>
    public ListColumn<ulong> BucketCounts { get; }

    /// <summary>Strictly increasing.</summary>
    public ListColumn<double> ExplicitBounds { get; }
}
