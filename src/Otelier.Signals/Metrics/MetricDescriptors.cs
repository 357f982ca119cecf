using Otelier.Signals.Columns;

namespace Otelier.Signals.Metrics;

/// <summary>The Metric messages of a batch without their data points, in the order they were sent.</summary>
public sealed class MetricDescriptors : ColumnSet
{
    public MetricDescriptors()
    {
        ScopeIndex = Own(new FixedColumn<int>());
        Name = Own(new DictionaryColumn());
        Description = Own(new DictionaryColumn());
        Unit = Own(new DictionaryColumn());
        Type = Own(new FixedColumn<MetricType>());
        AggregationTemporality = Own(new FixedColumn<int>());
        IsMonotonic = Own(new FixedColumn<bool>());
        Metadata = Own(new AttributesColumn());
    }

    public int Count => ScopeIndex.Count;

    /// <summary>For every metric its scope's place in <see cref="SignalBatch.Scopes"/>.</summary>
    public FixedColumn<int> ScopeIndex { get; }

    public DictionaryColumn Name { get; }

    public DictionaryColumn Description { get; }

    public DictionaryColumn Unit { get; }

    public FixedColumn<MetricType> Type { get; }

    /// <summary>1 delta, 2 cumulative; 0 for gauges and summaries, which have none. Numbers unknown to us survive.</summary>
    public FixedColumn<int> AggregationTemporality { get; }

    /// <summary><see langword="false"/> for everything but sums.</summary>
    public FixedColumn<bool> IsMonotonic { get; }

    public AttributesColumn Metadata { get; }
}
