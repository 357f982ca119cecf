namespace Otelier.Signals.Traces.Analysis;

/// <summary>
/// Estimates how far clocks are apart, by the rules of Jaeger's adjuster: a span of another service that does not lie within its parent is taken to
/// have the time of travel split evenly before and behind it; one that is longer than its parent is only taken not to have started
/// earlier. Spans of one service are taken to share a clock, so they share their parent's skew. Work that the parent did not wait for
/// may well end later, and is only taken not to have started earlier.
/// </summary>
internal static class ClockSkew
{
    public static long[] Of(TraceTree tree)
    {
        var skews = new long[tree.Count];
        for (var row = 0; row < tree.Count; row++)
        {
            if (tree.ParentOf(row) is not (>= 0 and var parent))
                continue;
            skews[row] = tree[row].ServiceName == tree[parent].ServiceName ? skews[parent] : Between(tree, row, parent, skews[parent]);
        }

        return skews;
    }

    private static long Between(TraceTree tree, int row, int parent, long parentSkew)
    {
        // How much later the parent starts, once its own clock is set right.
        var lead = unchecked((long)(tree[parent].StartTimeUnixNano - tree[row].StartTimeUnixNano)) + parentSkew;
        var (own, parents) = (tree[row].DurationNanos, tree[parent].DurationNanos);
        if (own > parents || tree.IsAsynchronous(row))
            return Math.Max(lead, 0);
        var isWithin = lead <= 0 && (ulong)-lead + own <= parents;
        return isWithin ? 0 : lead + (long)((parents - own) / 2);
    }
}
