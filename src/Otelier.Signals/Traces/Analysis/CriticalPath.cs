namespace Otelier.Signals.Traces.Analysis;

/// <summary>A stretch of time that the whole trace waited for one span.</summary>
/// <param name="Row">The span's row.</param>
/// <param name="StartTimeUnixNano">In nanoseconds since 1970.</param>
/// <param name="EndTimeUnixNano">In nanoseconds since 1970; later than the start.</param>
public readonly record struct CriticalPathSection(int Row, ulong StartTimeUnixNano, ulong EndTimeUnixNano)
{
    public ulong DurationNanos => EndTimeUnixNano - StartTimeUnixNano;
}

/// <summary>
/// The critical path as Jaeger defines it: children are cut to their parent's time, those outside it and those it did not wait for are left out;
/// then the path is walked back from the end of the root, always into the child that finished last before the place reached.
/// </summary>
internal static class CriticalPath
{
    public static (IReadOnlyList<CriticalPathSection> Sections, bool[] IsCritical) Of(TraceTree tree)
    {
        var (starts, ends) = Clip(tree);
        var sections = new List<CriticalPathSection>();
        var isCritical = new bool[tree.Count];
        var open = new Stack<Frame>();
        var root = tree.MainRow;
        open.Push(new Frame(root, ChildrenByEnd(tree, root, starts, ends)));
        var reached = ends[root];
        while (open.TryPeek(out var frame))
        {
            var child = frame.TakeLastEndingBy(reached, ends);
            Add(frame.Row, child < 0 ? starts[frame.Row] : ends[child]);
            if (child < 0)
                open.Pop();
            else
                open.Push(new Frame(child, ChildrenByEnd(tree, child, starts, ends)));
        }

        sections.Reverse();
        return (sections, isCritical);

        void Add(int row, ulong start)
        {
            if (start < reached)
            {
                sections.Add(new CriticalPathSection(row, start, reached));
                isCritical[row] = true;
            }

            reached = start;
        }
    }

    /// <summary>Every span's time within all its ancestors'; where nothing is left, or the parent did not wait, it ends where it starts.</summary>
    private static (ulong[] Starts, ulong[] Ends) Clip(TraceTree tree)
    {
        var (starts, ends) = (new ulong[tree.Count], new ulong[tree.Count]);
        for (var row = 0; row < tree.Count; row++)
        {
            (starts[row], ends[row]) = (tree[row].StartTimeUnixNano, tree[row].EndTimeUnixNano);
            if (tree.ParentOf(row) is not (>= 0 and var parent))
                continue;
            starts[row] = Math.Max(starts[row], starts[parent]);
            ends[row] = tree.IsAsynchronous(row) ? starts[row] : Math.Max(starts[row], Math.Min(ends[row], ends[parent]));
        }

        return (starts, ends);
    }

    /// <summary>The children with any time, the one that ends last at the end; of those that end together the longest.</summary>
    private static List<int> ChildrenByEnd(TraceTree tree, int row, ulong[] starts, ulong[] ends)
    {
        var children = new List<int>();
        var end = row + tree.DescendantCountOf(row);
        for (var child = row + 1; child <= end; child += tree.DescendantCountOf(child) + 1)
        {
            if (starts[child] < ends[child])
                children.Add(child);
        }

        children.Sort((a, b) => (ends[a], starts[b], b).CompareTo((ends[b], starts[a], a)));
        return children;
    }

    private sealed class Frame(int row, List<int> childrenByEnd)
    {
        public int Row { get; } = row;

        /// <summary>The child that ends last, but not after a time; -1 where there is none. The time only ever goes back.</summary>
        public int TakeLastEndingBy(ulong time, ulong[] ends)
        {
            while (childrenByEnd.Count > 0)
            {
                var last = childrenByEnd[^1];
                childrenByEnd.RemoveAt(childrenByEnd.Count - 1);
                if (ends[last] <= time)
                    return last;
            }

            return -1;
        }
    }
}
