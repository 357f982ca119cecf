using Xunit;

namespace Otelier.Tests.Traces.Analysis;

/// <summary>Critical path, self time and skew, on traces worked out by hand.</summary>
public sealed class TraceTimeTests
{
    [Fact]
    public void One_after_the_other_each_child_is_waited_for() =>
        Assert.Equal("a 0-10, b 10-30, a 30-40, c 40-90, a 90-100", Path("a - 0 100\nb a 10 30\nc a 40 90"));

    [Fact]
    public void Of_parallel_children_the_last_to_finish_is_waited_for() =>
        Assert.Equal("a 0-20, c 20-80, a 80-100", Path("a - 0 100\nb a 10 70\nc a 20 80"));

    [Fact]
    public void Before_the_last_child_started_another_may_have_been_waited_for() =>
        Assert.Equal("a 0-10, b 10-40, a 40-50, c 50-90, a 90-100", Path("a - 0 100\nb a 10 40\nd a 15 60\nc a 50 90"));

    [Fact]
    public void The_path_goes_down_and_comes_back() =>
        Assert.Equal("a 0-10, b 10-20, c 20-60, b 60-70, d 70-85, b 85-90, a 90-100", Path("a - 0 100\nb a 10 90\nc b 20 60\nd b 70 85"));

    [Fact]
    public void A_child_that_overflows_is_cut_to_its_parent() =>
        Assert.Equal("a 0-60, b 60-100", Path("a - 0 100\nb a 60 180"));

    [Fact]
    public void A_child_that_started_early_is_cut_to_its_parent() =>
        Assert.Equal("b 50-80, a 80-100", Path("a - 50 100\nb a 20 80"));

    [Fact]
    public void A_grandchild_is_cut_to_what_is_left_of_its_parent() =>
        Assert.Equal("a 0-60, b 60-80, c 80-100", Path("a - 0 100\nb a 60 180\nc b 80 170"));

    [Fact]
    public void A_child_outside_its_parent_is_left_out_with_all_below_it() =>
        Assert.Equal("a 0-100", Path("a - 0 100\nb a 100 180\nc b 20 170\nd a 50 50"));

    [Theory]
    [InlineData("a - 0 100\nb a 10 30\nc a 40 100 s follows", "a 0-10, b 10-30, a 30-100")]
    [InlineData("a - 0 100\np a 10 30 s producer\nc p 20 30 other consumer", "a 0-10, p 10-30, a 30-100")]
    [InlineData("a - 0 100\np a 10 30 s client\nc p 20 30 other consumer", "a 0-10, p 10-20, c 20-30, a 30-100")]
    public void Work_that_was_not_waited_for_is_left_out(string text, string path) => Assert.Equal(path, Path(text));

    [Fact]
    public void The_path_is_of_the_main_root_alone() =>
        Assert.Equal("a 10-15, b 15-20, a 20-30", Path("x gone 0 50\na - 10 30\nb a 15 20\nc - 12 99"));

    [Theory]
    [InlineData("a - 0 100\nb a 10 30\nc a 20 50\nd a 70 80", 50)]
    [InlineData("a - 0 100\nb a 90 200", 90)]
    [InlineData("a - 50 100\nb a 0 60", 40)]
    [InlineData("a - 0 100\nb a 0 100", 0)]
    [InlineData("a - 0 100\nb a 200 300", 100)]
    [InlineData("a - 0 100\nb a 10 80\nc b 20 90", 30)]
    [InlineData("a - 0 100 s producer\nb a 10 80 t consumer", 100)]
    public void Self_time_is_what_no_child_covers(string text, ulong expected) => Assert.Equal(expected, TraceText.Tree(text).SelfTimeNanos(0));

    [Theory]
    [InlineData("a - 100 200 x\nb a 120 180 y", 0)]
    // Early: set into the middle, half of the 40 to spare before it.
    [InlineData("a - 100 200 x\nb a 50 110 y", 70)]
    [InlineData("a - 100 200 x\nb a 300 360 y", -180)]
    // Longer than its parent: only not earlier.
    [InlineData("a - 100 200 x\nb a 50 350 y", 50)]
    [InlineData("a - 100 200 x\nb a 150 350 y", 0)]
    // One service, one clock.
    [InlineData("a - 100 200 x\nb a 300 360 x", 0)]
    // Not waited for: it may well be later.
    [InlineData("a - 100 200 x producer\nb a 300 360 y consumer", 0)]
    [InlineData("a - 100 200 x producer\nb a 70 90 y consumer", 30)]
    public void Skew_is_told_as_what_would_set_the_clock_right(string text, long expected) => Assert.Equal(expected, TraceText.Tree(text).SkewNanos(1));

    [Fact]
    public void A_services_skew_holds_for_what_it_does_below()
    {
        var tree = TraceText.Tree("a - 100 200 x\nb a 300 360 y\nc b 310 320 y\nd c 311 319 z");

        // The last one fits its parent as sent, so once that is moved it is off by as much.
        Assert.Equal([0L, -180, -180, -180], Enumerable.Range(0, 4).Select(tree.SkewNanos));
        Assert.Equal(300UL, tree[1].StartTimeUnixNano);
    }

    private static string Path(string text)
    {
        var tree = TraceText.Tree(text);
        return string.Join(", ", tree.CriticalPath.Select(s => $"{TraceText.Name(tree, s.Row)} {s.StartTimeUnixNano}-{s.EndTimeUnixNano}"));
    }
}
