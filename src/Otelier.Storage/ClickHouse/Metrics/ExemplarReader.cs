using Otelier.Signals;
using Otelier.Signals.Metrics;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;

namespace Otelier.Storage.ClickHouse.Metrics;

/// <summary>Reads the exemplars of some points, or of a metric.</summary>
internal sealed class ExemplarReader(QueryRunner queries)
{
    private const string SelectList =
        "SELECT SeriesId, Timestamp, ExemplarTimestamp, Value, IntRest, ValueType, SpanId, TraceId, FilteredAttributes, FilteredAttributesSignature";

    /// <summary>The exemplars of these points by series and time, in the order they were sent, and whether some were left out.</summary>
    public async Task<(ILookup<(ulong SeriesId, ulong TimeUnixNano), Exemplar> Exemplars, bool IsCapped)> GetExemplarsAsync(
        TenantId tenant, string metric, IReadOnlyList<MetricPoint> points, CancellationToken cancellationToken)
    {
        var rows = await queries.ReadAsync<((ulong, ulong) Point, Exemplar Exemplar)>(
            Sql(tenant, metric, points), Read, cancellationToken).ConfigureAwait(false);
        return (rows.Take(MetricLimits.ExemplarsMax).ToLookup(row => row.Point, row => row.Exemplar), rows.Count > MetricLimits.ExemplarsMax);
    }

    /// <inheritdoc cref="IMetricStore.FindExemplarsAsync"/>
    public async Task<Page<SeriesExemplar>> FindExemplarsAsync(SeriesQuery query, CancellationToken cancellationToken)
    {
        var rows = await queries.ReadAsync<((ulong SeriesId, ulong TimeUnixNano) Point, Exemplar Exemplar)>(
            FindSql(query, query.Limit + 1), Read, cancellationToken).ConfigureAwait(false);
        if (rows.Count == 0)
            return new Page<SeriesExemplar>([], null, []);
        var series = await new SeriesReader(queries).GetSeriesAsync(
            query.Tenant, query.Metric, query.Range, [.. rows.Select(row => row.Point.SeriesId).Distinct()], cancellationToken).ConfigureAwait(false);
        return new Page<SeriesExemplar>(
            [.. rows.Take(query.Limit).Select(row => new SeriesExemplar(series.GetValueOrDefault(row.Point.SeriesId), row.Exemplar))],
            null,
            rows.Count > query.Limit ? [new Warning(Warning.Capped, $"There are more than {query.Limit} exemplars; these are the newest.")] : []);
    }

    internal static SqlBuilder FindSql(SeriesQuery query, int limit)
    {
        var sql = new SqlBuilder().AppendLine(SelectList).FromRange(PointTable.Exemplars, query.Tenant, query.Range);
        return sql
            .AndSeriesOf(query.Metric, query.Tenant, query.Range, query.Filter)
            .AppendLine("ORDER BY ExemplarTimestamp DESC, SeriesId, Timestamp, Position")
            .Append($"LIMIT {sql.Int64(limit)}");
    }

    internal static SqlBuilder Sql(TenantId tenant, string metric, IReadOnlyList<MetricPoint> points)
    {
        ulong[] ids = [.. points.Select(point => point.Series.Id).Distinct()];
        var sql = new SqlBuilder()
            .AppendLine(SelectList)
            .FromTimes(PointTable.Exemplars, tenant, [.. points.Select(point => point.TimeUnixNano)]);
        return sql
            .AppendLine($"  AND MetricName = {sql.Text(metric)}")
            .AppendLine($"  AND SeriesId IN {sql.IdSet(ids)}")
            .AppendLine("ORDER BY SeriesId, Timestamp, Position")
            .Append($"LIMIT {sql.Int64(MetricLimits.ExemplarsMax + 1)}");
    }

    private static void Read(NativeBlock block, List<((ulong, ulong) Point, Exemplar Exemplar)> rows)
    {
        var series = block.GetUInt64("SeriesId");
        var pointTime = block.GetDateTime64("Timestamp");
        var time = block.GetDateTime64("ExemplarTimestamp");
        var value = block.GetFloat64("Value");
        var intRest = block.GetInt64("IntRest");
        var valueType = block.GetUInt8("ValueType");
        var spanId = block.GetBytes("SpanId");
        var traceId = block.GetBytes("TraceId");
        var attributes = MapReader.Of(block, "FilteredAttributes");
        for (var row = 0; row < block.RowCount; row++)
        {
            rows.Add(((series[row], (ulong)pointTime.UnixNanos(row)), new Exemplar(
                (ulong)time.UnixNanos(row),
                PointRows.NumberOf(valueType[row], value[row], intRest[row]),
                traceId.GetString(row),
                spanId.GetString(row),
                attributes[row])));
        }
    }
}
