using System.Globalization;
using System.Text;

namespace Otelier.Signals.Filters;

internal enum FilterTokenKind
{
    /// <summary>A run of characters without meaning of their own, with quoted pieces behind its dots: a name, a number, a keyword.</summary>
    Word,

    /// <summary>A text in single or double quotes.</summary>
    Quoted,

    /// <summary>A run of <c>= ! &lt; &gt; ~</c>.</summary>
    Operator,
    Open,
    Close,
    Comma,
    End,

    /// <summary>Something that cannot be read; its text says why.</summary>
    Fault,
}

/// <param name="Kind">What it is.</param>
/// <param name="Text">The characters, quotes and escapes resolved.</param>
/// <param name="Position">Where it begins, from 1.</param>
/// <param name="QuotedFrom">Of a word the place in <paramref name="Text"/> where its first quoted piece begins, or -1.</param>
internal readonly record struct FilterToken(FilterTokenKind Kind, string Text, int Position, int QuotedFrom = -1)
{
    /// <summary>Whether it is this word of the language.</summary>
    public bool Is(string keyword) => Kind == FilterTokenKind.Word && QuotedFrom < 0 && Text == keyword;
}

/// <summary>Cuts the text form into tokens.</summary>
internal sealed class FilterScanner(string text)
{
    private const string OperatorCharacters = "=!<>~";

    private int _at;

    public FilterToken Next()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            _at++;
        var position = _at + 1;
        if (_at == text.Length)
            return new FilterToken(FilterTokenKind.End, "", position);
        switch (text[_at])
        {
            case '(':
                _at++;
                return new FilterToken(FilterTokenKind.Open, "(", position);
            case ')':
                _at++;
                return new FilterToken(FilterTokenKind.Close, ")", position);
            case ',':
                _at++;
                return new FilterToken(FilterTokenKind.Comma, ",", position);
            case '"' or '\'':
                var quoted = new StringBuilder();
                return ReadQuoted(quoted) is { } fault ? fault : new FilterToken(FilterTokenKind.Quoted, quoted.ToString(), position);
            case var c when OperatorCharacters.Contains(c, StringComparison.Ordinal):
                var start = _at;
                while (_at < text.Length && OperatorCharacters.Contains(text[_at], StringComparison.Ordinal))
                    _at++;
                return new FilterToken(FilterTokenKind.Operator, text[start.._at], position);
            default:
                return ReadWord(position);
        }
    }

    private FilterToken ReadWord(int position)
    {
        var word = new StringBuilder();
        var quotedFrom = -1;
        while (_at < text.Length)
        {
            var c = text[_at];
            if (c == '`' || (c == '"' && word.Length > 0 && word[^1] == '.'))
            {
                if (quotedFrom < 0)
                    quotedFrom = word.Length;
                if (ReadQuoted(word) is { } fault)
                    return fault;
            }
            else if (char.IsWhiteSpace(c) || c is '(' or ')' or ',' or '"' or '\'' || OperatorCharacters.Contains(c, StringComparison.Ordinal))
            {
                break;
            }
            else
            {
                word.Append(c);
                _at++;
            }
        }

        var read = word.ToString();
        return IsUnicode(read)
            ? new FilterToken(FilterTokenKind.Word, read, position, quotedFrom)
            : new FilterToken(FilterTokenKind.Fault, "the text is not valid Unicode", position);
    }

    /// <summary>Reads what stands in quotes, of whatever kind begins here. A backslash before a character without a meaning stays, so that regular expressions need no doubling.</summary>
    private FilterToken? ReadQuoted(StringBuilder into)
    {
        var start = _at;
        var first = into.Length;
        var quote = text[_at++];
        while (_at < text.Length && text[_at] != quote)
        {
            var c = text[_at++];
            if (c != '\\' || _at == text.Length)
            {
                into.Append(c);
                continue;
            }

            var escaped = text[_at++];
            if (escaped == 'u' && !TryReadCodeUnit(into))
                return new FilterToken(FilterTokenKind.Fault, "\\u is to be followed by four hexadecimal digits", _at - 1);
            _ = escaped switch
            {
                'u' => into,
                'n' => into.Append('\n'),
                'r' => into.Append('\r'),
                't' => into.Append('\t'),
                '0' => into.Append('\0'),
                '\\' or '"' or '\'' or '`' => into.Append(escaped),
                _ => into.Append('\\').Append(escaped),
            };
        }

        if (_at == text.Length)
            return new FilterToken(FilterTokenKind.Fault, $"the text that begins here has no closing {quote}", start + 1);
        _at++;
        return IsUnicode(into.ToString(first, into.Length - first)) ? null : new FilterToken(FilterTokenKind.Fault, "the text is not valid Unicode", start + 1);
    }

    private bool TryReadCodeUnit(StringBuilder into)
    {
        const int Digits = 4;
        if (_at + Digits > text.Length || !ushort.TryParse(text.AsSpan(_at, Digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            return false;
        into.Append((char)unit);
        _at += Digits;
        return true;
    }

    private static bool IsUnicode(string read)
    {
        for (var i = 0; i < read.Length; i++)
        {
            if (!char.IsSurrogate(read[i]))
                continue;
            if (!char.IsHighSurrogate(read[i]) || i + 1 == read.Length || !char.IsLowSurrogate(read[i + 1]))
                return false;
            i++;
        }

        return true;
    }
}
