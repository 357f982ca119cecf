using Otelier.Signals.Filters;

namespace Otelier.Storage.ClickHouse.Sql;

/// <summary>Says a field's value as SQL, for what groups, counts or computes with values. Keys are parameters.</summary>
internal static class FieldSql
{
    private const string None = "CAST(NULL, 'Nullable(String)')";

    /// <summary>
    /// The value as a text, NULL where the row has none: of a field of the protocol's own where it is empty, as <c>exists</c> has it.
    /// Enumerations are words in lower case; several values are joined by commas.
    /// </summary>
    public static string Text(SqlBuilder sql, SearchedTable table, FilterField field)
    {
        if (field is FilterField.Attribute attribute)
        {
            var key = sql.Text(attribute.Key);
            return attribute.Scope switch
            {
                AttributeScope.Any =>
                    $"multiIf({Has(table.ItemAttributes, key)}, {Value(table.ItemAttributes, key)}, {Has(table.ResourceAttributes, key)}, {Value(table.ResourceAttributes, key)}, NULL)",
                AttributeScope.Event or AttributeScope.Link => table.SeveralOf(attribute.Scope) is { } several ? Joined(several, key) : None,
                _ => In(table.SingleOf(attribute.Scope)!, key),
            };
        }

        return ColumnOf(table, field) switch
        {
            null => None,
            { Kind: FieldKind.Number } column => $"toNullable(toString({column.Name}))",
            { Kind: FieldKind.Word } column => $"nullIf(lower(toString({column.Name})), '')",
            { Kind: FieldKind.Flag } column => $"toNullable(if({column.Name}, 'true', 'false'))",
            { Kind: FieldKind.Time } column => $"toNullable(toString(toUnixTimestamp64Nano({column.Name})))",
            { Kind: FieldKind.TextList } column => $"nullIf(arrayStringConcat({column.Name}, ', '), '')",
            { Signature: { } signature } column => $"if({signature} = '', NULL, {column.Name})",
            var column => $"nullIf(toString({column.Name}), '')",
        };

        static string In(AttributeColumns columns, string key) => $"if({Has(columns, key)}, {Value(columns, key)}, NULL)";
    }

    /// <summary>
    /// The value as a finite Float64, NULL where the row has none that reads as one, as comparisons have it: whatever kind it was sent as,
    /// but not bytes, whose base64 may look like a number.
    /// </summary>
    public static string Number(SqlBuilder sql, SearchedTable table, FilterField field)
    {
        if (field is FilterField.Attribute attribute)
        {
            var key = sql.Text(attribute.Key);
            return attribute.Scope switch
            {
                AttributeScope.Any => $"if({Has(table.ItemAttributes, key)}, {Parsed(table.ItemAttributes, key)}, {Parsed(table.ResourceAttributes, key)})",
                // Of several values none is the number, and neither are bytes.
                AttributeScope.Event or AttributeScope.Link => table.SeveralOf(attribute.Scope) is { } several
                    ? Finite($"toFloat64OrNull({Joined(several, key, $" AND {Letter(AttributeColumns.Element, key)} != 'x'")})")
                    : "CAST(NULL, 'Nullable(Float64)')",
                _ => Parsed(table.SingleOf(attribute.Scope)!, key),
            };
        }

        return ColumnOf(table, field) switch
        {
            null => "CAST(NULL, 'Nullable(Float64)')",
            { Kind: FieldKind.Number } column => $"toFloat64({column.Name})",
            var column => Finite($"toFloat64OrNull(toString({column.Name}))"),
        };

        // A missing key has the empty text, which is no number, and no letter.
        static string Parsed(AttributeColumns columns, string key) =>
            $"if({Letter(columns, key)} = 'x', NULL, {Finite($"toFloat64OrNull({Value(columns, key)})")})";
    }

    private static string Finite(string number) => $"if(isFinite({number}), {number}, NULL)";

    private static string Letter(AttributeColumns columns, string key) => $"substring({columns.Signature}, indexOf(mapKeys({columns.Map}), {key}), 1)";

    private static string Has(AttributeColumns columns, string key) => $"mapContains({columns.Map}, {key})";

    private static string Value(AttributeColumns columns, string key) => $"{columns.Map}[{key}]";

    /// <summary>The values that an item's events or links have, in their order; NULL where none has the key.</summary>
    private static string Joined(AttributeColumns several, string key, string and = "") =>
        $"nullIf(arrayStringConcat(arrayMap({AttributeColumns.Element.Map} -> {Value(AttributeColumns.Element, key)}, arrayFilter({AttributeColumns.ElementArguments} -> {Has(AttributeColumns.Element, key)}{and}, {several.Map}, {several.Signature})), ', '), '')";

    private static FieldColumn? ColumnOf(SearchedTable table, FilterField field) =>
        field is FilterField.Intrinsic intrinsic ? table.Fields.GetValueOrDefault(intrinsic.Name) : null;
}
