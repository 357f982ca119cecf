using System.Diagnostics.CodeAnalysis;

namespace Otelier.Signals.Filters;

/// <summary>
/// The filter's text form: <c>service.name = "cart" and duration &gt; 250ms and (http.response.status_code &gt;= 500 or status = error)</c>.
/// <c>not</c> binds closer than <c>and</c>, <c>and</c> closer than <c>or</c>; a quoted text by itself is looked for in names and bodies.
/// </summary>
public static class FilterText
{
    /// <summary>Longest text, in characters.</summary>
    public const int LengthMax = 256 * 1024;

    /// <summary>Most comparisons of one filter.</summary>
    public const int RulesMax = 50;

    /// <summary>Most values of all lists of one filter.</summary>
    public const int ValuesMax = 500;

    /// <summary>Deepest nesting of parentheses and negations.</summary>
    public const int NestingMax = 10;

    /// <summary>Reads a filter. An empty text is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="signal">Whose fields may stand in it.</param>
    /// <param name="filter">The filter; <see langword="null"/>, which holds for every row, of an empty text.</param>
    /// <param name="error">What is wrong.</param>
    public static bool TryParse(string text, Signal signal, out Filter? filter, [NotNullWhen(false)] out FilterError? error)
    {
        filter = null;
        error = null;
        if (text.Length > LengthMax)
            error = new FilterError($"the filter is longer than {LengthMax} characters", LengthMax + 1);
        else if (!string.IsNullOrWhiteSpace(text))
            filter = new FilterParser(text, signal).Parse(out error);
        return error is null;
    }

    /// <summary>Writes a filter so that reading it gives an equal one.</summary>
    public static string Format(Filter filter) => FilterFormatter.Format(filter);
}
