using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Otelier.Signals.Filters;

/// <summary>
/// Checks a regular expression and says it in .NET's syntax with RE2's meaning. RE2 matches code points and ASCII classes, .NET UTF-16
/// units and Unicode classes; so everything that is not a literal is spelled out.
/// </summary>
internal sealed class PatternTranslator
{
    private const int NestingMax = 20;
    private const int RepeatMax = 1000;
    private const string Pair = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";
    private const string Digits = @"\u0030-\u0039";
    private const string WordCharacters = Digits + @"\u0041-\u005A\u005F\u0061-\u007A";
    private const string Spaces = @"\u0009\u000A\u000C\u000D\u0020";

    private readonly string _text;
    private readonly StringBuilder _output = new();
    private string? _problem;
    private int _at;

    private PatternTranslator(string text) => _text = text;

    /// <param name="text">The pattern.</param>
    /// <param name="translated">The pattern for .NET.</param>
    /// <param name="problem">What is wrong and where.</param>
    public static bool TryTranslate(string text, out string translated, [NotNullWhen(false)] out string? problem)
    {
        var translator = new PatternTranslator(text);
        var size = translator.Alternatives(1);
        if (translator._problem is null && translator._at < text.Length)
            translator.Refuse("')' without '('");
        if (translator._problem is null && size > FilterPattern.SizeMax)
            translator._problem = $"the regular expression is too large; with its repetitions it may have {FilterPattern.SizeMax} elements";
        translated = translator._output.ToString();
        problem = translator._problem;
        return problem is null;
    }

    // Sizes are saturated far above the limit, so that products of repetitions do not overflow.
    private long Alternatives(int depth)
    {
        if (depth > NestingMax)
            return Refuse($"groups nested deeper than {NestingMax}");
        var size = 0L;
        while (_problem is null && _at < _text.Length && _text[_at] != ')')
        {
            if (_text[_at] == '|')
            {
                _output.Append('|');
                _at++;
                continue;
            }

            var start = _output.Length;
            var (elements, canRepeat) = Element(depth);
            size += Repetition(elements, canRepeat, start);
        }

        return Math.Min(size, int.MaxValue);
    }

    private (long Size, bool CanRepeat) Element(int depth)
    {
        switch (_text[_at])
        {
            case '(':
                return Group(depth);
            case '[':
                return (Class(), true);
            case '.':
                _at++;
                _output.Append($@"(?:{Pair}|[^\uD800-\uDFFF])");
                return (1, true);
            case '^':
                _at++;
                _output.Append('^');
                return (1, false);
            case '$':
                _at++;
                _output.Append(@"\z");
                return (1, false);
            case '\\':
                return Escape();
            case '*' or '+' or '?' or '{' or ']' or '}':
                return (Refuse($"'{_text[_at]}' where nothing stands that it belongs to; \\{_text[_at]} is the character itself"), false);
            default:
                Literal(TakeCodePoint());
                return (1, true);
        }
    }

    private (long Size, bool CanRepeat) Group(int depth)
    {
        var start = _at++;
        if (_text.AsSpan(_at).StartsWith("?i)") && start == 0)
        {
            _at += 3;
            _output.Append("(?i)");
            return (0, false);
        }

        var opening = _text.AsSpan(_at) switch
        {
            ['?', ':', ..] => "(?:",
            ['?', 'i', ':', ..] => "(?i:",
            ['?', ..] => null,
            _ => "(",
        };
        if (opening is null)
            return (Refuse("a group of a kind that is not supported; supported are (…), (?:…), (?i:…), and (?i) at the beginning"), false);
        _at += opening.Length - 1;
        _output.Append(opening);
        var size = Alternatives(depth + 1);
        if (_problem is null && _at == _text.Length)
        {
            _at = start;
            return (Refuse("'(' without ')'"), false);
        }

        _at++;
        _output.Append(')');
        return (Math.Max(size, 1), true);
    }

    private long Repetition(long size, bool canRepeat, int start)
    {
        if (_problem is not null || _at == _text.Length || _text[_at] is not ('*' or '+' or '?' or '{'))
            return size;
        if (!canRepeat)
            return Refuse("a repetition of what cannot be repeated");
        // One element may have become several characters.
        _output.Insert(start, "(?:").Append(')');
        var times = 1;
        if (_text[_at] == '{')
        {
            if (Bounds(out var written) is not { } most)
                return 0;
            times = most;
            _output.Append(written);
        }
        else
        {
            _output.Append(_text[_at++]);
        }

        // Lazy or not makes no difference to whether something matches.
        if (_at < _text.Length && _text[_at] == '?')
            _at++;
        if (_at < _text.Length && _text[_at] is '*' or '+' or '?' or '{')
            return Refuse("a repetition of a repetition");
        return Math.Min(size * Math.Max(times, 1), int.MaxValue);
    }

