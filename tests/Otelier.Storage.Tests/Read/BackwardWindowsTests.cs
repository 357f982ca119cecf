using Otelier.Signals;
using Otelier.Storage.ClickHouse.Sql;
using Xunit;

namespace Otelier.Storage.Tests.Read;

public sealed class BackwardWindowsTests
{
    private const ulong Second = 1_000_000_000;
    private const ulong End = 1_750_000_020 * Second;

    [Fact]
    public void Windows_of_a_search_begin_short_and_grow_until_the_range_is_through()
    {
        var range = new TimeRange(End - (1000 * Second), End);
        var windows = new BackwardWindows(range, WindowRules.Newest);
        var lengths = new List<ulong>();
        var end = range.EndUnixNano;
        while (windows.TryNext(out var window))
        {
            Assert.Equal(end, window.EndUnixNano);
            end = window.StartUnixNano;
            lengths.Add((window.EndUnixNano - window.StartUnixNano) / Second);
            windows.Grow(found: 0, wanted: 10);
        }

        Assert.Equal(range.StartUnixNano, end);
        Assert.Equal([5UL, 40, 320, 635], lengths);
    }

    [Theory]
    [InlineData(10, 20, 13)]
    [InlineData(90, 10, 2)]
    [InlineData(1, 99, 40)]
    public void A_search_reads_about_as_much_more_as_what_is_missing_calls_for(long found, long missing, ulong seconds)
    {
        var windows = new BackwardWindows(new TimeRange(0, End), WindowRules.Newest);
        Assert.True(windows.TryNext(out _));

        windows.Grow(found, missing);

        Assert.True(windows.TryNext(out var window));
        Assert.Equal(seconds * Second, window.EndUnixNano - window.StartUnixNano);
    }

    [Fact]
    public void What_is_left_out_is_not_in_the_next_window_and_nothing_comes_twice()
    {
        var windows = new BackwardWindows(new TimeRange(0, End), WindowRules.Newest);
        Assert.True(windows.TryNext(out var first));

        windows.EndAt(first.StartUnixNano - (60 * Second));
        Assert.True(windows.TryNext(out var window));
        Assert.Equal((first.StartUnixNano - (60 * Second), 5 * Second), (window.EndUnixNano, window.EndUnixNano - window.StartUnixNano));

        windows.EndAt(End);
        Assert.Equal(window.StartUnixNano, windows.Rest.EndUnixNano);
        windows.EndAt(0);
        Assert.False(windows.TryNext(out _));
    }

    [Fact]
    public void Windows_over_everything_begin_at_the_tables_own_steps()
    {
        var windows = new BackwardWindows(new TimeRange(0, End + 7), WindowRules.AllOf(SearchedTable.Logs));
        for (var i = 0; i < 20; i++)
        {
            Assert.True(windows.TryNext(out var window));
            Assert.Equal(0UL, window.StartUnixNano % (60 * Second));
            windows.Grow(found: i % 3 * 1000, wanted: 1000);
        }
    }

    [Fact]
    public void A_window_that_holds_too_much_is_taken_back_and_shortened_below_a_step()
    {
        var windows = new BackwardWindows(new TimeRange(0, End), WindowRules.AllOf(SearchedTable.Logs));
        Assert.True(windows.TryNext(out var first));

        Assert.True(windows.TryShorten(first, found: 1_000_000, wanted: 200_000));

        Assert.True(windows.TryNext(out var second));
        Assert.Equal(new TimeRange(End - (12 * Second), End), second);
        windows.Grow(found: 200_000, wanted: 200_000);
        Assert.True(windows.TryNext(out var third));
        Assert.Equal(second.StartUnixNano, third.EndUnixNano);
        Assert.Equal(0UL, third.StartUnixNano % (60 * Second));
    }

    [Fact]
    public void Rows_of_one_time_stay_in_one_window()
    {
        var windows = new BackwardWindows(new TimeRange(End - 1, End), WindowRules.AllOf(SearchedTable.Spans));
        Assert.True(windows.TryNext(out var window));

        Assert.False(windows.TryShorten(window, found: 1_000_000, wanted: 1));
        Assert.False(windows.TryNext(out _));
    }
}
