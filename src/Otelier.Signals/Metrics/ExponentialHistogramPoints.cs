using Otelier.Signals.Columns;

namespace Otelier.Signals.Metrics;

/// <summary>The data points of exponential histograms.</summary>
public sealed class ExponentialHistogramPoints : PointSet
{
    public ExponentialHistogramPoints()
    {
        Fields = Own(new FixedColumn<HistogramFields>());
        PopulationCount = Own(new FixedColumn<ulong>());
        Sum = Own(new FixedColumn<double>());
        Min = Own(new FixedColumn<double>());
        Max = Own(new FixedColumn<double>());
        Scale = Own(new FixedColumn<int>());
        ZeroCount = Own(new FixedColumn<ulong>());
        ZeroThreshold = Own(new FixedColumn<double>());
        PositiveOffset = Own(new FixedColumn<int>());
        PositiveBucketCounts = Own(new ListColumn<ulong>());
        NegativeOffset = Own(new FixedColumn<int>());
        NegativeBucketCounts = Own(new ListColumn<ulong>());
    }

    /// <summary>Which of sum, min, max, positive and negative were sent; the others are 0 or empty.</summary>
    public FixedColumn<HistogramFields> Fields { get; }

    /// <summary>The protocol's <c>count</c>.</summary>
    public FixedColumn<ulong> PopulationCount { get; }

    public FixedColumn<double> Sum { get; }

    public FixedColumn<double> Min { get; }

    public FixedColumn<double> Max { get; }

    /// <summary>Any 32-bit number: the protocol sets no range.</summary>
    public FixedColumn<int> Scale { get; }

    public FixedColumn<ulong> ZeroCount { get; }

    public FixedColumn<double> ZeroThreshold { get; }

    public FixedColumn<int> PositiveOffset { get; }

    public ListColumn<ulong> PositiveBucketCounts { get; }

    public FixedColumn<int> NegativeOffset { get; }

    public ListColumn<ulong> NegativeBucketCounts { get; }
}
