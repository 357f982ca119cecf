using Otelier.Signals.Metrics;

namespace Otelier.Storage;

/// <summary>What a place to keep metric points is. Implementations are thread-safe. Faults of the store are thrown as <see cref="StoreException"/>.</summary>
public interface IMetricStore
{
    /// <inheritdoc cref="ITraceStore.WriteAsync"/>
    Task WriteAsync(Block<MetricBatch> block, CancellationToken cancellationToken);

    /// <summary>Lists the metrics that had points in a range, which is widened to whole days (UTC), by name, type, unit, temporality and monotonicity.</summary>
    Task<Page<MetricInfo>> FindMetricsAsync(MetricListQuery query, CancellationToken cancellationToken);

    /// <summary>Searches the points of one metric, newest first. Paging on while inserts go on gives every point once that was there at the first page.</summary>
    Task<Page<MetricPoint>> FindPointsAsync(PointQuery query, CancellationToken cancellationToken);

    /// <summary>Answers a question about one metric over time. Steps in which a group has nothing have no value.</summary>
    Task<MetricAnswer> QueryAsync(MetricQuery query, CancellationToken cancellationToken);

    /// <summary>The labels of a metric's series by name, those of points before those of resources; at most <see cref="MetricLimits.LabelsMax"/>.</summary>
    Task<Page<MetricLabel>> FindLabelsAsync(SeriesQuery query, CancellationToken cancellationToken);

    /// <summary>The series of a metric by id. Paging on while inserts go on gives every series once that was there at the first page.</summary>
    Task<Page<SeriesSeen>> FindSeriesAsync(SeriesQuery query, CancellationToken cancellationToken);

    /// <summary>The exemplars of a metric whose points lie in the range, newest first.</summary>
    Task<Page<SeriesExemplar>> FindExemplarsAsync(SeriesQuery query, CancellationToken cancellationToken);
}
