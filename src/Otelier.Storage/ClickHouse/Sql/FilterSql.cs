using Otelier.Signals.Filters;

namespace Otelier.Storage.ClickHouse.Sql;

/// <summary>
/// Says a <see cref="Filter"/> as a SQL condition that is 0 or 1 and never NULL, so that NOT means what the filter means. Keys and
/// values are parameters.
/// </summary>
internal sealed class FilterSql
{
    private readonly SearchedTable _table;
    private readonly SqlBuilder _sql;
    private readonly ComparisonSql _compare;
    private readonly bool _narrows;
    private int _nodes;
    private int _negations;

    private FilterSql(SearchedTable table, SqlBuilder sql, bool narrows)
    {
        _narrows = narrows;
        _table = table;
        _sql = sql;
        _compare = new ComparisonSql(sql);
    }

    /// <summary>Appends <c>AND (…)</c>; nothing where there is no filter.</summary>
    /// <exception cref="ArgumentException">The filter is larger than <see cref="Filter.NodesMax"/> or <see cref="Filter.DepthMax"/>: the edge let it pass.</exception>
    public static void AppendAnd(SqlBuilder sql, SearchedTable table, Filter? filter)
    {
        if (filter is not null)
            sql.AppendLine($"  AND {new FilterSql(table, sql, narrows: true).Write(filter, 1)}");
    }

    /// <summary>The condition in parentheses, for any place in a statement: indexes of attribute values are not asked for it.</summary>
    /// <inheritdoc cref="AppendAnd" path="/exception"/>
    public static string Condition(SqlBuilder sql, SearchedTable table, Filter filter) => new FilterSql(table, sql, narrows: false).Write(filter, 1);

    private string Write(Filter filter, int depth)
    {
        if (depth > Filter.DepthMax || ++_nodes > Filter.NodesMax)
            throw new ArgumentException("A filter this large should have been refused at the edge.", nameof(filter));
        return filter switch
        {
            Filter.And { Terms.Count: > 0 } and => $"({string.Join(" AND ", and.Terms.Select(term => Write(term, depth + 1)))})",
            Filter.Or { Terms.Count: > 0 } or => $"({string.Join(" OR ", or.Terms.Select(term => Write(term, depth + 1)))})",
            Filter.Not not => Negated(() => Write(not.Term, depth + 1)),
            Filter.Comparison { Operator: FilterOperator.NotEqual } c => Negated(() => Compare(c.Field, FilterOperator.Equal, c.Value)),
            Filter.Comparison c => Compare(c.Field, c.Operator, c.Value),
            Filter.In { Values.Count: > 0 } @in => WriteIn(@in),
            Filter.Exists exists => Exists(exists.Field),
            Filter.FreeText text => FreeText(text.Text),
            _ => throw new ArgumentException($"A filter of kind {filter.GetType().Name} without terms has no meaning.", nameof(filter)),
        };
    }

    private string Negated(Func<string> write)
    {
        _negations++;
        var condition = $"(NOT {write()})";
        _negations--;
        return condition;
    }

    private string WriteIn(Filter.In filter)
    {
        _nodes += filter.Values.Count;
        var texts = filter.Values.OfType<FilterValue.Text>().ToList();
        if (texts.Count == filter.Values.Count && Column(filter.Field) is { Kind: FieldKind.Text } column)
            return $"({column.Name} IN {_sql.TextSet([.. texts.Select(text => text.Value)])})";
        if (filter.Field is FilterField.Attribute { Scope: AttributeScope.Event or AttributeScope.Link } several)
            return OfAny(several, key => string.Join(" OR ", filter.Values.Select(value => In(AttributeColumns.Element, key, FilterOperator.Equal, value))));
        return $"({string.Join(" OR ", filter.Values.Select(value => Compare(filter.Field, FilterOperator.Equal, value)))})";
    }

    private string Exists(FilterField field)
    {
        if (field is FilterField.Attribute attribute)
        {
            if (attribute.Scope is AttributeScope.Event or AttributeScope.Link)
                return OfAny(attribute, key => Has(AttributeColumns.Element, key));
            var key = _sql.Text(attribute.Key);
            return _table.SingleOf(attribute.Scope) is { } columns
                ? Has(columns, key)
                : $"({Has(_table.ItemAttributes, key)} OR {Has(_table.ResourceAttributes, key)})";
        }

        return Column(field) switch
        {
            null => ComparisonSql.Never,
            { Kind: FieldKind.Number or FieldKind.Flag or FieldKind.Time } => "1",
            { Kind: FieldKind.TextList } list => $"notEmpty({list.Name})",
            { Signature: { } signature } => $"({signature} != '')",
            var column => $"({column.Name} != '')",
        };
    }

    /// <summary>
    /// Words are found by <c>hasToken</c>, which an index of words answers and which is all there is to say where the text is one word.
    /// </summary>
    private string FreeText(string text)
    {
        if (_table.FreeText is not { } column)
            return ComparisonSql.Never;
        var words = FilterWords.Of(text);
        var conditions = words.Select(word => $"hasToken({column.Name}, {_sql.Text(word)})").ToList();
        if (column.WordIndex is { } index && index != column.Name)
            conditions.AddRange(words.Select(word => HasIndexed(index, word)));
        if (words is not [var only] || only != text)
            conditions.Add($"position({column.Name}, {_sql.Text(text)}) > 0");
        return $"({string.Join(" AND ", conditions)})";
    }

