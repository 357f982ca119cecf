using System.Globalization;

namespace Otelier.Signals.Filters;

/// <summary>Writes filters as text, with no more parentheses than reading needs.</summary>
internal static class FilterFormatter
{
    private const int OrLevel = 0;
    private const int AndLevel = 1;
    private const int NotLevel = 2;

    // From here on a plain number has the digits by which it is read as nanoseconds.
    private const long PlainNanosMin = 100_000_000_000_000_000;

    public static string Format(Filter filter) => Format(filter, OrLevel);

    /// <summary>A value as the text form has it.</summary>
    public static string Format(FieldType type, FilterValue value) => value switch
    {
        FilterValue.Text text => FieldName.Quote(text.Value, '"'),
        FilterValue.Boolean boolean => boolean.Value ? "true" : "false",
        FilterValue.Integer whole when type == FieldType.Duration => TimeLiteral.FormatDuration(whole.Value),
        FilterValue.Integer whole when type == FieldType.Time && whole.Value is >= 0 and < PlainNanosMin => $"\"{Date(whole.Value)}\"",
        FilterValue.Integer whole => whole.Value.ToString(CultureInfo.InvariantCulture),
        FilterValue.Number number => Decimal(number.Value),
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
    };

    private static string Format(Filter filter, int level) => filter switch
    {
        Filter.Or or => Grouped(string.Join(" or ", or.Terms.Select(term => Format(term, AndLevel))), level > OrLevel),
        Filter.And and => Grouped(string.Join(" and ", and.Terms.Select(term => Format(term, NotLevel))), level > AndLevel),
        Filter.Not { Term: Filter.Comparison { Operator: FilterOperator.Contains or FilterOperator.StartsWith or FilterOperator.Matches } search } =>
            Compare(search, Negated(search.Operator)),
        Filter.Not { Term: Filter.In list } => Format(list, RuleOperator.NotIn),
        Filter.Not { Term: Filter.Exists exists } => $"{FieldName.Format(exists.Field)} {RuleOperator.NotExists.Symbol()}",
        Filter.Not not => $"not {Format(not.Term, NotLevel)}",
        Filter.Comparison comparison => Compare(comparison, Operator(comparison.Operator)),
        Filter.In list => Format(list, RuleOperator.In),
        Filter.Exists exists => $"{FieldName.Format(exists.Field)} {RuleOperator.Exists.Symbol()}",
        Filter.FreeText text => FieldName.Quote(text.Text, '"'),
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, null),
    };

    /// <summary>The operator as it is written.</summary>
    public static RuleOperator Operator(FilterOperator op) => op switch
    {
        FilterOperator.Equal => RuleOperator.Equal,
        FilterOperator.NotEqual => RuleOperator.NotEqual,
        FilterOperator.Greater => RuleOperator.Greater,
        FilterOperator.GreaterOrEqual => RuleOperator.GreaterOrEqual,
        FilterOperator.Less => RuleOperator.Less,
        FilterOperator.LessOrEqual => RuleOperator.LessOrEqual,
        FilterOperator.Contains => RuleOperator.Contains,
        FilterOperator.StartsWith => RuleOperator.StartsWith,
        FilterOperator.Matches => RuleOperator.Matches,
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, null),
    };

    /// <summary>How the negation of a search is written.</summary>
    public static RuleOperator Negated(FilterOperator op) => op switch
    {
        FilterOperator.Contains => RuleOperator.NotContains,
        FilterOperator.StartsWith => RuleOperator.NotStartsWith,
        _ => RuleOperator.NotMatches,
    };

    private static string Compare(Filter.Comparison comparison, RuleOperator op) =>
        $"{FieldName.Format(comparison.Field)} {op.Symbol()} {Format(FieldRegistry.TypeOf(comparison.Field), comparison.Value)}";

    private static string Format(Filter.In list, RuleOperator op)
    {
        var type = FieldRegistry.TypeOf(list.Field);
        return $"{FieldName.Format(list.Field)} {op.Symbol()} ({string.Join(", ", list.Values.Select(value => Format(type, value)))})";
    }

    private static string Grouped(string text, bool inParentheses) => inParentheses ? $"({text})" : text;

    /// <summary>A double is written so that it is not read as an integer.</summary>
    private static string Decimal(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }

    private static string Date(long nanos) => string.Create(
        CultureInfo.InvariantCulture, $"{DateTimeOffset.UnixEpoch.AddTicks(nanos / 100):yyyy-MM-dd'T'HH:mm:ss}.{nanos % 1_000_000_000:000000000}Z");
}
