using Otelier.Signals.Analytics;

namespace Otelier.Storage;

/// <summary>
/// Questions about many spans or log records at once. Implementations are thread-safe and bounded: what was left out or estimated
/// is said in the answer's warnings. Faults of the store are thrown as <see cref="StoreException"/>.
/// </summary>
public interface IAnalyticsStore
{
    /// <summary>Works out aggregates of groups of rows, as a table or over time.</summary>
    Task<AggregateAnswer> AggregateAsync(AggregateQuery query, CancellationToken cancellationToken);

    /// <summary>Counts spans by time and duration.</summary>
    Task<Heatmap> GetHeatmapAsync(HeatmapQuery query, CancellationToken cancellationToken);

    /// <summary>Counts log records by time and severity.</summary>
    Task<LogHistogram> GetLogHistogramAsync(LogHistogramQuery query, CancellationToken cancellationToken);

    /// <summary>Finds the most frequent values of some fields.</summary>
    Task<FacetAnswer> FindFacetsAsync(FacetQuery query, CancellationToken cancellationToken);

    /// <summary>Finds the values that a selection has more of than its baseline. The same rows give the same answer.</summary>
    Task<ComparisonAnswer> CompareAsync(ComparisonQuery query, CancellationToken cancellationToken);
}
