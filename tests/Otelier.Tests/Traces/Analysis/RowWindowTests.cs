using Otelier.Signals.Ids;
using Otelier.Signals.Traces.Analysis;
using Xunit;

namespace Otelier.Tests.Traces.Analysis;

public sealed class RowWindowTests
{
    private static readonly TraceTree Tree = TraceText.Tree(
        """
        a - 0 100
        b a 1 50
        c b 2 20
        d c 3 10 error
        e b 30 40
        f a 60 90
        g f 61 62
        """);

    [Theory]
    [InlineData(0, 3, "a b c")]
    [InlineData(2, 3, "c d e")]
    [InlineData(5, 10, "f g")]
    [InlineData(7, 10, "")]
    [InlineData(int.MaxValue, 10, "")]
    public void A_window_is_cut_from_the_preorder(int offset, int limit, string rows) => Assert.Equal((rows, 7), Window(offset, limit));

    [Theory]
    [InlineData("a", "a", 1)]
    [InlineData("b", "a b f g", 4)]
    [InlineData("c f", "a b c e f", 5)]
    [InlineData("g", "a b c d e f g", 7)]
    public void Collapsed_rows_hide_those_below(string collapsed, string rows, int count) => Assert.Equal((rows, count), Window(0, 10, collapsed));

    [Theory]
    [InlineData("e", 5, "", 2, "c d e f g")]
    [InlineData("a", 5, "", 0, "a b c d e")]
    [InlineData("d", 2, "", 3, "d e")]
    [InlineData("d", 5, "b", 0, "a b f g")]
    [InlineData("g", 2, "b", 3, "g")]
    [InlineData("zz", 2, "", 1, "b c")]
    public void A_window_around_a_span_shows_it_or_the_row_that_hides_it(string around, int limit, string collapsed, int offset, string rows)
    {
        var window = RowWindow.Of(Tree, new RowQuery(1, limit, TraceText.Id(around), Ids(collapsed), null));

        Assert.Equal((offset, rows), (window.Offset, Names(window)));
    }

    [Fact]
    public void Matches_are_places_among_the_visible_rows()
    {
        var window = RowWindow.Of(Tree, new RowQuery(0, 1, null, Ids("c"), Ids("d e g")));

        Assert.Equal([3, 5], window.MatchRows);
        Assert.Equal(2, window.MatchCount);
    }

    [Fact]
    public void A_minimap_of_a_large_trace_is_a_sample_that_keeps_errors()
    {
        var spans = Enumerable.Range(1, 5000)
            .Select(i => new TraceSpan(new SpanId((ulong)i), new SpanId(i == 1 ? 0UL : 1UL), (ulong)i, (ulong)(i % 10), "s", "n", 1, i == 777 ? 2 : 0, 0, 0, false))
            .ToList();
        var tree = TraceTree.Build(spans);

        var rows = Minimap.Of(tree);

        Assert.Equal(TraceAnalysisLimits.MinimapMax, rows.Count);
        Assert.Equal(rows.Order().Distinct(), rows);
        Assert.Contains(rows, row => tree[row].IsError);
        Assert.All(rows.Where(row => !tree[row].IsError), row => Assert.Equal(9UL, tree[row].DurationNanos));
        Assert.Equal(Enumerable.Range(0, Tree.Count), Minimap.Of(Tree));
    }

    private static (string, int) Window(int offset, int limit, string collapsed = "")
    {
        var window = RowWindow.Of(Tree, new RowQuery(offset, limit, null, Ids(collapsed), null));
        return (Names(window), window.RowCount);
    }

    private static string Names(RowWindow window) => string.Join(' ', window.Rows.Select(row => TraceText.Name(Tree, row)));

    private static HashSet<SpanId> Ids(string names) => [.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(TraceText.Id)];
}
