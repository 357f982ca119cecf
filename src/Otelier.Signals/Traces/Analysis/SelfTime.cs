namespace Otelier.Signals.Traces.Analysis;

/// <summary>How long every span was busy by itself: its duration without the union of its children's times, as far as they lie within it.</summary>
internal static class SelfTime
{
    public static ulong[] Of(TraceTree tree)
    {
        var own = new ulong[tree.Count];
        var coveredUntil = new ulong[tree.Count];
        for (var row = 0; row < tree.Count; row++)
        {
            own[row] = tree[row].DurationNanos;
            coveredUntil[row] = tree[row].StartTimeUnixNano;
            if (tree.ParentOf(row) is not (>= 0 and var parent) || tree.IsAsynchronous(row))
                continue;
            // Siblings come in the order of their start, so what they cover only grows at its end.
            var start = Math.Max(tree[row].StartTimeUnixNano, coveredUntil[parent]);
            var end = Math.Min(tree[row].EndTimeUnixNano, tree[parent].EndTimeUnixNano);
            if (end <= start)
                continue;
            own[parent] -= end - start;
            coveredUntil[parent] = end;
        }

        return own;
    }
}
