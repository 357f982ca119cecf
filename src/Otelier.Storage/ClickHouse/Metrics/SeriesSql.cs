using Otelier.Signals;
using Otelier.Signals.Filters;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Tables;

namespace Otelier.Storage.ClickHouse.Metrics;

/// <summary>Says which series are meant. A series has one row per day on which it had points.</summary>
internal static class SeriesSql
{
    private const ulong DayNanos = 86_400_000_000_000;

    /// <summary>What filters of metrics speak of.</summary>
    public static SearchedTable Table { get; } = new(
        MetricSeriesTable.Table.Name,
        "Day",
        new AttributeColumns("Attributes", "AttributesSignature"),
        new Dictionary<IntrinsicField, FieldColumn>
        {
            [IntrinsicField.ServiceName] = new("ServiceName", FieldKind.Text),
            [IntrinsicField.Name] = new("MetricName", FieldKind.Text),
            [IntrinsicField.ScopeName] = new("ScopeName", FieldKind.Text),
            [IntrinsicField.ScopeVersion] = new("ScopeVersion", FieldKind.Text),
        });

    /// <summary>Writes <c>FROM … WHERE</c> with tenant and days; further conditions are added with AND.</summary>
    public static SqlBuilder FromSeries(this SqlBuilder sql, TenantId tenant, TimeRange range, Filter? filter)
    {
        sql.FromTenant(Table.Name, tenant)
            .AppendLine($"  AND Day >= {Day(sql, range.StartUnixNano)} AND Day <= {Day(sql, Math.Max(range.EndUnixNano, 1) - 1)}");
        FilterSql.AppendAnd(sql, Table, filter);
        return sql;
    }

    /// <summary>Writes the condition that a point belongs to one of the series of a metric.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="metric">The metric's name.</param>
    /// <param name="tenant">Whose series.</param>
    /// <param name="range">When they had points.</param>
    /// <param name="filter">What holds for them.</param>
    /// <param name="more">Further conditions, each beginning with AND.</param>
    public static SqlBuilder AndSeriesOf(this SqlBuilder sql, string metric, TenantId tenant, TimeRange range, Filter? filter, string more = "")
    {
        sql.AppendLine($"  AND MetricName = {sql.Text(metric)}").AppendLine("  AND SeriesId IN (").AppendLine("SELECT SeriesId");
        return sql.FromSeries(tenant, range, filter).AppendLine($"  AND MetricName = {sql.Text(metric)}{more})");
    }

    // The column's type ends in 2149, and so do the days of times beyond.
    private static string Day(SqlBuilder sql, ulong unixNano) =>
        $"toDate(toUInt16({sql.UInt64(Math.Min(unixNano / DayNanos, ushort.MaxValue))}))";
}
