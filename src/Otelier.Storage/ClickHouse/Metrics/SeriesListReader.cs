using System.Globalization;
using Otelier.Signals;
using Otelier.Signals.Metrics;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;

namespace Otelier.Storage.ClickHouse.Metrics;

/// <summary>Lists the series of a metric by id, and when they were seen.</summary>
internal sealed class SeriesListReader(QueryRunner queries)
{
    private readonly SeriesReader _series = new(queries);

    /// <inheritdoc cref="IMetricStore.FindSeriesAsync"/>
    public async Task<Page<SeriesSeen>> FindSeriesAsync(SeriesQuery query, CancellationToken cancellationToken)
    {
        var series = await _series.FindAsync(Sql(query, query.Limit + 1), cancellationToken).ConfigureAwait(false);
        var hasNext = series.Count > query.Limit;
        if (hasNext)
            series.RemoveAt(series.Count - 1);
        var seen = new Dictionary<ulong, (ulong First, ulong Last)>();
        foreach (var table in series.GroupBy(one => PointTable.Of(one.Metric.Type)))
        {
            await foreach (var block in queries.StreamAsync(SeenSql(query, table.Key, [.. table.Select(one => one.Id)]), cancellationToken).ConfigureAwait(false))
                ReadSeen(block, seen);
        }

        return new Page<SeriesSeen>(
            [.. series.Select(one => seen.TryGetValue(one.Id, out var times) ? new SeriesSeen(one, times.First, times.Last) : new SeriesSeen(one, null, null))],
            hasNext ? new PageKey(0, series[^1].Id.ToString("x16", CultureInfo.InvariantCulture)) : null,
            []);
    }

    internal static SqlBuilder Sql(SeriesQuery query, int limit)
    {
        var sql = new SqlBuilder().AppendLine($"SELECT {SeriesReader.SelectList}").FromSeries(query.Tenant, query.Range, query.Filter);
        sql.AppendLine($"  AND MetricName = {sql.Text(query.Metric)}");
        if (query.After is { } after)
            sql.AppendLine($"  AND SeriesId > {sql.UInt64(ulong.Parse(after.Id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))}");
        return sql.AppendLine("ORDER BY SeriesId").AppendLine("LIMIT 1 BY SeriesId").Append($"LIMIT {sql.Int64(limit)}");
    }

    internal static SqlBuilder SeenSql(SeriesQuery query, PointTable table, IReadOnlyList<ulong> ids)
    {
        var sql = new SqlBuilder()
            .AppendLine("SELECT SeriesId, toUnixTimestamp64Nano(min(Timestamp)) AS FirstSeen, toUnixTimestamp64Nano(max(Timestamp)) AS LastSeen")
            .FromRange(table.Searched, query.Tenant, query.Range);
        return sql
            .AppendLine($"  AND MetricName = {sql.Text(query.Metric)}")
            .AppendLine($"  AND SeriesId IN {sql.IdSet(ids)}")
            .Append("GROUP BY SeriesId");
    }

    private static void ReadSeen(NativeBlock block, Dictionary<ulong, (ulong First, ulong Last)> seen)
    {
        var ids = block.GetUInt64("SeriesId");
        var first = block.GetInt64("FirstSeen");
        var last = block.GetInt64("LastSeen");
        for (var row = 0; row < block.RowCount; row++)
            seen[ids[row]] = ((ulong)first[row], (ulong)last[row]);
    }
}
