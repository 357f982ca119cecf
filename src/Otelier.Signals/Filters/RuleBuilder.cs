using System.Diagnostics.CodeAnalysis;

namespace Otelier.Signals.Filters;

/// <summary>Makes a filter of a field, an operator and values: gives the values the field's type and says operators by the few a filter has.</summary>
internal static class RuleBuilder
{
    /// <param name="field">The field.</param>
    /// <param name="op">The operator.</param>
    /// <param name="values">One value; none of <c>exists</c>; one or more of <c>in</c>.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="problem">What is wrong, without a position.</param>
    /// <param name="position">Where, as the literals say.</param>
    public static bool TryBuild(
        FilterField field, RuleOperator op, IReadOnlyList<FilterLiteral> values,
        [NotNullWhen(true)] out Filter? filter, [NotNullWhen(false)] out string? problem, out int position)
    {
        filter = null;
        problem = null;
        position = values.Count == 0 ? 0 : values[0].Position;
        var type = FieldRegistry.TypeOf(field);
        var terms = new List<Filter>();
        if (op is RuleOperator.Exists or RuleOperator.NotExists)
            terms.Add(new Filter.Exists(field));
        foreach (var value in values)
        {
            position = value.Position;
            if (Term(field, type, op, value, out problem) is not { } term)
            {
                problem ??= "";
                return false;
            }

            terms.Add(term);
        }

        filter = op is RuleOperator.In or RuleOperator.NotIn ? AnyOf(field, terms) : terms[0];
        if (op is RuleOperator.NotIn or RuleOperator.NotExists or RuleOperator.NotContains or RuleOperator.NotStartsWith or RuleOperator.NotMatches)
            filter = new Filter.Not(filter);
        else if (op == RuleOperator.NotEqual)
            filter = filter is Filter.Comparison equal ? equal with { Operator = FilterOperator.NotEqual } : new Filter.Not(filter);
        return true;
    }

    private static Filter AnyOf(FilterField field, List<Filter> terms)
    {
        if (terms.All(term => term is Filter.Comparison { Operator: FilterOperator.Equal }))
            return new Filter.In(field, [.. terms.Select(term => ((Filter.Comparison)term).Value)]);
        return terms.Count == 1 ? terms[0] : new Filter.Or(terms);
    }

    private static Filter? Term(FilterField field, FieldType type, RuleOperator op, FilterLiteral literal, out string? problem)
    {
        problem = null;
        switch (op)
        {
            case RuleOperator.Contains or RuleOperator.NotContains:
                return new Filter.Comparison(field, FilterOperator.Contains, SearchedText(type, literal));
            case RuleOperator.StartsWith or RuleOperator.NotStartsWith:
                return new Filter.Comparison(field, FilterOperator.StartsWith, SearchedText(type, literal));
            case RuleOperator.Matches or RuleOperator.NotMatches:
                return FilterPattern.TryParse(literal.Text, out _, out problem)
                    ? new Filter.Comparison(field, FilterOperator.Matches, new FilterValue.Text(literal.Text))
                    : null;
        }

        var comparison = op switch
        {
            RuleOperator.Greater => FilterOperator.Greater,
            RuleOperator.GreaterOrEqual => FilterOperator.GreaterOrEqual,
            RuleOperator.Less => FilterOperator.Less,
            RuleOperator.LessOrEqual => FilterOperator.LessOrEqual,
            _ => FilterOperator.Equal,
        };
        if (type == FieldType.Severity && SeverityWord.TryParse(literal.Text, out var lowest, out var highest))
            return Severity(field, comparison, lowest, highest);
        if (ValueOf(field, type, literal) is { } value)
            return new Filter.Comparison(field, comparison, value);
        problem = $"'{Shortened(literal.Text)}' is no value of {FieldName.Format(field)}; expected {Expected(field, type)}";
        return null;
    }

    /// <summary>A word stands for several numbers, so to be greater is to be greater than all of them.</summary>
    private static Filter Severity(FilterField field, FilterOperator op, int lowest, int highest)
    {
        return op switch
        {
            FilterOperator.Greater or FilterOperator.LessOrEqual => Compare(op, highest),
            FilterOperator.GreaterOrEqual or FilterOperator.Less => Compare(op, lowest),
            _ => new Filter.And([Compare(FilterOperator.GreaterOrEqual, lowest), Compare(FilterOperator.LessOrEqual, highest)]),
        };

        Filter.Comparison Compare(FilterOperator compared, int number) => new(field, compared, new FilterValue.Integer(number));
    }

    private static FilterValue.Text SearchedText(FieldType type, FilterLiteral literal) =>
        new(type == FieldType.Id ? literal.Text.ToLowerInvariant() : literal.Text);

    private static FilterValue? ValueOf(FilterField field, FieldType type, FilterLiteral literal)
    {
        switch (type)
        {
            case FieldType.Any:
                return literal.AsAny();
            case FieldType.Text:
                return literal.AsAny() is var any && any is FilterValue.Boolean ? new FilterValue.Text(literal.Text) : any;
            case FieldType.Id:
                return new FilterValue.Text(literal.Text.ToLowerInvariant());
            case FieldType.Number or FieldType.Severity:
                return literal.AsNumber();
            case FieldType.Boolean:
                return literal.Text is "true" or "false" ? new FilterValue.Boolean(literal.Text == "true") : null;
            case FieldType.Duration:
                return TimeLiteral.TryParseQuantity(literal.Text, out var nanos, out var isDuration)
                    ? isDuration ? new FilterValue.Integer(nanos) : null
                    : literal.AsNumber();
            case FieldType.Time:
                return TimeLiteral.TryParseUnix(literal.Text, out var time) || TimeLiteral.TryParseDate(literal.Text, out time)
                    ? new FilterValue.Integer((long)Math.Min(time, long.MaxValue))
                    : null;
            case FieldType.Word:
                var words = FieldRegistry.Of(((FilterField.Intrinsic)field).Name).Words;
                var word = literal.AsNumber() is FilterValue.Integer { Value: var number } && number >= 0 && number < words.Count
                    ? words[(int)number]
                    : words.FirstOrDefault(known => known.Equals(literal.Text, StringComparison.OrdinalIgnoreCase));
                return word is null ? null : new FilterValue.Text(word);
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, null);
        }
    }

    private static string Expected(FilterField field, FieldType type) => type switch
    {
        FieldType.Duration => "a length of time such as 250ms, 1.5s or 2h, or a number of nanoseconds",
        FieldType.Time => "a time such as 2026-03-01T10:00:00Z, or a unix time in seconds, milliseconds, microseconds or nanoseconds",
        FieldType.Severity => $"a number from 0 to {SeverityWord.NumberMax} or one of {string.Join(", ", SeverityWord.All)}",
        FieldType.Number => "a number",
        _ => $"one of {string.Join(", ", FieldRegistry.Of(((FilterField.Intrinsic)field).Name).Words)}",
    };

    private static string Shortened(string text)
    {
        const int ShownMax = 60;
        return text.Length > ShownMax ? text[..ShownMax] + "…" : text;
    }
}
