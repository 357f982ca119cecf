using System.Globalization;
using Otelier.Signals.Filters;

namespace Otelier.Storage.ClickHouse.Sql;

/// <summary>
/// Says a <see cref="Filter"/> as a SQL condition that is 0 or 1 and never NULL, so that NOT means what the filter means. Keys and
/// values are parameters.
/// </summary>
internal sealed class FilterSql
{
    private const string Never = "0";

    private readonly SearchedTable _table;
    private readonly SqlBuilder _sql;
    private int _nodes;

    private FilterSql(SearchedTable table, SqlBuilder sql)
    {
        _table = table;
        _sql = sql;
    }

    /// <summary>Appends <c>AND (…)</c>; nothing where there is no filter.</summary>
    /// <exception cref="ArgumentException">The filter is larger than <see cref="Filter.NodesMax"/> or <see cref="Filter.DepthMax"/>: the edge let it pass.</exception>
    public static void AppendAnd(SqlBuilder sql, SearchedTable table, Filter? filter)
    {
        if (filter is not null)
            sql.AppendLine($"  AND {Condition(sql, table, filter)}");
    }

    /// <summary>The condition in parentheses.</summary>
    /// <inheritdoc cref="AppendAnd" path="/exception"/>
    public static string Condition(SqlBuilder sql, SearchedTable table, Filter filter) => new FilterSql(table, sql).Write(filter, 1);

    private string Write(Filter filter, int depth)
    {
        if (depth > Filter.DepthMax || ++_nodes > Filter.NodesMax)
            throw new ArgumentException("A filter this large should have been refused at the edge.", nameof(filter));
        return filter switch
        {
            Filter.And { Terms.Count: > 0 } and => $"({string.Join(" AND ", and.Terms.Select(term => Write(term, depth + 1)))})",
            Filter.Or { Terms.Count: > 0 } or => $"({string.Join(" OR ", or.Terms.Select(term => Write(term, depth + 1)))})",
            Filter.Not not => $"(NOT {Write(not.Term, depth + 1)})",
            Filter.Comparison { Operator: FilterOperator.NotEqual } c => $"(NOT {Compare(c.Field, FilterOperator.Equal, c.Value)})",
            Filter.Comparison c => Compare(c.Field, c.Operator, c.Value),
            Filter.In { Values.Count: > 0 } @in => WriteIn(@in),
            Filter.Exists exists => Exists(exists.Field),
            _ => throw new ArgumentException($"A filter of kind {filter.GetType().Name} without terms has no meaning.", nameof(filter)),
        };
    }

    private string WriteIn(Filter.In filter)
    {
        _nodes += filter.Values.Count;
        var texts = filter.Values.OfType<FilterValue.Text>().ToList();
        if (texts.Count == filter.Values.Count && Column(filter.Field) is { Kind: FieldKind.Text } column)
            return $"({column.Name} IN {_sql.TextSet([.. texts.Select(text => text.Value)])})";
        return $"({string.Join(" OR ", filter.Values.Select(value => Compare(filter.Field, FilterOperator.Equal, value)))})";
    }

    private string Exists(FilterField field)
    {
        if (field is FilterField.Attribute attribute)
        {
            var key = _sql.Text(attribute.Key);
            return attribute.Scope == AttributeScope.Any
                ? $"({Has(_table.ItemAttributes, key)} OR {Has(_table.ResourceAttributes, key)})"
                : Has(ColumnsOf(attribute.Scope), key);
        }

        return Column(field) switch
        {
            null => Never,
            { Kind: FieldKind.Number } => "1",
            { Signature: { } signature } => $"({signature} != '')",
            var column => $"({column.Name} != '')",
        };
    }

    private string Compare(FilterField field, FilterOperator op, FilterValue value)
    {
        if (field is FilterField.Attribute attribute)
            return CompareAttribute(attribute, op, value);
        return Column(field) switch
        {
            null => Never,
            { Kind: FieldKind.Number } column => CompareNumber(column.Name, op, value),
            { Kind: FieldKind.Word } column => CompareWord(column, op, value),
            { Kind: FieldKind.Typed } column => CompareTyped(column.Name, $"substring({column.Signature}, 1, 1)", op, value, isBody: true),
            var column => CompareTyped(column.Name, letter: null, op, value),
        };
    }

