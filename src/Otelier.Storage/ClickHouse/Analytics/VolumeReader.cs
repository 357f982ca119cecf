using Otelier.Signals;
using Otelier.Signals.Analytics;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;

namespace Otelier.Storage.ClickHouse.Analytics;

/// <summary>Counts rows over time: spans by duration, log records by severity.</summary>
internal sealed class VolumeReader(QueryRunner queries, SelectionTables tables)
{
    /// <inheritdoc cref="IAnalyticsStore.GetHeatmapAsync"/>
    public async Task<Heatmap> GetHeatmapAsync(HeatmapQuery query, CancellationToken cancellationToken)
    {
        var cells = await queries.ReadAsync<HeatmapCell>(HeatmapSql(tables.Of(query.Selection), query), ReadCells, cancellationToken).ConfigureAwait(false);
        return new Heatmap(cells, []);
    }

    /// <inheritdoc cref="IAnalyticsStore.GetLogHistogramAsync"/>
    public async Task<LogHistogram> GetLogHistogramAsync(LogHistogramQuery query, CancellationToken cancellationToken)
    {
        var counts = new ulong[]?[SeverityRange.Words.Count];
        var total = 0UL;
        await foreach (var block in queries.StreamAsync(HistogramSql(tables.Of(query.Selection), query), cancellationToken).ConfigureAwait(false))
        {
            var steps = block.GetInt64("Step");
            var severities = block.GetUInt8("Severity");
            var rows = block.GetUInt64("Rows");
            for (var row = 0; row < block.RowCount; row++)
            {
                if ((ulong)steps[row] >= (ulong)query.Grid.Count)
                    continue;
                var series = counts[severities[row]] ??= new ulong[query.Grid.Count];
                series[steps[row]] += rows[row];
                total += rows[row];
            }
        }

        var found = counts.Select((values, severity) => values is null ? null : new SeveritySeries(severity, values));
        return new LogHistogram([.. found.OfType<SeveritySeries>()], total, []);
    }

    internal static SqlBuilder HeatmapSql(SearchedTable table, HeatmapQuery query)
    {
        var sql = new SqlBuilder().AppendLine("SELECT");
        return sql
            .AppendLine($"  {SelectionSql.StepOf(sql, table, query.Grid)} AS Step,")
            .AppendLine($"  toInt32(if(Duration = 0, 0, 1 + floor({HeatmapBuckets.PerDoubling} * log2(Duration)))) AS Bucket,")
            .AppendLine("  count() AS Rows,")
            .AppendLine($"  countIf({SelectionSql.FailedOf(Signal.Traces)}) AS Failed")
            .FromSelection(table, query.Selection)
            .AppendLine("GROUP BY Step, Bucket")
            .Append("ORDER BY Step, Bucket");
    }

    internal static SqlBuilder HistogramSql(SearchedTable table, LogHistogramQuery query)
    {
        var sql = new SqlBuilder().AppendLine("SELECT");
        return sql
            .AppendLine($"  {SelectionSql.StepOf(sql, table, query.Grid)} AS Step,")
            // Numbers that the protocol does not know count with the nearest range.
            .AppendLine($"  toUInt8(least(intDiv(greatest(SeverityNumber, 0) + {SeverityRange.Width - 1}, {SeverityRange.Width}), {SeverityRange.Words.Count - 1})) AS Severity,")
            .AppendLine("  count() AS Rows")
            .FromSelection(table, query.Selection)
            .Append("GROUP BY Step, Severity");
    }

    private static void ReadCells(NativeBlock block, List<HeatmapCell> cells)
    {
        var steps = block.GetInt64("Step");
        var buckets = block.GetInt32("Bucket");
        var rows = block.GetUInt64("Rows");
        var failed = block.GetUInt64("Failed");
        for (var row = 0; row < block.RowCount; row++)
            cells.Add(new HeatmapCell((int)steps[row], buckets[row], rows[row], failed[row]));
    }
}
