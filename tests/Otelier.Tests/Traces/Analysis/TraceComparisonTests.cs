using Otelier.Signals.Ids;
using Otelier.Signals.Traces.Analysis;
using Xunit;

namespace Otelier.Tests.Traces.Analysis;

public sealed class TraceComparisonTests
{
    [Fact]
    public void Spans_meet_by_their_path_and_are_counted()
    {
        var left = Tree("root - 0 100", "db root 10 20", "db root 30 40", "mail root 50 60");
        var right = Tree("root - 500 600", "db root 510 520", "db root 530 540", "db root 550 560", "cache root 570 580", "db cache 571 579");

        var comparison = TraceComparison.Of(left, right);

        Assert.Equal(
            ["root 1:1 same", ".db 2:3 changed", ".mail 1:0 removed", ".cache 0:1 added", "..db 0:1 added"],
            comparison.Nodes.Select(node => $"{new string('.', node.Depth)}{node.Name} {node.Left.Count}:{node.Right.Count} {Word(node.Change)}"));
        Assert.Equal([-1, 0, 0, 0, 3], comparison.Nodes.Select(node => node.Parent));
        Assert.Equal((20UL, 30UL), (comparison.Nodes[1].Left.DurationNanos, comparison.Nodes[1].Right.DurationNanos));
        Assert.False(comparison.IsCapped);
    }

    [Theory]
    [InlineData("db root 10 30", "db root 10 31", "same")]
    [InlineData("db root 10 30", "db root 10 50", "changed")]
    [InlineData("db root 10 30", "db root 40 60", "same")]
    [InlineData("db root 10 30", "db root 10 30 s error", "changed")]
    [InlineData("db root 1000 1004", "db root 1000 1002", "same")]
    public void A_node_has_changed_where_errors_or_durations_that_matter_differ(string left, string right, string change)
    {
        var comparison = TraceComparison.Of(Tree("root - 0 1000", left), Tree("root - 0 1000", right));

        Assert.Equal(change, Word(comparison.Nodes[1].Change));
    }

    [Fact]
    public void More_paths_than_there_is_room_for_are_left_out_with_those_below()
    {
        var spans = Enumerable.Range(1, TraceAnalysisLimits.ComparedNodesMax + 10)
            .Select(i => new TraceSpan(new SpanId((ulong)i), new SpanId((ulong)i - 1), (ulong)i, 1, "s", $"n{i}", 1, 0, 0, 0, false))
            .ToList();

        var comparison = TraceComparison.Of(TraceTree.Build(spans), TraceTree.Build(spans[..1]));

        Assert.True(comparison.IsCapped);
        Assert.Equal(TraceAnalysisLimits.ComparedNodesMax, comparison.Nodes.Count);
    }

    [Fact]
    public void Time_is_added_up_per_service_and_operation()
    {
        var breakdown = TraceBreakdown.Of(TraceText.Tree("a - 0 100 web\nb a 10 40 db error\nc a 50 90 db\nd c 60 70 web"));

        Assert.Equal(
            ["db 2 1 60 60", "web 2 0 40 40"],
            breakdown.Services.Select(s => $"{s.ServiceName} {s.SpanCount} {s.ErrorCount} {s.SelfTimeNanos} {s.CriticalPathNanos}"));
        Assert.Equal(100UL, breakdown.SelfTimeTotalNanos);
        Assert.Equal(["db.b 30", "db.c 40", "web.a 100", "web.d 10"], breakdown.Operations.Select(o => $"{o.ServiceName}.{o.Name} {o.DurationMaxNanos}").Order());
    }

    private static string Word(TraceChange change) => change.ToString().ToLowerInvariant();

    // Ids need not be told apart by name here: every line is a span of its own.
    private static TraceTree Tree(params string[] lines)
    {
        var spans = TraceText.Spans(string.Join('\n', lines));
        return TraceTree.Build([.. spans.Select((span, i) => spans.FindIndex(s => s.Name == span.Name) == i ? span : span with { SpanId = new SpanId((ulong)i + 1) })]);
    }
}