    private string CompareAttribute(FilterField.Attribute attribute, FilterOperator op, FilterValue value)
    {
        var key = _sql.Text(attribute.Key);
        if (attribute.Scope != AttributeScope.Any)
            return In(ColumnsOf(attribute.Scope));
        return $"if({Has(_table.ItemAttributes, key)}, {In(_table.ItemAttributes)}, {In(_table.ResourceAttributes)})";

        string In(AttributeColumns columns)
        {
            // One letter of the signature per key, in the keys' order; a missing key has place 0 and so no letter.
            var letter = $"substring({columns.Signature}, indexOf(mapKeys({columns.Map}), {key}), 1)";
            var compared = CompareTyped($"{columns.Map}[{key}]", letter, op, value);
            return value is FilterValue.Text ? $"({Has(columns, key)} AND {compared})" : compared;
        }
    }

    /// <summary>Compares a text, or a stored value whose kind <paramref name="letter"/> says. Rows of other writers have no letter: their values are texts.</summary>
    private string CompareTyped(string column, string? letter, FilterOperator op, FilterValue value, bool isBody = false)
    {
        if (op == FilterOperator.Contains)
        {
            var contains = $"position({column}, {_sql.Text(TextOf(value))}) > 0";
            return letter is null || isBody ? $"({contains})" : $"({contains} AND {letter} IN ('s', ''))";
        }

        switch (value)
        {
            case FilterValue.Text text:
                var compared = $"{column} {Symbol(op)} {_sql.Text(text.Value)}";
                return letter is null ? $"({compared})" : $"({compared} AND {letter} IN ('s', ''))";
            case FilterValue.Boolean boolean when op == FilterOperator.Equal && letter is not null:
                return $"({column} = '{(boolean.Value ? "true" : "false")}' AND {letter} = 'b')";
            case FilterValue.Boolean:
                return Never;
            default:
                // Base64 may look like a number.
                var number = CompareParsed(column, op, value);
                return letter is null ? number : $"({number} AND {letter} != 'x')";
        }
    }

    private string CompareParsed(string text, FilterOperator op, FilterValue value) => value switch
    {
        FilterValue.Integer { Value: var whole } =>
            $"ifNull(coalesce(toInt64OrNull({text}) {Symbol(op)} {_sql.Int64(whole)}, toFloat64OrNull({text}) {Symbol(op)} {_sql.Float64(whole)}), 0)",
        FilterValue.Number { Value: var number } => $"ifNull(toFloat64OrNull({text}) {Symbol(op)} {_sql.Float64(number)}, 0)",
        _ => Never,
    };

    private string CompareNumber(string column, FilterOperator op, FilterValue value) => (op, value) switch
    {
        (FilterOperator.Contains, _) => $"(position(toString({column}), {_sql.Text(TextOf(value))}) > 0)",
        (_, FilterValue.Integer { Value: var whole }) => $"({column} {Symbol(op)} {_sql.Int64(whole)})",
        (_, FilterValue.Number { Value: var number }) => $"({column} {Symbol(op)} {_sql.Float64(number)})",
        _ => Never,
    };

    private string CompareWord(FieldColumn column, FilterOperator op, FilterValue value)
    {
        var text = TextOf(value);
        var word = value switch
        {
            FilterValue.Integer { Value: var i } when i >= 0 && i < column.Words!.Count => column.Words[(int)i],
            _ => column.Words!.FirstOrDefault(w => w.Equals(text, StringComparison.OrdinalIgnoreCase)) ?? text,
        };
        return op == FilterOperator.Contains
            ? $"(position(lower({column.Name}), {_sql.Text(text.ToLowerInvariant())}) > 0)"
            : $"({column.Name} {Symbol(op)} {_sql.Text(word)})";
    }

    private FieldColumn? Column(FilterField field) =>
        field is FilterField.Intrinsic intrinsic ? _table.Fields.GetValueOrDefault(intrinsic.Name) : null;

    private AttributeColumns ColumnsOf(AttributeScope scope) => scope switch
    {
        AttributeScope.Resource => _table.ResourceAttributes,
        AttributeScope.Scope => _table.ScopeAttributes,
        _ => _table.ItemAttributes,
    };

    private static string Has(AttributeColumns columns, string key) => $"mapContains({columns.Map}, {key})";

    private static string TextOf(FilterValue value) => value switch
    {
        FilterValue.Text text => text.Value,
        FilterValue.Integer { Value: var whole } => whole.ToString(CultureInfo.InvariantCulture),
        FilterValue.Number { Value: var number } => number.ToString("R", CultureInfo.InvariantCulture),
        FilterValue.Boolean { Value: var boolean } => boolean ? "true" : "false",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
    };

    private static string Symbol(FilterOperator op) => op switch
    {
        FilterOperator.Equal => "=",
        FilterOperator.Greater => ">",
        FilterOperator.GreaterOrEqual => ">=",
        FilterOperator.Less => "<",
        FilterOperator.LessOrEqual => "<=",
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, null),
    };
}
