namespace Otelier.Signals.Traces.Analysis;

/// <summary>In what a node of a comparison differs.</summary>
public enum TraceChange
{
    /// <summary>Nothing that matters.</summary>
    Same,

    /// <summary>Other counts of spans or errors, or another mean duration.</summary>
    Changed,

    /// <summary>Only in the right trace.</summary>
    Added,

    /// <summary>Only in the left trace.</summary>
    Removed,
}

/// <summary>What one trace has at a node of a comparison.</summary>
/// <param name="Count">How many spans.</param>
/// <param name="ErrorCount">How many of them have the status error.</param>
/// <param name="DurationNanos">The sum of their durations, in nanoseconds.</param>
/// <param name="SelfTimeNanos">The sum of their self times, in nanoseconds.</param>
public readonly record struct ComparedSide(int Count, int ErrorCount, ulong DurationNanos, ulong SelfTimeNanos)
{
    internal double DurationMean => (double)DurationNanos / Count;
}

/// <summary>All spans of two traces that have the same path of (service, name, kind) from the top.</summary>
/// <param name="Parent">The place of the parent in <see cref="TraceComparison.Nodes"/>, or -1.</param>
/// <param name="Depth">0 at the top.</param>
/// <param name="ServiceName">The service.</param>
/// <param name="Name">The spans' name.</param>
/// <param name="Kind">The protocol's number.</param>
/// <param name="Left">The left trace's spans.</param>
/// <param name="Right">The right trace's spans.</param>
/// <param name="Change">In what they differ.</param>
public sealed record ComparedNode(
    int Parent, int Depth, string ServiceName, string Name, int Kind, ComparedSide Left, ComparedSide Right, TraceChange Change);

/// <summary>Two traces laid over each other, in preorder.</summary>
/// <param name="Nodes">A node before those below it.</param>
/// <param name="IsCapped">Whether there would be more than <see cref="TraceAnalysisLimits.ComparedNodesMax"/>: the rest is left out.</param>
public sealed record TraceComparison(IReadOnlyList<ComparedNode> Nodes, bool IsCapped)
{
    /// <summary>A mean duration has changed where it differs by more than this share of the smaller one…</summary>
    private const double ChangeShare = 0.2;

    /// <summary>…and by more than this share of the longer trace: a thousandth of a request is not why it became slow.</summary>
    private const double TraceShare = 0.01;

    public static TraceComparison Of(TraceTree left, TraceTree right)
    {
        var paths = new List<Path>();
        var known = new Dictionary<(int Parent, string Service, string Name, int Kind), int>();
        var isCapped = Add(left, paths, known, static path => ref path.Left);
        isCapped |= Add(right, paths, known, static path => ref path.Right);
        var noticed = Math.Max(left.DurationNanos, right.DurationNanos) * TraceShare;
        return new TraceComparison(InPreorder(paths, noticed), isCapped);
    }

    private delegate ref ComparedSide SideOf(Path path);

    private static bool Add(
        TraceTree tree, List<Path> paths, Dictionary<(int Parent, string Service, string Name, int Kind), int> known, SideOf sideOf)
    {
        const int Top = -1;
        const int LeftOut = -2;
        var isCapped = false;
        var pathOf = new int[tree.Count];
        for (var row = 0; row < tree.Count; row++)
        {
            ref readonly var span = ref tree[row];
            var parent = tree.ParentOf(row) < 0 ? Top : pathOf[tree.ParentOf(row)];
            var key = (parent, span.ServiceName, span.Name, span.Kind);
            if (!known.TryGetValue(key, out var at))
            {
                if (parent == LeftOut || paths.Count == TraceAnalysisLimits.ComparedNodesMax)
                {
                    (pathOf[row], isCapped) = (LeftOut, true);
                    continue;
                }

                at = paths.Count;
                known.Add(key, at);
                paths.Add(new Path(parent, span.ServiceName, span.Name, span.Kind));
            }

            pathOf[row] = at;
            ref var side = ref sideOf(paths[at]);
            side = new ComparedSide(
                side.Count + 1, side.ErrorCount + (span.IsError ? 1 : 0), side.DurationNanos + span.DurationNanos, side.SelfTimeNanos + tree.SelfTimeNanos(row));
        }

        return isCapped;
    }

    private static List<ComparedNode> InPreorder(List<Path> paths, double noticedNanos)
    {
        var children = paths.Select((path, at) => (path.Parent, At: at)).ToLookup(path => path.Parent, path => path.At);
        var nodes = new List<ComparedNode>(paths.Count);
        var open = new Stack<(int Path, int Parent, int Depth)>();
        Push(parentPath: -1, parentNode: -1, depth: 0);
        while (open.TryPop(out var next))
        {
            var path = paths[next.Path];
            nodes.Add(new ComparedNode(
                next.Parent, next.Depth, path.ServiceName, path.Name, path.Kind, path.Left, path.Right, ChangeOf(path.Left, path.Right, noticedNanos)));
            Push(next.Path, nodes.Count - 1, next.Depth + 1);
        }

        return nodes;

        void Push(int parentPath, int parentNode, int depth)
        {
            foreach (var child in children[parentPath].Reverse())
                open.Push((child, parentNode, depth));
        }
    }

    private static TraceChange ChangeOf(ComparedSide left, ComparedSide right, double noticedNanos)
    {
        if (left.Count == 0)
            return TraceChange.Added;
        if (right.Count == 0)
            return TraceChange.Removed;
        if (left.Count != right.Count || left.ErrorCount != right.ErrorCount)
            return TraceChange.Changed;
        var difference = Math.Abs(left.DurationMean - right.DurationMean);
        return difference > ChangeShare * Math.Min(left.DurationMean, right.DurationMean) && difference > noticedNanos ? TraceChange.Changed : TraceChange.Same;
    }

    private sealed class Path(int parent, string serviceName, string name, int kind)
    {
        public ComparedSide Left;
        public ComparedSide Right;

        public int Parent { get; } = parent;

        public string ServiceName { get; } = serviceName;

        public string Name { get; } = name;

        public int Kind { get; } = kind;
    }
}