    /// <summary>What an index of words can say beforehand: nothing of the words at the text's ends, which may go on in the column.</summary>
    private string Indexed(FieldColumn column, FilterOperator op, FilterValue value, string condition) =>
        column.WordIndex is { } index && op == FilterOperator.Contains && FilterWords.WithinOf(ComparisonSql.TextOf(value)) is { Count: > 0 } words
            ? $"({string.Join(" AND ", words.Select(word => HasIndexed(index, word)))} AND {condition})"
            : condition;

    // The engine's lower() knows ASCII alone.
    private string HasIndexed(string index, string word) =>
        $"hasToken({index}, {_sql.Text(index.StartsWith("lower(", StringComparison.Ordinal) ? AsciiLower(word) : word)})";

    private static string AsciiLower(string word) => string.Create(word.Length, word, (lower, text) =>
    {
        for (var i = 0; i < text.Length; i++)
            lower[i] = char.IsAsciiLetterUpper(text[i]) ? (char)(text[i] | 0x20) : text[i];
    });

    private string Compare(FilterField field, FilterOperator op, FilterValue value)
    {
        if (field is FilterField.Attribute attribute)
            return CompareAttribute(attribute, op, value);
        return Column(field) switch
        {
            null => ComparisonSql.Never,
            { Kind: FieldKind.Number } column => _compare.Number(column.Name, op, value),
            { Kind: FieldKind.Word } column => _compare.Word(column, op, value),
            { Kind: FieldKind.Typed } column => Indexed(column, op, value, _compare.Body(column, op, value)),
            { Kind: FieldKind.TextList } column => $"arrayExists(element -> {_compare.Text("element", op, value)}, {column.Name})",
            { Kind: FieldKind.Flag } column => ComparisonSql.Flag(column.Name, op, value),
            { Kind: FieldKind.Time } column => _compare.Time(column.Name, op, value),
            var column => _compare.Text(column.Name, op, value),
        };
    }

    private string CompareAttribute(FilterField.Attribute attribute, FilterOperator op, FilterValue value)
    {
        if (attribute.Scope is AttributeScope.Event or AttributeScope.Link)
            return OfAny(attribute, key => In(AttributeColumns.Element, key, op, value));
        var key = _sql.Text(attribute.Key);
        var condition = _table.SingleOf(attribute.Scope) is { } columns
            ? In(columns, key, op, value)
            : $"if({Has(_table.ItemAttributes, key)}, {In(_table.ItemAttributes, key, op, value)}, {In(_table.ResourceAttributes, key, op, value)})";
        return IndexedValue(attribute.Scope, op, value) is { } indexed ? $"({indexed} AND {condition})" : condition;
    }

    private string In(AttributeColumns columns, string key, FilterOperator op, FilterValue value)
    {
        // One letter of the signature per key, in the keys' order; a missing key has place 0 and so no letter.
        var letter = $"substring({columns.Signature}, indexOf(mapKeys({columns.Map}), {key}), 1)";
        var compared = _compare.Typed($"{columns.Map}[{key}]", letter, op, value);
        return value is FilterValue.Text ? $"({Has(columns, key)} AND {compared})" : compared;
    }

    /// <summary>What holds where one of an item's events or links satisfies a condition on its attributes.</summary>
    private string OfAny(FilterField.Attribute attribute, Func<string, string> condition) =>
        _table.SeveralOf(attribute.Scope) is { } several
            ? $"arrayExists({AttributeColumns.ElementArguments} -> {condition(_sql.Text(attribute.Key))}, {several.Map}, {several.Signature})"
            : ComparisonSql.Never;

    /// <summary>
    /// What the indexes of attribute values can say beforehand. Only a text is kept as it is asked for: a number is equal to every text
    /// that reads as it, and booleans are in every granule. A hint costs rows nothing, and nothing where the table has no such index.
    /// It always holds, and so it says nothing where it is negated.
    /// </summary>
    private string? IndexedValue(AttributeScope scope, FilterOperator op, FilterValue value)
    {
        if (!_narrows || !_table.HasValueIndexes || _negations > 0 || scope == AttributeScope.Scope || op != FilterOperator.Equal || value is not FilterValue.Text text)
            return null;
        var asked = _sql.Text(text.Value);
        return _table.SingleOf(scope) is { } columns
            ? $"indexHint({In(columns)})"
            : $"indexHint({In(_table.ItemAttributes)} OR {In(_table.ResourceAttributes)})";

        string In(AttributeColumns places) => $"has({places.Values}, {asked})";
    }

    private FieldColumn? Column(FilterField field) =>
        field is FilterField.Intrinsic intrinsic ? _table.Fields.GetValueOrDefault(intrinsic.Name) : null;

    private static string Has(AttributeColumns columns, string key) => $"mapContains({columns.Map}, {key})";
}
