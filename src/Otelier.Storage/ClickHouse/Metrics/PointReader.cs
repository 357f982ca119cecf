using System.Globalization;
using Otelier.Signals;
using Otelier.Signals.Metrics;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;

namespace Otelier.Storage.ClickHouse.Metrics;

/// <summary>Searches the points of a metric in the tables of all types it has.</summary>
internal sealed class PointReader(QueryRunner queries)
{
    private const int HexDigits = 16;

    private readonly SeriesReader _series = new(queries);
    private readonly ExemplarReader _exemplars = new(queries);

    /// <inheritdoc cref="IMetricStore.FindPointsAsync"/>
    public async Task<Page<MetricPoint>> FindPointsAsync(PointQuery query, CancellationToken cancellationToken)
    {
        var types = await queries.ReadAsync<MetricType>(TypesSql(query), ReadTypes, cancellationToken).ConfigureAwait(false);
        var tables = types.Select(PointTable.Of).Distinct().ToList();
        if (tables.Count == 0)
            return new Page<MetricPoint>([], null, []);

        // One more than asked for tells whether there is a next page; those given before are read again and passed over.
        var wanted = query.Limit + 1 + (query.After is { } after ? after.Repeats + 1 : 0);
        var rows = new List<PointRow>();
        var windows = new BackwardWindows(UpTo(query.Range, query.After), WindowRules.Newest);
        while (rows.Count < wanted && windows.TryNext(out var window))
        {
            var found = new List<PointRow>();
            foreach (var table in tables)
            {
                var sql = FindSql(table, query, window, wanted - rows.Count);
                found.AddRange(await queries.ReadAsync<PointRow>(sql, PointRows.ReaderOf(table), cancellationToken).ConfigureAwait(false));
            }

            found.Sort(NewestFirst);
            windows.Grow(found.Count, wanted - rows.Count);
            rows.AddRange(found);
        }

        var page = PageCut.Cut(rows, query.Limit, query.After, KeyOf);
        return page.Items.Count == 0 ? new Page<MetricPoint>([], null, []) : await CompleteAsync(query, page, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Which types the metric has.</summary>
    internal static SqlBuilder TypesSql(PointQuery query)
    {
        var sql = new SqlBuilder().AppendLine("SELECT DISTINCT MetricType").FromSeries(query.Tenant, query.Range, query.Filter);
        return sql.Append($"  AND MetricName = {sql.Text(query.Metric)}");
    }

    /// <summary>The newest points of a window.</summary>
    internal static SqlBuilder FindSql(PointTable table, PointQuery query, TimeRange window, int limit)
    {
        var sql = new SqlBuilder()
            .AppendLine($"SELECT {table.SelectList}, {table.Hash} AS Hash")
            .FromRange(table.Searched, query.Tenant, window)
            .AndSeriesOf(query.Metric, query.Tenant, window, query.Filter);
        if (query.After is { } after && window.EndUnixNano > after.TimeUnixNano)
        {
            var time = sql.Time(after.TimeUnixNano);
            var (series, hash) = (sql.UInt64(Hex(after.Id[..HexDigits])), sql.UInt64(Hex(after.Id[HexDigits..])));
            sql.AppendLine($"  AND (Timestamp < {time} OR (SeriesId, Hash) <= ({series}, {hash}))");
        }

        return sql.AppendLine("ORDER BY Timestamp DESC, SeriesId DESC, Hash DESC").Append($"LIMIT {sql.Int64(limit)}");
    }

    /// <summary>Gives the points of a page their series and exemplars.</summary>
    private async Task<Page<MetricPoint>> CompleteAsync(PointQuery query, Page<PointRow> page, CancellationToken cancellationToken)
    {
        var points = page.Items.Select(row => row.Point).ToList();
        ulong[] ids = [.. points.Select(point => point.Series.Id).Distinct()];
        var series = await _series.GetSeriesAsync(query.Tenant, query.Metric, query.Range, ids, cancellationToken).ConfigureAwait(false);
        var (exemplars, isCapped) = await _exemplars.GetExemplarsAsync(query.Tenant, query.Metric, points, cancellationToken).ConfigureAwait(false);

        // Exemplars know series and time of their point. Where that was sent more than once, the first one gets them all.
        var given = new HashSet<(ulong, ulong)>();
        if (query.After is { } after)
            given.Add((Hex(after.Id[..HexDigits]), after.TimeUnixNano));
        var items = new List<MetricPoint>(points.Count);
        foreach (var point in points)
        {
            var key = (point.Series.Id, point.TimeUnixNano);
            items.Add(point with { Series = series[point.Series.Id], Exemplars = given.Add(key) ? [.. exemplars[key]] : [] });
        }

        return new Page<MetricPoint>(
            items,
            page.Next,
            isCapped ? [new Warning(Warning.Capped, $"Only {MetricLimits.ExemplarsMax} exemplars were read; ask for fewer points to see all.")] : []);
    }

    private static void ReadTypes(NativeBlock block, List<MetricType> rows)
    {
        var types = block.GetBytes("MetricType");
        for (var row = 0; row < block.RowCount; row++)
            rows.Add(MetricWords.TypeOf(types, row));
    }

    private static int NewestFirst(PointRow a, PointRow b)
    {
        var order = b.Point.TimeUnixNano.CompareTo(a.Point.TimeUnixNano);
        if (order == 0)
            order = b.Point.Series.Id.CompareTo(a.Point.Series.Id);
        return order != 0 ? order : b.Hash.CompareTo(a.Hash);
    }

    private static PageKey KeyOf(PointRow row) =>
        new(row.Point.TimeUnixNano, string.Create(CultureInfo.InvariantCulture, $"{row.Point.Series.Id:x16}{row.Hash:x16}"));

    private static ulong Hex(string digits) => ulong.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>The range without what is newer than the last point given.</summary>
    private static TimeRange UpTo(TimeRange range, PageKey? after) =>
        after is { } key && key.TimeUnixNano < range.EndUnixNano ? range with { EndUnixNano = key.TimeUnixNano + 1 } : range;
}