    private int? Bounds(out string written)
    {
        var close = _text.IndexOf('}', _at);
        written = close < 0 ? "" : _text[_at..(close + 1)];
        var parts = written.Length < 3 ? [] : written[1..^1].Split(',');
        var most = 0;
        if (parts.Length is 1 or 2 && TryBound(parts[0], out var least) && (parts.Length == 1 || parts[1].Length == 0 || TryBound(parts[1], out most)))
        {
            most = Math.Max(most, least);
            if (most <= RepeatMax && (parts.Length == 1 || parts[1].Length == 0 || most == int.Parse(parts[1], CultureInfo.InvariantCulture)))
            {
                _at = close + 1;
                return most;
            }
        }

        Refuse($"a repetition is {{n}}, {{n,}} or {{n,m}}, with at most {RepeatMax}; \\{{ is the character itself");
        return null;
    }

    private static bool TryBound(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && text.Length <= 4;

    private (long Size, bool CanRepeat) Escape()
    {
        if (_at + 1 == _text.Length)
            return (Refuse("a backslash at the end"), false);
        var c = _text[_at + 1];
        if (c is 'A' or 'z')
        {
            _at += 2;
            _output.Append('\\').Append(c);
            return (1, false);
        }

        if (SetOf(char.ToLowerInvariant(c)) is { } set)
        {
            _at += 2;
            _output.Append(char.IsLower(c) ? $"[{set}]" : Without(set));
            return (1, true);
        }

        if (EscapedCodePoint() is not { } codePoint)
            return (0, false);
        Literal(codePoint);
        return (1, true);
    }

    private long Class()
    {
        var start = _at++;
        var isNegated = _at < _text.Length && _text[_at] == '^';
        if (isNegated)
            _at++;
        var set = new StringBuilder();
        while (_at < _text.Length && _text[_at] != ']')
        {
            if (_text[_at] == '[')
                return Refuse("'[' within a class; \\[ is the character itself");
            if (_text[_at] == '\\' && _at + 1 < _text.Length && SetOf(_text[_at + 1]) is { } named)
            {
                set.Append(named);
                _at += 2;
                continue;
            }

            if (ClassMember() is not { } first)
                return 0;
            var last = first;
            if (_at + 1 < _text.Length && _text[_at] == '-' && _text[_at + 1] != ']')
            {
                _at++;
                if (ClassMember() is not { } end)
                    return 0;
                last = end;
            }

            if (last < first)
                return Refuse("a range whose end is before its begin");
            if (first <= 0xDFFF && last >= 0xD800)
                return Refuse("a range over surrogates");
            set.Append(CultureInfo.InvariantCulture, $@"\u{first:X4}-\u{last:X4}");
        }

        if (_at == _text.Length || set.Length == 0)
        {
            _at = start;
            return Refuse("a class that is empty or has no ']'");
        }

        _at++;
        _output.Append(isNegated ? Without(set.ToString()) : $"[{set}]");
        return 1;
    }

    private int? ClassMember()
    {
        var codePoint = _text[_at] == '\\' ? EscapedCodePoint() : TakeCodePoint();
        if (codePoint <= 0xFFFF)
            return codePoint;
        if (codePoint is not null)
            Refuse("a character beyond U+FFFF in a class; write it as an alternative");
        return null;
    }

    /// <summary>The character that a backslash and what follows stand for.</summary>
    private int? EscapedCodePoint()
    {
        if (_at + 1 < _text.Length)
        {
            var c = _text[_at + 1];
            var position = "tnrfv".IndexOf(c, StringComparison.Ordinal);
            if (position >= 0 || (char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c))))
            {
                _at += 2;
                return position >= 0 ? "\t\n\r\f\v"[position] : c;
            }

            if (c == 'x')
                return HexCodePoint();
        }

        Refuse("an escape that is not supported; supported are \\d \\w \\s \\D \\W \\S (not negated ones in a class), \\t \\n \\r \\f \\v, \\xHH, \\x{H…}, \\A, \\z, and punctuation");
        return null;
    }

    private int? HexCodePoint()
    {
        var rest = _text[(_at + 2)..];
        var close = rest.IndexOf('}', StringComparison.Ordinal);
        var (digits, length) = rest is ['{', ..] && close is > 1 and <= 7 ? (rest[1..close], close + 1) : rest.Length >= 2 ? (rest[..2], 2) : ("", 0);
        if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var codePoint) || !Rune.IsValid(codePoint))
        {
            Refuse("\\x is followed by two hexadecimal digits, or by a code point in braces");
            return null;
        }

        _at += 2 + length;
        return codePoint;
    }

    private int TakeCodePoint()
    {
        var codePoint = char.ConvertToUtf32(_text, _at);
        _at += codePoint > 0xFFFF ? 2 : 1;
        return codePoint;
    }

    private void Literal(int codePoint)
    {
        foreach (var unit in char.ConvertFromUtf32(codePoint))
            _output.Append(CultureInfo.InvariantCulture, $@"\u{(int)unit:X4}");
    }

    private static string? SetOf(char letter) => letter switch
    {
        'd' => Digits,
        'w' => WordCharacters,
        's' => Spaces,
        _ => null,
    };

    private static string Without(string set) => $@"(?:{Pair}|[^{set}\uD800-\uDFFF])";

    private long Refuse(string problem)
    {
        _problem ??= $"the regular expression has at its character {_at + 1} {problem}";
        return 0;
    }
}
