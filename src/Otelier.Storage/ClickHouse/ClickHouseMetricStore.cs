using Otelier.Signals;
using Otelier.Signals.Catalog;
using Otelier.Signals.Metrics;
using Otelier.Storage.ClickHouse.Metrics;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Tables;
using Otelier.Storage.Metrics;

namespace Otelier.Storage.ClickHouse;

/// <summary>Metric points in a ClickHouse engine: series once a day, points by kind, exemplars, and the catalog.</summary>
internal sealed class ClickHouseMetricStore(BlockInserter inserter, QueryRunner queries) : IMetricStore
{
    /// <summary>Series remembered as stored today; beyond it some are stored again, and the engine merges them.</summary>
    private const int KnownSeriesMax = 2_000_000;

    private readonly SeriesCollector _series = new(new KnownSeries(KnownSeriesMax));
    private readonly MetricListReader _list = new(queries);
    private readonly PointReader _points = new(queries);
    private readonly MetricQueryReader _answers = new(queries);
    private readonly LabelReader _labels = new(queries);
    private readonly SeriesListReader _seriesList = new(queries);
    private readonly ExemplarReader _exemplars = new(queries);
    private readonly CatalogWriter _catalog = new(inserter);
    private int _areSeriesForgotten;

    /// <summary>Forgets which series are stored, before the next block: the rows of some have been deleted.</summary>
    public void ForgetSeries() => Volatile.Write(ref _areSeriesForgotten, 1);

    /// <inheritdoc/>
    public async Task WriteAsync(Block<MetricBatch> block, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _areSeriesForgotten, 0) != 0)
            _series.Forget();
        // Points go in while the series are looked for.
        var points = InsertAsync(MetricTables.Points, block, cancellationToken);
        try
        {
            using var series = _series.Collect(block);
            await inserter.InsertAsync(MetricSeriesTable.Table, series.Rows, series.Rows.Count, block.Token, cancellationToken);
            _series.Confirm(series);
            _catalog.Prepare(block, AddAttributes);
            foreach (var table in MetricTables.All)
            {
                if (table != MetricTables.Points)
                    await InsertAsync(table, block, cancellationToken);
            }

            await _catalog.InsertAsync(cancellationToken);
        }
        finally
        {
            // The block must not be let go of while it is being read.
            await points.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await points;
    }

    /// <inheritdoc/>
    public Task<Page<MetricInfo>> FindMetricsAsync(MetricListQuery query, CancellationToken cancellationToken) => _list.FindMetricsAsync(query, cancellationToken);

    /// <inheritdoc/>
    public Task<Page<MetricPoint>> FindPointsAsync(PointQuery query, CancellationToken cancellationToken) => _points.FindPointsAsync(query, cancellationToken);

    /// <inheritdoc/>
    public Task<MetricAnswer> QueryAsync(MetricQuery query, CancellationToken cancellationToken) => _answers.QueryAsync(query, cancellationToken);

    /// <inheritdoc/>
    public Task<Page<MetricLabel>> FindLabelsAsync(SeriesQuery query, CancellationToken cancellationToken) => _labels.FindLabelsAsync(query, cancellationToken);

    /// <inheritdoc/>
    public Task<Page<SeriesSeen>> FindSeriesAsync(SeriesQuery query, CancellationToken cancellationToken) => _seriesList.FindSeriesAsync(query, cancellationToken);

    /// <inheritdoc/>
    public Task<Page<SeriesExemplar>> FindExemplarsAsync(SeriesQuery query, CancellationToken cancellationToken) =>
        _exemplars.FindExemplarsAsync(query, cancellationToken);

    private Task InsertAsync(MetricTable table, Block<MetricBatch> block, CancellationToken cancellationToken) =>
        inserter.InsertAsync(table.Table, block, table.Rows(block), block.Token, cancellationToken);

    /// <summary>Attributes of a metric are those of its series, so they count once per series and request.</summary>
    private static void AddAttributes(CatalogRollup rollup, BlockPart<MetricBatch> part)
    {
        var batch = part.Batch;
        var services = batch.Resources.ServiceName;
        rollup.Add(
            Signal.Metrics,
            AttributeLevel.Point,
            part.Tenant,
            batch.Series.Attributes,
            series => services.NameOf(batch.Scopes.ResourceIndex[batch.Metrics.ScopeIndex[batch.Series.MetricIndex[series]]]));
    }
}
