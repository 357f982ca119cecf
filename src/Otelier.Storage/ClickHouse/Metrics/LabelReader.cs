using Otelier.Signals;
using Otelier.Signals.Metrics;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;

namespace Otelier.Storage.ClickHouse.Metrics;

/// <summary>Reads the labels of a metric from the table of series.</summary>
internal sealed class LabelReader(QueryRunner queries)
{
    /// <inheritdoc cref="IMetricStore.FindLabelsAsync"/>
    public async Task<Page<MetricLabel>> FindLabelsAsync(SeriesQuery query, CancellationToken cancellationToken)
    {
        var labels = await queries.ReadAsync<MetricLabel>(Sql(query, MetricLimits.LabelsMax + 1), Read, cancellationToken).ConfigureAwait(false);
        if (labels.Count <= MetricLimits.LabelsMax)
            return new Page<MetricLabel>(labels, null, []);
        labels.RemoveAt(labels.Count - 1);
        return new Page<MetricLabel>(labels, null, [new Warning(Warning.Capped, $"The metric has more than {MetricLimits.LabelsMax} labels.")]);
    }

    internal static SqlBuilder Sql(SeriesQuery query, int limit)
    {
        var sql = new SqlBuilder();
        sql.AppendLine("SELECT IsOfResource, Label, count() AS ValueCount, sum(Series) AS SeriesCount,")
            .AppendLine($"  arraySlice(arraySort(x -> (-toInt64(x.2), x.1), groupArray((Value, Series))), 1, {sql.Int64(query.Limit)}) AS Top,")
            .AppendLine("  arrayMap(x -> x.1, Top) AS TopValues, arrayMap(x -> x.2, Top) AS TopSeries")
            .AppendLine("FROM (")
            .AppendLine("SELECT Entry.1 AS IsOfResource, Entry.2 AS Label, Entry.3 AS Value, uniqExact(SeriesId) AS Series")
            .AppendLine("FROM (")
            .AppendLine("SELECT SeriesId, arrayJoin(arrayConcat(")
            .AppendLine("  arrayMap((k, v) -> (toUInt8(0), toString(k), v), mapKeys(Attributes), mapValues(Attributes)),")
            .AppendLine("  arrayMap((k, v) -> (toUInt8(1), toString(k), v), mapKeys(ResourceAttributes), mapValues(ResourceAttributes)))) AS Entry")
            .FromSeries(query.Tenant, query.Range, query.Filter);
        return sql
            .AppendLine($"  AND MetricName = {sql.Text(query.Metric)})")
            .AppendLine("GROUP BY IsOfResource, Label, Value)")
            .AppendLine("GROUP BY IsOfResource, Label")
            .AppendLine("ORDER BY Label, IsOfResource")
            .Append($"LIMIT {sql.Int64(limit)}");
    }

    private static void Read(NativeBlock block, List<MetricLabel> rows)
    {
        var ofResource = block.GetUInt8("IsOfResource");
        var names = block.GetBytes("Label");
        var values = block.GetUInt64("ValueCount");
        var series = block.GetUInt64("SeriesCount");
        var topValues = block.GetArray("TopValues");
        var texts = (BytesResultColumn)topValues.Items;
        var topSeries = block.GetArray("TopSeries");
        for (var row = 0; row < block.RowCount; row++)
        {
            var (start, length) = topValues[row];
            var counts = PointRows.ListOf<ulong>(topSeries, row);
            rows.Add(new MetricLabel(
                names.GetString(row),
                ofResource[row] != 0,
                values[row],
                series[row],
                [.. Enumerable.Range(0, length).Select(i => (texts.GetString(start + i), counts[i]))]));
        }
    }
}
