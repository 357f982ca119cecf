namespace Otelier.Signals.Filters;

/// <summary>
/// What must hold for a row. A closed hierarchy with several interpreters, which agree on these rules: a number compares
/// numerically with every value that reads as one, whatever kind it was sent as; a text compares with texts only, a boolean with
/// booleans; a comparison with a missing attribute does not hold, so its negation does. Of several values, such as an attribute's on a
/// span's events, one suffices; so a negation says that there is none.
/// </summary>
public abstract record Filter
{
    /// <summary>Deepest nesting of filters that an interpreter takes.</summary>
    public const int DepthMax = 16;

    /// <summary>Most filters within one, itself included, that an interpreter takes.</summary>
    public const int NodesMax = 1000;

    private protected Filter()
    {
    }

    /// <summary>All of <paramref name="terms"/> as one filter; <see langword="null"/>, which holds for every row, where there are none.</summary>
    public static Filter? All(IReadOnlyList<Filter> terms) => terms.Count switch
    {
        0 => null,
        1 => terms[0],
        _ => new And(terms),
    };

    /// <summary>Holds where all terms hold. At least one term.</summary>
    public sealed record And(IReadOnlyList<Filter> Terms) : Filter;

    /// <summary>Holds where one of the terms holds. At least one term.</summary>
    public sealed record Or(IReadOnlyList<Filter> Terms) : Filter;

    /// <summary>Holds where the term does not.</summary>
    public sealed record Not(Filter Term) : Filter;

    /// <summary>Compares a field with a value.</summary>
    public sealed record Comparison(FilterField Field, FilterOperator Operator, FilterValue Value) : Filter;

    /// <summary>Holds where the field equals one of the values. At least one value.</summary>
    public sealed record In(FilterField Field, IReadOnlyList<FilterValue> Values) : Filter;

    /// <summary>
    /// Holds where every word of the text is a word of the span's or metric's name or of the log record's body, and the text as a whole
    /// stands in it, in the same case. Words are runs of ASCII letters and digits and of all characters beyond ASCII.
    /// </summary>
    public sealed record FreeText(string Text) : Filter;

    /// <summary>Holds where the attribute is there, whatever its value; of an intrinsic field, where it is not empty.</summary>
    public sealed record Exists(FilterField Field) : Filter;
}
