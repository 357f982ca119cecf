using System.Globalization;
using Otelier.Signals;
using Otelier.Signals.Metrics;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Tables;

namespace Otelier.Storage.ClickHouse.Metrics;

/// <summary>Lists metrics from the table of series, in the order of name, type, unit, temporality and monotonicity.</summary>
internal sealed class MetricListReader(QueryRunner queries)
{
    private const ulong DayNanos = 86_400_000_000_000;
    private const int KeyParts = 5;

    /// <inheritdoc cref="IMetricStore.FindMetricsAsync"/>
    public async Task<Page<MetricInfo>> FindMetricsAsync(MetricListQuery query, CancellationToken cancellationToken)
    {
        var rows = await queries.ReadAsync<MetricInfo>(FindSql(query, query.Limit + 1), Read, cancellationToken).ConfigureAwait(false);
        var items = rows.Take(query.Limit).ToList();
        return new Page<MetricInfo>(items, rows.Count > items.Count ? new PageKey(0, KeyOf(items[^1])) : null, []);
    }

    internal static SqlBuilder FindSql(MetricListQuery query, int limit)
    {
        var sql = new SqlBuilder()
            .AppendLine("SELECT")
            .AppendLine("  MetricName,")
            .AppendLine("  MetricType,")
            .AppendLine("  MetricUnit,")
            .AppendLine("  AggregationTemporality,")
            .AppendLine("  IsMonotonic,")
            .AppendLine("  argMax(MetricDescription, Day) AS Description,")
            .AppendLine("  uniqExact(SeriesId) AS SeriesCount,")
            .AppendLine($"  arraySort(groupUniqArray({MetricLimits.ServicesMax})(ServiceName)) AS Services,")
            .AppendLine("  toUInt16(max(Day)) AS LastDay")
            .FromSeries(query.Tenant, query.Range, query.Filter);
        if (query.NamePrefix.Length > 0)
            sql.AppendLine($"  AND startsWith(MetricName, {sql.Text(query.NamePrefix)})");
        if (query.After is { } after)
            AppendAfter(sql, after);
        return sql
            .AppendLine("GROUP BY MetricName, MetricType, MetricUnit, AggregationTemporality, IsMonotonic")
            .AppendLine("ORDER BY MetricName, MetricType, MetricUnit, AggregationTemporality, IsMonotonic")
            .Append($"LIMIT {sql.Int64(limit)}");
    }

    /// <summary>Lengths stand before the texts that may hold anything.</summary>
    private static string KeyOf(MetricInfo metric) => string.Create(
        CultureInfo.InvariantCulture,
        $"{metric.Name.Length}:{(int)metric.Type}:{metric.AggregationTemporality}:{(metric.IsMonotonic ? 1 : 0)}:{metric.Name}{metric.Unit}");

    private static void AppendAfter(SqlBuilder sql, PageKey after)
    {
        var parts = after.Id.Split(':', KeyParts);
        var length = int.Parse(parts[0], CultureInfo.InvariantCulture);
        var name = sql.Text(parts[^1][..length]);
        var type = sql.Text(MetricSeriesTable.Types[int.Parse(parts[1], CultureInfo.InvariantCulture)]);
        var unit = sql.Text(parts[^1][length..]);
        var temporality = sql.Int64(int.Parse(parts[2], CultureInfo.InvariantCulture));
        var monotonic = sql.Int64(int.Parse(parts[3], CultureInfo.InvariantCulture));
        sql.AppendLine($"  AND MetricName >= {name}")
            .AppendLine("  AND (toString(MetricName), toString(MetricType), toString(MetricUnit), toInt64(AggregationTemporality), toInt64(IsMonotonic))")
            .AppendLine($"    > ({name}, {type}, {unit}, {temporality}, {monotonic})");
    }

    private static void Read(NativeBlock block, List<MetricInfo> rows)
    {
        var names = block.GetBytes("MetricName");
        var types = block.GetBytes("MetricType");
        var units = block.GetBytes("MetricUnit");
        var temporality = block.GetInt32("AggregationTemporality");
        var monotonic = block.GetBool("IsMonotonic");
        var descriptions = block.GetBytes("Description");
        var series = block.GetUInt64("SeriesCount");
        var services = block.GetArray("Services");
        var serviceNames = (BytesResultColumn)services.Items;
        var lastDay = block.GetUInt16("LastDay");
        for (var row = 0; row < block.RowCount; row++)
        {
            var (start, length) = services[row];
            rows.Add(new MetricInfo(
                names.GetString(row),
                MetricWords.TypeOf(types, row),
                units.GetString(row),
                descriptions.GetString(row),
                temporality[row],
                monotonic[row],
                series[row],
                [.. Enumerable.Range(start, length).Select(serviceNames.GetString)],
                lastDay[row] * DayNanos));
        }
    }
}
