namespace Otelier.Signals.Traces.Analysis;

/// <summary>Chooses the spans that a small picture of a trace shows.</summary>
public static class Minimap
{
    /// <summary>
    /// All rows where they are few; else the preorder is cut into equal stretches, each shown by its longest span, one with an error before
    /// those without.
    /// </summary>
    public static IReadOnlyList<int> Of(TraceTree tree)
    {
        var count = Math.Min(tree.Count, TraceAnalysisLimits.MinimapMax);
        var rows = new List<int>(count);
        for (var i = 0; i < count; i++)
        {
            var (from, to) = ((int)((long)tree.Count * i / count), (int)((long)tree.Count * (i + 1) / count));
            var best = from;
            for (var row = from + 1; row < to; row++)
            {
                if (Weight(tree, row).CompareTo(Weight(tree, best)) > 0)
                    best = row;
            }

            rows.Add(best);
        }

        return rows;
    }

    private static (bool, ulong) Weight(TraceTree tree, int row) => (tree[row].IsError, tree[row].DurationNanos);
}
