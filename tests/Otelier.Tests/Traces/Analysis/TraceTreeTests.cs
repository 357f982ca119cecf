using Otelier.Signals.Ids;
using Otelier.Signals.Traces.Analysis;
using Xunit;

namespace Otelier.Tests.Traces.Analysis;

public sealed class TraceTreeTests
{
    [Fact]
    public void Spans_in_any_order_stand_in_preorder_with_siblings_by_start()
    {
        var tree = TraceText.Tree(
            """
            d a 60 80
            c b 20 30 error
            b a 10 50
            a - 0 100
            e b 15 18
            """);

        Assert.Equal("a .b ..e ..c .d", TraceText.Outline(tree));
        Assert.Equal((2, 4, 1, 2), (tree.ChildCountOf(0), tree.DescendantCountOf(0), tree.DescendantErrorCountOf(0), tree.DescendantCountOf(1)));
        Assert.Equal((1, 0, 1, 2), (tree.RootCount, tree.OrphanCount, tree.ErrorCount, tree.DepthMax));
        Assert.Equal((0UL, 100UL), (tree.StartTimeUnixNano, tree.DurationNanos));
    }

    [Fact]
    public void Orphans_and_several_roots_stand_at_the_top()
    {
        var tree = TraceText.Tree(
            """
            x gone 0 10
            a - 5 20
            y x 1 2
            b - 7 9
            """);

        Assert.Equal("x .y a b", TraceText.Outline(tree));
        Assert.Equal((2, 1), (tree.RootCount, tree.OrphanCount));
        Assert.True(tree.IsOrphan(0) && !tree.IsRoot(0) && tree.IsRoot(2) && !tree.IsOrphan(1));
        Assert.Equal("a", TraceText.Name(tree, tree.MainRow));
    }

    [Fact]
    public void A_trace_of_orphans_is_about_the_earliest() =>
        Assert.Equal(0, TraceText.Tree("b gone 3 4\na gone 1 2").MainRow);

    [Fact]
    public void A_span_sent_twice_is_shown_once_and_counted()
    {
        var tree = TraceText.Tree("a - 0 9\nb a 1 2\nb a 1 2\nb a 1 2");

        Assert.Equal("a .b", TraceText.Outline(tree));
        Assert.Equal(2, tree.DuplicateCount);
    }

    [Theory]
    [InlineData("c1 - 0 100 shop client", "c1 - 10 90 store server")]
    [InlineData("c1 - 10 100 shop client", "c1 - 0 90 store server")]
    [InlineData("c1 - 10 100 shop producer", "c1 - 0 90 store consumer")]
    public void The_receiver_with_the_callers_id_stands_below_the_caller_with_what_it_calls(string caller, string receiver)
    {
        var tree = TraceText.Tree($"{caller}\n{receiver}\nq c1 20 30 store\nr c1 40 50 shop\nt c1 60 70 third");

        Assert.Equal("c1 .c1 ..q ..t .r", TraceText.Outline(tree));
        Assert.Equal(["shop", "store", "store", "third", "shop"], Enumerable.Range(0, 5).Select(row => tree[row].ServiceName));
    }

    [Fact]
    public void Different_spans_with_one_id_are_all_shown() =>
        Assert.Equal("a .b ..c .b", TraceText.Outline(TraceText.Tree("a - 0 9\nb a 1 5\nb a 2 6\nc b 3 4")));

    [Theory]
    [InlineData("a a 0 9", "a", 1)]
    [InlineData("a b 0 9\nb a 1 2", "a .b", 1)]
    [InlineData("r - 0 99\na c 10 20\nb a 11 19\nc b 12 18\nd c 13 14", "r a .b ..c ...d", 1)]
    [InlineData("d c 0 1\na b 1 9\nb a 2 3\nc e 4 5\ne c 5 6", "a .b c .d .e", 2)]
    public void A_circle_is_cut_at_its_earliest_span_and_told(string text, string outline, int cycles)
    {
        var tree = TraceText.Tree(text);

        Assert.Equal(outline, TraceText.Outline(tree));
        Assert.Equal(cycles, tree.CycleCount);
        Assert.Equal(cycles, tree.OrphanCount);
    }

    [Fact]
    public void A_trace_as_deep_as_it_is_large_is_built()
    {
        const int Depth = 100_000;
        var spans = Enumerable.Range(1, Depth)
            .Select(i => new TraceSpan(new SpanId((ulong)i), new SpanId((ulong)i - 1), (ulong)i, (ulong)(2 * (Depth - i)) + 1, "s", "n", 1, 0, 0, 0, false))
            .ToList();

        var tree = TraceTree.Build(spans);

        Assert.Equal((Depth - 1, Depth - 1), (tree.DepthMax, tree.DescendantCountOf(0)));
        Assert.Equal(tree.DurationNanos, tree.CriticalPath.Aggregate(0UL, (sum, section) => sum + section.DurationNanos));
        Assert.Equal(2 * Depth - 1, tree.CriticalPath.Count);
    }

    [Fact]
    public void Random_parents_lose_no_span_and_keep_every_promise_of_the_order()
    {
        var random = new Random(11);
        for (var round = 0; round < 300; round++)
        {
            var count = random.Next(1, 40);
            var spans = Enumerable.Range(1, count).Select(i =>
            {
                var start = (ulong)random.Next(100);
                return new TraceSpan(
                    new SpanId((ulong)random.Next(1, count + 1)), new SpanId((ulong)random.Next(0, count + 3)), start, (ulong)random.Next(60),
                    $"s{random.Next(3)}", $"n{i}", random.Next(6), random.Next(3), 0, 0, random.Next(8) == 0);
            }).ToList();

            var tree = TraceTree.Build(spans);

            Assert.Equal(count, tree.Count);
            Assert.Equal(spans.Select(span => span.Name).Order(), Enumerable.Range(0, count).Select(row => tree[row].Name).Order());
            for (var row = 0; row < count; row++)
            {
                var parent = tree.ParentOf(row);
                Assert.True(parent < row);
                Assert.True(parent < 0 || row <= parent + tree.DescendantCountOf(parent));
                Assert.True(tree.SelfTimeNanos(row) <= tree[row].DurationNanos);
            }

            AssertIsWalk(tree);
        }
    }

    /// <summary>The sections follow each other without gap from the start of the main row to its end.</summary>
    private static void AssertIsWalk(TraceTree tree)
    {
        var main = tree[tree.MainRow];
        var reached = main.StartTimeUnixNano;
        foreach (var section in tree.CriticalPath)
        {
            Assert.Equal(reached, section.StartTimeUnixNano);
            Assert.True(section.EndTimeUnixNano > section.StartTimeUnixNano);
            Assert.True(tree.IsCritical(section.Row));
            reached = section.EndTimeUnixNano;
        }

        Assert.Equal(main.EndTimeUnixNano, reached);
    }
}
