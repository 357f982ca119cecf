using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Otelier.Signals.Filters;

/// <summary>
/// A regular expression in the part of the syntax that RE2 and .NET mean alike: literals, <c>.</c> (any character, line ends too),
/// classes, groups, alternatives, repetition, <c>^</c> and <c>$</c> (begin and end of the whole text), <c>\d \w \s</c> (ASCII) and their
/// negations, <c>(?i)</c>. It takes time linear in the text in every interpreter.
/// </summary>
public sealed class FilterPattern
{
    /// <summary>Longest pattern, in characters.</summary>
    public const int LengthMax = 1000;

    /// <summary>Most elements of a pattern, a repeated one counting as often as it may repeat.</summary>
    public const int SizeMax = 1000;

    private readonly string _translated;

    private FilterPattern(string text, string translated)
    {
        Text = text;
        _translated = translated;
    }

    /// <summary>As it was written; RE2 reads it as it is.</summary>
    public string Text { get; }

    /// <param name="text">The pattern.</param>
    /// <param name="pattern">The pattern, understood.</param>
    /// <param name="problem">What is wrong and where, as a clause without a full stop.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out FilterPattern? pattern, [NotNullWhen(false)] out string? problem)
    {
        pattern = null;
        if (text.Length is 0 or > LengthMax)
        {
            problem = $"a regular expression has 1 to {LengthMax} characters";
            return false;
        }

        if (!PatternTranslator.TryTranslate(text, out var translated, out problem))
            return false;
        pattern = new FilterPattern(text, translated);
        return true;
    }

    /// <summary>The pattern for matching in memory, on well-formed UTF-16.</summary>
    public Regex ToRegex() => new(_translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
