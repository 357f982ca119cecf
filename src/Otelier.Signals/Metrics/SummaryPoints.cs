using Otelier.Signals.Columns;

namespace Otelier.Signals.Metrics;

/// <summary>The data points of summaries.</summary>
public sealed class SummaryPoints : PointSet
{
    public SummaryPoints()
    {
        PopulationCount = Own(new FixedColumn<ulong>());
        Sum = Own(new FixedColumn<double>());
        Quantiles = Own(new ListColumn<double>());
        QuantileValues = Own(new ListColumn<double>());
    }

    /// <summary>The protocol's <c>count</c>.</summary>
    public FixedColumn<ulong> PopulationCount { get; }

    public FixedColumn<double> Sum { get; }

    /// <summary>Which quantiles, in the order they were sent.</summary>
    public ListColumn<double> Quantiles { get; }

    /// <summary>The value at each of <see cref="Quantiles"/>.</summary>
    public ListColumn<double> QuantileValues { get; }
}
