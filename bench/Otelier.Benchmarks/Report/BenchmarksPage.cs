using System.Text;

namespace Otelier.Benchmarks.Report;

/// <summary>
/// The generated section of docs/benchmarks.md. Rows of cases that were not run this time stay, each with the day and the
/// commit it was measured at.
/// </summary>
internal static class BenchmarksPage
{
    public const string Begin = "<!-- results: written by make bench -->";
    public const string End = "<!-- end of results -->";

    private const string Head = "| case | figure | measured | against | ratio | goal | met | of |";

    /// <summary>The page with <paramref name="rows"/> in it.</summary>
    /// <param name="page">The page as it is.</param>
    /// <param name="rows">What was measured now.</param>
    /// <param name="order">The names of all cases, in the order of the table.</param>
    /// <param name="facts">Where and when.</param>
    /// <exception cref="InvalidDataException">The page has no such section.</exception>
    public static string Update(string page, IReadOnlyList<ResultRow> rows, IReadOnlyList<string> order, MachineFacts facts)
    {
        var begin = page.IndexOf(Begin, StringComparison.Ordinal);
        var end = page.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
            throw new InvalidDataException($"The page has no section between '{Begin}' and '{End}'.");

        var measured = rows.Select(row => row.Case).ToHashSet(StringComparer.Ordinal);
        var lines = page[begin..end].Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line != Head && !measured.Contains(CaseOf(line)))
            .Concat(rows.Select(row => $"| {string.Join(" | ", row.Cells.Select(Escape))} | {facts.Day}, {facts.Commit} |"))
            .OrderBy(line => Place(order, CaseOf(line)));

        var section = new StringBuilder(Begin).Append("\n\n");
        foreach (var fact in facts.Lines)
            section.Append("- ").Append(fact).Append('\n');
        section.Append('\n').Append(Head).Append("\n|---|---|---|---|---|---|---|---|\n");
        foreach (var line in lines)
            section.Append(line).Append('\n');
        return string.Concat(page.AsSpan(0, begin), section.Append('\n').ToString(), page.AsSpan(end));
    }

    private static int Place(IReadOnlyList<string> order, string name)
    {
        for (var i = 0; i < order.Count; i++)
        {
            if (order[i] == name)
                return i;
        }

        return order.Count;
    }

    private static string CaseOf(string line) => line.Split('|', 3)[1].Trim();

    private static string Escape(string cell) => cell.Replace("|", "\\|", StringComparison.Ordinal);
}
