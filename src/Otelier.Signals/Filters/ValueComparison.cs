using System.Globalization;
using System.Text;
using Otelier.Signals.Columns;

namespace Otelier.Signals.Filters;

/// <summary>Compares stored values with one expected value. Each function says the same as the SQL interpreters do.</summary>
internal static class ValueComparison
{
    /// <summary>Of an attribute or a plain text; a missing value satisfies nothing.</summary>
    public static Func<StoredValue, bool> Typed(FilterOperator op, FilterValue value)
    {
        if (Search(op, value) is { } search)
            return stored => stored.IsText && search(stored.Utf8);
        switch (value)
        {
            case FilterValue.Text text:
                var expected = Encoding.UTF8.GetBytes(text.Value);
                return stored => stored.IsText && Holds(op, stored.Utf8.Span.SequenceCompareTo(expected));
            case FilterValue.Boolean boolean:
                var word = boolean.Value ? "true"u8.ToArray() : "false"u8.ToArray();
                return stored => op == FilterOperator.Equal && stored.Letter == AttributeLetter.Bool && stored.Utf8.Span.SequenceEqual(word);
            case FilterValue.Integer whole:
                return stored => stored.TryGetInteger(out var integer)
                    ? Holds(op, integer.CompareTo(whole.Value))
                    : stored.TryGetNumber(out var number) && Holds(op, number.CompareTo((double)whole.Value));
            case FilterValue.Number expectedNumber:
                return stored => stored.TryGetNumber(out var number) && Holds(op, number.CompareTo(expectedNumber.Value));
            default:
                throw new ArgumentOutOfRangeException(nameof(value), value, null);
        }
    }

    /// <summary>Of a log body: of any kind its stored text is searched.</summary>
    public static Func<StoredValue, bool> Body(FilterOperator op, FilterValue value) =>
        Search(op, value) is { } search ? stored => search(stored.Utf8) : Typed(op, value);

    /// <summary>Of a number of the protocol's own, without loss.</summary>
    public static Func<Int128, bool> Number(FilterOperator op, FilterValue value)
    {
        if (Search(op, value) is { } search)
            return stored => search(Encoding.UTF8.GetBytes(stored.ToString(CultureInfo.InvariantCulture)));
        return value switch
        {
            FilterValue.Integer { Value: var whole } => stored => Holds(op, stored.CompareTo(whole)),
            FilterValue.Number { Value: var number } => stored => Holds(op, Compare(stored, number)),
            _ => _ => false,
        };
    }

    /// <summary>Of a number that stands for one of some words.</summary>
    public static Func<int, bool> Word(FilterOperator op, FilterValue value, IReadOnlyList<string> words)
    {
        var text = TextOf(value);
        var expected = value is FilterValue.Integer { Value: var i } && i >= 0 && i < words.Count ? words[(int)i] : text;
        var lower = op is FilterOperator.Matches ? value : new FilterValue.Text(text.ToLowerInvariant());
        var search = Search(op, lower);
        return stored =>
        {
            var word = (uint)stored < (uint)words.Count ? words[stored] : stored.ToString(CultureInfo.InvariantCulture);
            return search is not null ? search(Encoding.UTF8.GetBytes(word)) : op == FilterOperator.Equal && word.Equals(expected, StringComparison.OrdinalIgnoreCase);
        };
    }

    /// <summary>Of the operators that look into a text; <see langword="null"/> for the others.</summary>
    private static Func<ReadOnlyMemory<byte>, bool>? Search(FilterOperator op, FilterValue value)
    {
        var text = TextOf(value);
        var expected = Encoding.UTF8.GetBytes(text);
        switch (op)
        {
            case FilterOperator.Contains:
                return stored => stored.Span.IndexOf(expected) >= 0;
            case FilterOperator.StartsWith:
                return stored => stored.Span.StartsWith(expected);
            case FilterOperator.Matches when FilterPattern.TryParse(text, out var pattern, out _):
                var regex = pattern.ToRegex();
                return stored => regex.IsMatch(Encoding.UTF8.GetString(stored.Span));
            case FilterOperator.Matches:
                throw new ArgumentException($"'{text}' is no pattern; the edge let it pass.", nameof(value));
            default:
                return null;
        }
    }

    /// <summary>Compares without rounding the whole number.</summary>
    private static int Compare(Int128 stored, double number)
    {
        const double Beyond = 1e30;
        if (Math.Abs(number) >= Beyond)
            return number > 0 ? -1 : 1;
        var floor = Math.Floor(number);
        var compared = stored.CompareTo((Int128)floor);
        return compared == 0 && number > floor ? -1 : compared;
    }

    private static bool Holds(FilterOperator op, int compared) => op switch
    {
        FilterOperator.Equal => compared == 0,
        FilterOperator.Greater => compared > 0,
        FilterOperator.GreaterOrEqual => compared >= 0,
        FilterOperator.Less => compared < 0,
        FilterOperator.LessOrEqual => compared <= 0,
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, null),
    };

    private static string TextOf(FilterValue value) => value switch
    {
        FilterValue.Text text => text.Value,
        FilterValue.Integer { Value: var whole } => whole.ToString(CultureInfo.InvariantCulture),
        FilterValue.Number { Value: var number } => number.ToString("R", CultureInfo.InvariantCulture),
        FilterValue.Boolean { Value: var boolean } => boolean ? "true" : "false",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
    };
}
