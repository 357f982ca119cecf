using System.Text;

namespace Otelier.Benchmarks.Report;

/// <summary>The table for a person at a terminal.</summary>
internal static class ResultTable
{
    public static string Format(IReadOnlyList<ResultRow> rows)
    {
        IReadOnlyList<string>[] lines = [ResultRow.Heads, .. rows.Select(row => row.Cells)];
        // A reason for a failure may be long; it does not widen the column.
        var widths = ResultRow.Heads.Select((_, column) => lines.Max(line => line[column].Length is var length and <= 48 ? length : 0)).ToArray();
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            for (var column = 0; column < widths.Length; column++)
                text.Append(line[column].PadRight(widths[column] + 2));
            while (text.Length > 0 && text[^1] == ' ')
                text.Length--;
            text.Append('\n');
        }

        return text.ToString();
    }
}
