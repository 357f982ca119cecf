using System.Globalization;

namespace Otelier.Benchmarks;

/// <summary>What was asked for on the command line.</summary>
internal sealed record BenchOptions(IReadOnlyList<BenchCase> Cases, bool Quick, bool WritePage, int PairCount)
{
    public const string Usage = """
        make bench [CASES=a,b…] [ARGS="…"]
          --cases a,b   only these cases (also the environment's CASES)
          --quick       short runs, one pair: shows that it works; writes no page
          --pairs N     pairs of runs behind each ratio; 5 unless given
          --no-page     leave docs/benchmarks.md alone
          --list        the names of the cases
        """;

    private const int PairsMax = 99;

    /// <summary>Reads the arguments; a text where they are not understood.</summary>
    public static (BenchOptions? Options, string? Fault) Read(IReadOnlyList<string> arguments, string? casesFromEnvironment)
    {
        var names = casesFromEnvironment;
        var (quick, page, pairs) = (false, true, 0);
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--quick":
                    quick = true;
                    break;
                case "--no-page":
                    page = false;
                    break;
                case "--cases" when i + 1 < arguments.Count:
                    names = arguments[++i];
                    break;
                case "--pairs" when i + 1 < arguments.Count && int.TryParse(arguments[++i], NumberStyles.None, CultureInfo.InvariantCulture, out pairs) && pairs is > 0 and <= PairsMax:
                    break;
                default:
                    return (null, $"'{arguments[i]}' is not understood.\n{Usage}");
            }
        }

        var wanted = (names ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (wanted.FirstOrDefault(name => BenchCases.All.All(c => c.Name != name)) is { } stray)
            return (null, $"There is no case '{stray}'. There are: {string.Join(", ", BenchCases.All.Select(c => c.Name))}.");
        var cases = wanted.Length == 0 ? BenchCases.All : [.. BenchCases.All.Where(c => wanted.Contains(c.Name, StringComparer.Ordinal))];
        return (new BenchOptions(cases, quick, page && !quick, pairs > 0 ? pairs : quick ? 1 : 5), null);
    }
}
