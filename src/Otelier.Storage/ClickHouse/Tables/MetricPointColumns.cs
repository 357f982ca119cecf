using Otelier.Signals;
using Otelier.Signals.Columns;
using Otelier.Signals.Metrics;
using C = Otelier.Storage.ClickHouse.Tables.ItemColumns<Otelier.Signals.Metrics.MetricBatch>;

namespace Otelier.Storage.ClickHouse.Tables;

/// <summary>The columns that say which series and time a row of a metric table belongs to.</summary>
/// <param name="seriesIndex">For every row its series.</param>
/// <param name="time">For every row its data point's time.</param>
internal sealed class MetricPointColumns(Func<MetricBatch, FixedColumn<int>> seriesIndex, Func<MetricBatch, FixedColumn<ulong>> time)
{
    public TableColumn<Block<MetricBatch>> Tenant { get; } = C.Tenant(b => seriesIndex(b).Count);

    public TableColumn<Block<MetricBatch>> MetricName { get; } = new("MetricName", TypeNames.LowCardinality, (block, writer) =>
    {
        writer.BeginDictionary();
        foreach (var part in block.Parts)
        {
            var names = part.Batch.Metrics.Name.Indexes;
            var metrics = part.Batch.Series.MetricIndex.Values;
            var series = seriesIndex(part.Batch).Values;
            var numbers = writer.Remap(part.Batch.Metrics.Name);
            var rows = writer.Dictionary.AddRows(series.Length);
            for (var i = 0; i < series.Length; i++)
                rows[i] = numbers[names[metrics[series[i]]]];
        }

        writer.EndDictionary();
    });

    public TableColumn<Block<MetricBatch>> SeriesId { get; } = C.Computed<ulong>("SeriesId", "UInt64", b => seriesIndex(b).Count, (part, rows) =>
    {
        var tenantSeed = SeriesIdentity.TenantSeed(part.Tenant);
        var hashes = part.Batch.Series.Hash.Values;
        var series = seriesIndex(part.Batch).Values;
        for (var i = 0; i < rows.Length; i++)
            rows[i] = SeriesIdentity.SeriesId(hashes[series[i]], tenantSeed);
    });

    public TableColumn<Block<MetricBatch>> Timestamp { get; } = C.Fixed("Timestamp", TypeNames.Time, time);

    public TableColumn<Block<MetricBatch>> TimeClassOfPoint { get; } = C.Computed<byte>("TimeClass", "UInt8", b => time(b).Count,
        (part, rows) => TimeClass.Fill(time(part.Batch).Values, part.ReceivedUnixNano, rows));

    /// <summary>What must be added to <c>toInt64(Value)</c> to get the exact integer; 0 for values that are none.</summary>
    public static void FillIntRest(ReadOnlySpan<NumberKind> kinds, ReadOnlySpan<double> values, ReadOnlySpan<long> integers, Span<long> rows)
    {
        for (var i = 0; i < rows.Length; i++)
            rows[i] = kinds[i] == NumberKind.Int ? integers[i] - (long)values[i] : 0;
    }
}
