using Otelier.Signals;
using Otelier.Signals.Analytics;
using Otelier.Signals.Filters;
using Otelier.Storage.ClickHouse.Sql;

namespace Otelier.Storage.ClickHouse.Analytics;

/// <summary>Which rows of a side are looked at: whole spells of time first, then one of so many rows.</summary>
internal readonly record struct SideSample(TimeSample Time, ulong OneRowOf);

/// <summary>Writes the statements that hold a selection against its baseline.</summary>
internal static class BaselineSql
{
    /// <summary>More rows than these on a side are read by spells of time.</summary>
    private const ulong SideRowsMax = 500_000;

    /// <summary>The place of the pair that every row has: its rows are the rows looked at.</summary>
    public const byte RowsPlace = 255;

    /// <summary>The place of the fields of the protocol's own; attributes have their scope's number.</summary>
    public const byte IntrinsicPlace = 254;

    /// <summary>The fields of the protocol's own that are compared: those whose values are categories.</summary>
    private static readonly IntrinsicField[] Compared =
    [
        IntrinsicField.ServiceName, IntrinsicField.Name, IntrinsicField.Kind, IntrinsicField.Status, IntrinsicField.StatusMessage,
        IntrinsicField.SeverityText, IntrinsicField.EventName, IntrinsicField.ScopeName, IntrinsicField.ScopeVersion,
    ];

    /// <summary>The fields of a table's rows that stand in the pairs, by their number.</summary>
    public static IReadOnlyList<IntrinsicField> FieldsOf(SearchedTable table) =>
        [.. Compared.Where(field => table.Fields.TryGetValue(field, out var column) && column.Kind is FieldKind.Text or FieldKind.Word)];

    /// <summary>How a side of so many rows is sampled.</summary>
    public static SideSample SampleOf(TimeRange range, ulong rows)
    {
        var time = TimeSample.Of(range, rows, SideRowsMax);
        return new SideSample(time, Math.Max(rows / time.OneOf / AnalyticsLimits.ComparedRowsMax, 1));
    }

    /// <summary>How many rows either side has.</summary>
    public static SqlBuilder CountSql(SearchedTable table, ComparisonQuery query)
    {
        var sql = new SqlBuilder();
        var selected = ConditionOf(sql, table, query.Selection);
        var other = query.Baseline is { } baseline ? ConditionOf(sql, table, baseline) : "1";
        return sql
            .AppendLine("SELECT")
            .AppendLine($"  countIf({selected}) AS Selected,")
            .AppendLine($"  countIf(NOT {selected} AND {other}) AS Others")
            .FromRange(table, query.Selection.Tenant, RangeOf(query));
    }

    /// <summary>The pairs of a field and a value on the selection's side, with the number of sampled rows that have each.</summary>
    public static SqlBuilder SelectedSql(SearchedTable table, ComparisonQuery query, SideSample sample) =>
        PairsSql(sql => sql.FromSelection(table, query.Selection), table, sample);

    /// <inheritdoc cref="SelectedSql"/>
    /// <remarks>On the baseline's side.</remarks>
    public static SqlBuilder OthersSql(SearchedTable table, ComparisonQuery query, SideSample sample) => PairsSql(
        sql => sql
            .FromSelection(table, query.Baseline ?? query.Selection with { Filter = null })
            .AppendLine($"  AND NOT {ConditionOf(sql, table, query.Selection)}"),
        table,
        sample);

    /// <summary>The range in which rows of either side lie.</summary>
    public static TimeRange RangeOf(ComparisonQuery query)
    {
        var (range, other) = (query.Selection.Range, (query.Baseline ?? query.Selection).Range);
        return new TimeRange(Math.Min(range.StartUnixNano, other.StartUnixNano), Math.Max(range.EndUnixNano, other.EndUnixNano));
    }

    private static SqlBuilder PairsSql(Action<SqlBuilder> from, SearchedTable table, SideSample sample)
    {
        var sql = new SqlBuilder()
            .AppendLine("SELECT")
            .AppendLine($"  arrayJoin(arrayFilter(p -> p.3 != '' AND length(p.3) <= {AnalyticsLimits.ComparedValueBytesMax}, arrayConcat(")
            .AppendLine($"    [(toUInt8({RowsPlace}), '', 'rows'), {string.Join(", ", FieldsOf(table).Select((field, i) => Intrinsic(table, field, i)))}],")
            .AppendLine($"    {Attributes(AttributeScope.Item, table.ItemAttributes)},")
            .AppendLine($"    {Attributes(AttributeScope.Resource, table.ResourceAttributes)},")
            .AppendLine($"    {Attributes(AttributeScope.Scope, table.ScopeAttributes)}))) AS Pair,")
            .AppendLine("  Pair.1 AS Place, Pair.2 AS Key, Pair.3 AS Value, count() AS Rows");
        from(sql);
        sample.Time.AppendAnd(sql, table);
        if (sample.OneRowOf > 1)
            sql.AppendLine($"  AND cityHash64({table.Time}, TraceId, SpanId) % {sql.UInt64(sample.OneRowOf)} = 0");
        return sql
            .AppendLine("GROUP BY Pair")
            .AppendLine("ORDER BY Rows DESC, Pair")
            .Append($"LIMIT {sql.Int64(AnalyticsLimits.ComparedPairsMax)}");
    }

    // A field of the protocol's own has its number for a key.
    private static string Intrinsic(SearchedTable table, IntrinsicField field, int index)
    {
        var column = table.Fields[field];
        var value = column.Kind == FieldKind.Word ? $"lower(toString({column.Name}))" : $"toString({column.Name})";
        return $"(toUInt8({IntrinsicPlace}), '{index}', {value})";
    }

    private static string Attributes(AttributeScope scope, AttributeColumns columns) =>
        $"arrayMap((k, v) -> (toUInt8({(int)scope}), toString(k), v), mapKeys({columns.Map}), mapValues({columns.Map}))";

    private static string ConditionOf(SqlBuilder sql, SearchedTable table, Selection selection)
    {
        var condition = $"{table.Time} >= {sql.Time(selection.Range.StartUnixNano)} AND {table.Time} < {sql.Time(selection.Range.EndUnixNano)}";
        return selection.Filter is { } filter ? $"({condition} AND {FilterSql.Condition(sql, table, filter)})" : $"({condition})";
    }
}
