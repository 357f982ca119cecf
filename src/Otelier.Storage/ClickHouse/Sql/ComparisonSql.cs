using System.Globalization;
using Otelier.Signals.Filters;

namespace Otelier.Storage.ClickHouse.Sql;

/// <summary>Compares one expression of SQL with one value, by how the expression's values are kept. Never NULL.</summary>
internal sealed class ComparisonSql(SqlBuilder sql)
{
    /// <summary>What holds for no row.</summary>
    public const string Never = "0";

    // Rows of other writers have no letter: their values are texts.
    private const string IsText = "IN ('s', '')";

    /// <summary>A plain text.</summary>
    public string Text(string column, FilterOperator op, FilterValue value)
    {
        if (Search(column, op, value) is { } search)
            return $"({search})";
        return value switch
        {
            FilterValue.Text text => $"({column} {Symbol(op)} {sql.Text(text.Value)})",
            FilterValue.Boolean => Never,
            _ => Parsed(column, op, value),
        };
    }

    /// <summary>A value whose kind <paramref name="letter"/> says.</summary>
    public string Typed(string column, string letter, FilterOperator op, FilterValue value, string isText = IsText)
    {
        if (Search(column, op, value) is { } search)
            return $"({search} AND {letter} {isText})";
        return value switch
        {
            FilterValue.Text text => $"({column} {Symbol(op)} {sql.Text(text.Value)} AND {letter} {isText})",
            FilterValue.Boolean boolean when op == FilterOperator.Equal => $"({column} = '{(boolean.Value ? "true" : "false")}' AND {letter} = 'b')",
            FilterValue.Boolean => Never,
            // Base64 may look like a number.
            _ => $"({Parsed(column, op, value)} AND {letter} != 'x')",
        };
    }

    /// <summary>A log body: of any kind its stored text is searched, and a record without one has no letter.</summary>
    public string Body(FieldColumn column, FilterOperator op, FilterValue value) =>
        Search(column.Name, op, value) is { } search ? $"({search})" : Typed(column.Name, $"substring({column.Signature}, 1, 1)", op, value, "= 's'");

    /// <summary>A number.</summary>
    public string Number(string column, FilterOperator op, FilterValue value)
    {
        if (Search($"toString({column})", op, value) is { } search)
            return $"({search})";
        return value switch
        {
            FilterValue.Integer { Value: var whole } => $"({column} {Symbol(op)} {sql.Int64(whole)})",
            FilterValue.Number { Value: var number } => $"({column} {Symbol(op)} {sql.Float64(number)})",
            _ => Never,
        };
    }

    /// <summary>A DateTime64(9), compared as nanoseconds.</summary>
    public string Time(string column, FilterOperator op, FilterValue value) => value is FilterValue.Integer { Value: >= 0 and var whole } && IsOrder(op)
        ? $"({column} {Symbol(op)} {sql.Time((ulong)whole)})"
        : Number($"toUnixTimestamp64Nano({column})", op, value);

    /// <summary>A condition.</summary>
    public static string Flag(string condition, FilterOperator op, FilterValue value) =>
        (op, value) is (FilterOperator.Equal, FilterValue.Boolean { Value: var expected }) ? $"(({condition}) = {(expected ? 1 : 0)})" : Never;

    /// <summary>One of some words, in any case, or the number of one.</summary>
    public string Word(FieldColumn column, FilterOperator op, FilterValue value)
    {
        var text = TextOf(value);
        if (Search($"lower({column.Name})", op, op == FilterOperator.Matches ? value : new FilterValue.Text(text.ToLowerInvariant())) is { } search)
            return $"({search})";
        var word = value switch
        {
            FilterValue.Integer { Value: var i } when i >= 0 && i < column.Words!.Count => column.Words[(int)i],
            _ => column.Words!.FirstOrDefault(w => w.Equals(text, StringComparison.OrdinalIgnoreCase)) ?? text,
        };
        return $"({column.Name} {Symbol(op)} {sql.Text(word)})";
    }

    /// <summary>A value as the text that is searched for.</summary>
    public static string TextOf(FilterValue value) => value switch
    {
        FilterValue.Text text => text.Value,
        FilterValue.Integer { Value: var whole } => whole.ToString(CultureInfo.InvariantCulture),
        FilterValue.Number { Value: var number } => number.ToString("R", CultureInfo.InvariantCulture),
        FilterValue.Boolean { Value: var boolean } => boolean ? "true" : "false",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
    };

    private string? Search(string column, FilterOperator op, FilterValue value) => op switch
    {
        FilterOperator.Contains => $"position({column}, {sql.Text(TextOf(value))}) > 0",
        FilterOperator.StartsWith => $"startsWith({column}, {sql.Text(TextOf(value))})",
        FilterOperator.Matches => $"match({column}, {sql.Text(TextOf(value))})",
        _ => null,
    };

    private string Parsed(string text, FilterOperator op, FilterValue value) => value switch
    {
        FilterValue.Integer { Value: var whole } =>
            $"ifNull(coalesce(toInt64OrNull({text}) {Symbol(op)} {sql.Int64(whole)}, toFloat64OrNull({text}) {Symbol(op)} {sql.Float64(whole)}), 0)",
        FilterValue.Number { Value: var number } => $"ifNull(toFloat64OrNull({text}) {Symbol(op)} {sql.Float64(number)}, 0)",
        _ => Never,
    };

    private static bool IsOrder(FilterOperator op) => op is not (FilterOperator.Contains or FilterOperator.StartsWith or FilterOperator.Matches);

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
