using Otelier.Signals.Ids;

namespace Otelier.Signals.Traces.Analysis;

/// <summary>Which rows of a trace are asked for.</summary>
/// <param name="Offset">Visible rows before the window; not asked where <paramref name="Around"/> is found.</param>
/// <param name="Limit">Most rows of the window, 1 to <see cref="TraceAnalysisLimits.RowsMax"/>.</param>
/// <param name="Around">The span to be seen in the window.</param>
/// <param name="Collapsed">The spans whose descendants are not shown.</param>
/// <param name="Matches">The spans that match a search; <see langword="null"/> where nothing is searched.</param>
public sealed record RowQuery(int Offset, int Limit, SpanId? Around, IReadOnlySet<SpanId> Collapsed, IReadOnlySet<SpanId>? Matches)
{
    public bool IsMatch(SpanId span) => Matches?.Contains(span) == true;

    /// <summary>Whether a row hides those below it.</summary>
    public bool IsCollapsed(TraceTree tree, int row) => Collapsed.Count > 0 && tree.ChildCountOf(row) > 0 && Collapsed.Contains(tree[row].SpanId);
}

/// <summary>Some consecutive rows of a trace, without those below collapsed ones.</summary>
/// <param name="Offset">Visible rows before the first.</param>
/// <param name="RowCount">How many visible rows there are in all.</param>
/// <param name="Rows">The window's rows, as numbers of the tree.</param>
/// <param name="MatchRows">The places of all matching visible rows, at most <see cref="TraceAnalysisLimits.MatchRowsMax"/>.</param>
/// <param name="MatchCount">How many visible rows match.</param>
public sealed record RowWindow(int Offset, int RowCount, IReadOnlyList<int> Rows, IReadOnlyList<int> MatchRows, int MatchCount)
{
    // Above a span stands what called it; more of what it called is worth seeing.
    private const double ShareAbove = 0.4;

    public static RowWindow Of(TraceTree tree, RowQuery query)
    {
        var offset = query.Around is { } span && tree.RowOf(span) is >= 0 and var target
            ? Math.Max(0, PlaceOf(tree, query, target) - (int)(query.Limit * ShareAbove))
            : query.Offset;
        var (rows, matches, matchCount, place) = (new List<int>(), new List<int>(), 0, 0);
        for (var row = 0; row < tree.Count; row = Next(tree, query, row), place++)
        {
            if (place >= offset && place - offset < query.Limit)
                rows.Add(row);
            if (!query.IsMatch(tree[row].SpanId))
                continue;
            if (matchCount++ < TraceAnalysisLimits.MatchRowsMax)
                matches.Add(place);
        }

        return new RowWindow(offset, place, rows, matches, matchCount);
    }

    /// <summary>The place of a row, or of the collapsed row that hides it.</summary>
    private static int PlaceOf(TraceTree tree, RowQuery query, int target)
    {
        var place = 0;
        for (var row = 0; row < target; place++)
        {
            var next = Next(tree, query, row);
            if (next > target)
                return place;
            row = next;
        }

        return place;
    }

    private static int Next(TraceTree tree, RowQuery query, int row) =>
        query.IsCollapsed(tree, row) ? row + tree.DescendantCountOf(row) + 1 : row + 1;
}
