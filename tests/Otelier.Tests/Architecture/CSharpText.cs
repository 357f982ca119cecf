using System.Text;

namespace Otelier.Tests.Architecture;

/// <summary>C# source with comments and the insides of literals blanked, so that a rule about code does not trip over prose.</summary>
internal static class CSharpText
{
    public static string CodeOf(string source)
    {
        var code = new StringBuilder(source.Length);
        var at = 0;
        while (at < source.Length)
        {
            var end = EndOfProse(source, at);
            if (end == at)
            {
                code.Append(source[at++]);
                continue;
            }

            foreach (var c in source.AsSpan(at, end - at))
                code.Append(c == '\n' ? '\n' : ' ');
            at = end;
        }

        return code.ToString();
    }

    /// <summary>The index after the comment or literal that begins at <paramref name="at"/>; <paramref name="at"/> itself where none does.</summary>
    private static int EndOfProse(string source, int at)
    {
        var rest = source.AsSpan(at);
        if (rest.StartsWith("//"))
            return After(source, "\n", at + 2) - (source.IndexOf('\n', at) < 0 ? 0 : 1);
        if (rest.StartsWith("/*"))
            return After(source, "*/", at + 2);
        if (rest[0] == '\'')
            return EndOfQuoted(source, at + 1, '\'', escapes: true);

        var quote = rest.TrimStart("$@").Length is var left ? at + rest.Length - left : at;
        if (quote >= source.Length || source[quote] != '"')
            return at;

        var quotes = source.AsSpan(quote).IndexOfAnyExcept('"') is var n && n < 0 ? source.Length - quote : n;
        if (quotes >= 3)
            return After(source, new string('"', quotes), quote + quotes);
        var verbatim = source.AsSpan(at, quote - at).Contains('@');
        return EndOfQuoted(source, quote + 1, '"', escapes: !verbatim);
    }

    private static int EndOfQuoted(string source, int at, char quote, bool escapes)
    {
        for (; at < source.Length; at++)
        {
            if (escapes && source[at] == '\\')
                at++;
            else if (source[at] == quote && !escapes && at + 1 < source.Length && source[at + 1] == quote)
                at++;
            else if (source[at] == quote)
                return at + 1;
        }

        return source.Length;
    }

    private static int After(string source, string mark, int from) =>
        source.IndexOf(mark, Math.Min(from, source.Length), StringComparison.Ordinal) is var i && i < 0 ? source.Length : i + mark.Length;
}
