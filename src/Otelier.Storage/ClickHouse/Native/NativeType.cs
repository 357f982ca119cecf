using System.Globalization;

namespace Otelier.Storage.ClickHouse.Native;

/// <summary>A column type as the engine writes it: a name and what stands in its parentheses.</summary>
/// <param name="Name">E.g. <c>Array</c>.</param>
/// <param name="Arguments">The texts between the commas, e.g. <c>LowCardinality(String)</c>.</param>
internal sealed record NativeType(string Name, IReadOnlyList<string> Arguments)
{
    /// <summary>Longest type text, in characters.</summary>
    internal const int LengthMax = 64 * 1024;

    internal static NativeType Parse(string text)
    {
        text = text.Trim();
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
            return new NativeType(text, []);
        if (open == 0 || text[^1] != ')')
            throw Malformed(text);
        return new NativeType(text[..open], Split(text, open + 1, text.Length - 1));
    }

    /// <summary>The argument at a place, which must be there.</summary>
    internal string Argument(int index) => index < Arguments.Count ? Arguments[index] : throw Malformed(Name);

    /// <summary>A number among the arguments.</summary>
    internal int Number(int index, int max) =>
        int.TryParse(Argument(index), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= max
            ? number
            : throw Malformed(Name);

    /// <summary>An element of a Tuple: its name, empty where it has none, and its type.</summary>
    internal static (string Name, string Type) Element(string argument)
    {
        var depth = 0;
        for (var i = 0; i < argument.Length; i++)
        {
            switch (argument[i])
            {
                case '`' or '\'':
                    i = SkipQuoted(argument, i);
                    break;
                case '(':
                    depth++;
                    break;
                case ')':
                    depth--;
                    break;
                case ' ' when depth == 0:
                    return (argument[..i].Trim('`'), argument[(i + 1)..].Trim());
            }
        }

        return ("", argument);
    }

    private static List<string> Split(string text, int start, int end)
    {
        var parts = new List<string>();
        var depth = 0;
        var from = start;
        for (var i = start; i < end; i++)
        {
            switch (text[i])
            {
                case '`' or '\'':
                    i = SkipQuoted(text, i);
                    break;
                case '(':
                    depth++;
                    break;
                case ')' when --depth < 0:
                    throw Malformed(text);
                case ',' when depth == 0:
                    parts.Add(text[from..i].Trim());
                    from = i + 1;
                    break;
            }
        }

        if (depth != 0)
            throw Malformed(text);
        parts.Add(text[from..end].Trim());
        return parts;
    }

    /// <summary>Where the quoted text that begins at <paramref name="start"/> ends.</summary>
    private static int SkipQuoted(string text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] == text[start])
                return i;
        }

        throw Malformed(text);
    }

    private static ClickHouseProtocolException Malformed(string text) =>
        new($"Not a column type: {(text.Length > 200 ? text[..200] : text)}");
}
