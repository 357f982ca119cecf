namespace Otelier.Signals.Filters;

/// <summary>
/// Cuts a text into words as the engines' indexes do: runs of ASCII letters and digits and of all characters beyond ASCII.
/// </summary>
public static class FilterWords
{
    /// <summary>Most words that a search makes use of; the others are found with the text as a whole.</summary>
    public const int UsedMax = 20;

    /// <summary>The distinct words of the text, in order, at most <see cref="UsedMax"/>.</summary>
    public static IReadOnlyList<string> Of(string text) => Of(text, wholeOnly: false);

    /// <summary>The words that end within the text on both sides, so that they are whole words wherever the text stands.</summary>
    public static IReadOnlyList<string> WithinOf(string text) => Of(text, wholeOnly: true);

    /// <summary>Whether the word is one of the text's words.</summary>
    internal static bool Contains(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        var from = 0;
        while (from <= text.Length - word.Length)
        {
            var found = text[from..].IndexOf(word);
            if (found < 0)
                return false;
            var start = from + found;
            var end = start + word.Length;
            if ((start == 0 || !IsPart(text[start - 1])) && (end == text.Length || !IsPart(text[end])))
                return true;
            from = start + 1;
        }

        return false;
    }

    private static List<string> Of(string text, bool wholeOnly)
    {
        var words = new List<string>();
        var start = -1;
        for (var i = 0; i <= text.Length && words.Count < UsedMax; i++)
        {
            if (i < text.Length && (!char.IsAscii(text[i]) || char.IsAsciiLetterOrDigit(text[i])))
            {
                start = start < 0 ? i : start;
                continue;
            }

            if (start >= 0 && !(wholeOnly && (start == 0 || i == text.Length)) && !words.Contains(text[start..i]))
                words.Add(text[start..i]);
            start = -1;
        }

        return words;
    }

    private static bool IsPart(byte b) => b >= 0x80 || char.IsAsciiLetterOrDigit((char)b);
}
