using Otelier.Signals.Analytics;
using Otelier.Storage.ClickHouse.Analytics;
using Otelier.Storage.ClickHouse.Sql;

namespace Otelier.Storage.ClickHouse;

/// <summary>Questions about many rows at once, asked of <c>otel_traces</c> and <c>otel_logs</c>.</summary>
internal sealed class ClickHouseAnalyticsStore : IAnalyticsStore
{
    private readonly AggregateReader _aggregates;
    private readonly VolumeReader _volumes;
    private readonly FacetReader _facets;
    private readonly ComparisonReader _comparisons;

    public ClickHouseAnalyticsStore(QueryRunner queries, LogBodyIndex index)
    {
        var tables = new SelectionTables(index);
        _aggregates = new AggregateReader(queries, tables);
        _volumes = new VolumeReader(queries, tables);
        _facets = new FacetReader(queries, tables);
        _comparisons = new ComparisonReader(queries, tables);
    }

    /// <inheritdoc/>
    public Task<AggregateAnswer> AggregateAsync(AggregateQuery query, CancellationToken cancellationToken) => _aggregates.AggregateAsync(query, cancellationToken);

    /// <inheritdoc/>
    public Task<Heatmap> GetHeatmapAsync(HeatmapQuery query, CancellationToken cancellationToken) => _volumes.GetHeatmapAsync(query, cancellationToken);

    /// <inheritdoc/>
    public Task<LogHistogram> GetLogHistogramAsync(LogHistogramQuery query, CancellationToken cancellationToken) => _volumes.GetLogHistogramAsync(query, cancellationToken);

    /// <inheritdoc/>
    public Task<FacetAnswer> FindFacetsAsync(FacetQuery query, CancellationToken cancellationToken) => _facets.FindFacetsAsync(query, cancellationToken);

    /// <inheritdoc/>
    public Task<ComparisonAnswer> CompareAsync(ComparisonQuery query, CancellationToken cancellationToken) => _comparisons.CompareAsync(query, cancellationToken);
}
