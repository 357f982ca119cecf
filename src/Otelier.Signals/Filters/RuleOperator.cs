namespace Otelier.Signals.Filters;

/// <summary>The operators as they are written; a filter says some of them as negations of others.</summary>
public enum RuleOperator
{
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Matches,
    NotMatches,
    Contains,
    NotContains,
    StartsWith,
    NotStartsWith,
    In,
    NotIn,
    Exists,
    NotExists,
}

/// <summary>How operators are written, and which a field takes.</summary>
public static class RuleOperators
{
    private static readonly (RuleOperator Operator, string Symbol, string? Word)[] Spellings =
    [
        (RuleOperator.Equal, "=", "eq"),
        (RuleOperator.NotEqual, "!=", "ne"),
        (RuleOperator.Greater, ">", "gt"),
        (RuleOperator.GreaterOrEqual, ">=", "gte"),
        (RuleOperator.Less, "<", "lt"),
        (RuleOperator.LessOrEqual, "<=", "lte"),
        (RuleOperator.Matches, "~", "regex"),
        (RuleOperator.NotMatches, "!~", "not_regex"),
        (RuleOperator.Contains, "contains", null),
        (RuleOperator.NotContains, "not_contains", null),
        (RuleOperator.StartsWith, "starts_with", null),
        (RuleOperator.NotStartsWith, "not_starts_with", null),
        (RuleOperator.In, "in", null),
        (RuleOperator.NotIn, "not_in", null),
        (RuleOperator.Exists, "exists", null),
        (RuleOperator.NotExists, "not_exists", null),
    ];

    private static readonly RuleOperator[] Equality = [RuleOperator.Equal, RuleOperator.NotEqual, RuleOperator.In, RuleOperator.NotIn];

    private static readonly RuleOperator[] Order = [RuleOperator.Greater, RuleOperator.GreaterOrEqual, RuleOperator.Less, RuleOperator.LessOrEqual];

    private static readonly RuleOperator[] Search =
    [
        RuleOperator.Matches, RuleOperator.NotMatches, RuleOperator.Contains, RuleOperator.NotContains, RuleOperator.StartsWith, RuleOperator.NotStartsWith,
    ];

    private static readonly RuleOperator[] Presence = [RuleOperator.Exists, RuleOperator.NotExists];

    /// <summary>How the operator is shown: <c>=</c>, <c>not_in</c>.</summary>
    public static string Symbol(this RuleOperator op) => Spellings[(int)op].Symbol;

    /// <summary>All spellings, for messages.</summary>
    public static string Listed(IEnumerable<RuleOperator> operators) => string.Join(", ", operators.Select(Symbol));

    /// <summary>The operators a type of field takes.</summary>
    public static IReadOnlyList<RuleOperator> Of(FieldType type) => type switch
    {
        FieldType.Any or FieldType.Text => [.. Equality, .. Order, .. Search, .. Presence],
        FieldType.Id => [.. Equality, .. Search, .. Presence],
        FieldType.Number or FieldType.Duration or FieldType.Time or FieldType.Severity => [.. Equality, .. Order, .. Presence],
        FieldType.Word or FieldType.Boolean => [.. Equality, .. Presence],
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <summary>Reads a symbol or a word.</summary>
    public static bool TryParse(string text, out RuleOperator op)
    {
        foreach (var spelling in Spellings)
        {
            op = spelling.Operator;
            if (text == spelling.Symbol || text == spelling.Word)
                return true;
        }

        op = default;
        return false;
    }

    /// <summary>The negation of an operator, as it is written behind <c>not</c>: <c>not in</c>.</summary>
    internal static bool TryNegate(RuleOperator op, out RuleOperator negated)
    {
        negated = op + 1;
        return op is RuleOperator.Contains or RuleOperator.StartsWith or RuleOperator.In or RuleOperator.Exists or RuleOperator.Matches;
    }
}
