namespace Otelier.Signals.Filters;

/// <summary>The words for severities: each stands for four numbers, <c>trace</c> for 1 to 4, <c>fatal</c> for 21 to 24.</summary>
public static class SeverityWord
{
    /// <summary>The highest number the protocol knows.</summary>
    public const int NumberMax = 24;

    private const int NumbersPerWord = 4;

    /// <summary>The words, in order.</summary>
    public static IReadOnlyList<string> All { get; } = ["trace", "debug", "info", "warn", "error", "fatal"];

    /// <summary>The numbers a word stands for, in any case.</summary>
    public static bool TryParse(string word, out int lowest, out int highest)
    {
        for (var i = 0; i < All.Count; i++)
        {
            if (!All[i].Equals(word, StringComparison.OrdinalIgnoreCase))
                continue;
            lowest = (i * NumbersPerWord) + 1;
            highest = lowest + NumbersPerWord - 1;
            return true;
        }

        lowest = highest = 0;
        return false;
    }

    /// <summary>The word for a number; <see langword="null"/> for 0 and what the protocol does not know.</summary>
    public static string? Of(int number) => number is >= 1 and <= NumberMax ? All[(number - 1) / NumbersPerWord] : null;
}
