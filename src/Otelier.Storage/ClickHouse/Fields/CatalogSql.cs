using Otelier.Signals;
using Otelier.Signals.Catalog;
using Otelier.Signals.Filters;
using Otelier.Storage.ClickHouse.Metrics;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Tables;

namespace Otelier.Storage.ClickHouse.Fields;

/// <summary>Asks the catalog and the rollups for fields and values. Their rows are parts of sums, so everything is summed.</summary>
internal static class CatalogSql
{
    private const ulong DayNanos = 86_400_000_000_000;

    /// <summary>The attributes of a signal. The line that counts a key has no value.</summary>
    public static SqlBuilder Attributes(FieldQuery query)
    {
        var sql = new SqlBuilder()
            .AppendLine("SELECT Key, Level, sum(Items) AS Seen, arrayStringConcat(arrayMap(kind -> toString(kind.2), arrayReverseSort(groupArray((Items, Type))))) AS Letters")
            .AppendLine("FROM (")
            .AppendLine("SELECT Key, Level, Type, sum(Count) AS Items")
            .FromCatalog(query.Tenant, query.Signal, query.Range)
            .AppendLine("  AND Value = ''");
        return sql
            .AppendLine($"  AND Level IN {sql.TextSet([.. query.Levels.Select(CatalogTable.LevelName)])}")
            .AndStartsWith("Key", query.Prefix)
            .AppendLine("GROUP BY Key, Level, Type)")
            .AppendLine("GROUP BY Key, Level")
            .AppendLine("ORDER BY Seen DESC, Key, Level")
            .Append($"LIMIT {sql.Int64(query.Limit)}");
    }

    /// <summary>The values of a field, or <see langword="null"/> where nobody notes them.</summary>
    public static SqlBuilder? Values(FieldValueQuery query) => (query.Signal, query.Field) switch
    {
        (_, FilterField.Attribute attribute) => OfAttribute(query, attribute),
        (Signal.Traces, FilterField.Intrinsic { Name: IntrinsicField.ServiceName }) => OfRollup(query, RedTable.Services.Name, "ServiceName"),
        (Signal.Traces, FilterField.Intrinsic { Name: IntrinsicField.Name }) => OfRollup(query, RedTable.Operations.Name, "SpanName"),
        (Signal.Metrics, FilterField.Intrinsic { Name: IntrinsicField.Name }) => OfMetrics(query),
        (_, FilterField.Intrinsic { Name: IntrinsicField.ServiceName }) => OfServices(query),
        _ => null,
    };

    private static SqlBuilder OfAttribute(FieldValueQuery query, FilterField.Attribute attribute)
    {
        var sql = new SqlBuilder().AppendLine("SELECT Value AS Item, sum(Count) AS Seen").FromCatalog(query.Tenant, query.Signal, query.Range);
        sql.AppendLine($"  AND Key = {sql.Text(attribute.Key)}").AppendLine("  AND Value != ''");
        AttributeLevel[] levels = attribute.Scope switch
        {
            AttributeScope.Any => [AttributeLevels.ItemOf(query.Signal), AttributeLevel.Resource],
            AttributeScope.Item => [AttributeLevels.ItemOf(query.Signal)],
            AttributeScope.Resource => [AttributeLevel.Resource],
            AttributeScope.Scope => [AttributeLevel.Scope],
            AttributeScope.Event => [AttributeLevel.Event],
            AttributeScope.Link => [AttributeLevel.Link],
            _ => throw new ArgumentOutOfRangeException(nameof(attribute), attribute, null),
        };
        sql.AppendLine($"  AND Level IN {sql.TextSet([.. levels.Select(CatalogTable.LevelName)])}");
        return sql.AndStartsWith("Value", query.Prefix).Ranked("Item", query.Limit);
    }

    private static SqlBuilder OfServices(FieldValueQuery query)
    {
        var sql = new SqlBuilder().AppendLine("SELECT ServiceName AS Item, sum(Count) AS Seen").FromCatalog(query.Tenant, query.Signal, query.Range);
        return sql.AppendLine("  AND Value = '' AND ServiceName != ''").AndStartsWith("ServiceName", query.Prefix).Ranked("Item", query.Limit);
    }

    private static SqlBuilder OfRollup(FieldValueQuery query, string table, string column)
    {
        var (start, end) = DaysOf(query.Range);
        return new SqlBuilder()
            .AppendLine($"SELECT {column} AS Item, sum(Count) AS Seen")
            .FromMinutes(table, query.Tenant, new TimeRange(start * DayNanos, (end + 1) * DayNanos))
            .AndStartsWith(column, query.Prefix)
            .Ranked("Item", query.Limit);
    }

    private static SqlBuilder OfMetrics(FieldValueQuery query)
    {
        var sql = new SqlBuilder().AppendLine("SELECT MetricName AS Item, uniqExact(SeriesId) AS Seen");
        return sql.FromSeries(query.Tenant, query.Range, null).AndStartsWith("MetricName", query.Prefix).Ranked("Item", query.Limit);
    }

    private static SqlBuilder Ranked(this SqlBuilder sql, string item, int limit) => sql
        .AppendLine($"GROUP BY {item}")
        .AppendLine($"ORDER BY Seen DESC, {item}")
        .Append($"LIMIT {sql.Int64(limit)}");

    private static SqlBuilder FromCatalog(this SqlBuilder sql, TenantId tenant, Signal signal, TimeRange range)
    {
        var (start, end) = DaysOf(range);
        return sql
            .FromTenant(CatalogTable.Table.Name, tenant)
            .AppendLine($"  AND Signal = {sql.Text(CatalogTable.SignalName(signal))}")
            .AppendLine($"  AND Day >= toDate(toUInt16({sql.UInt64(start)})) AND Day <= toDate(toUInt16({sql.UInt64(end)}))");
    }

    private static SqlBuilder AndStartsWith(this SqlBuilder sql, string column, string prefix) =>
        prefix.Length == 0 ? sql : sql.AppendLine($"  AND startsWith({column}, {sql.Text(prefix)})");

    // The column's type ends in 2149, and so do the days of times beyond.
    private static (ulong Start, ulong End) DaysOf(TimeRange range) =>
        (Math.Min(range.StartUnixNano / DayNanos, ushort.MaxValue), Math.Min((Math.Max(range.EndUnixNano, 1) - 1) / DayNanos, ushort.MaxValue - 1));
}
