using Otelier.Storage.Metrics;
using Xunit;

namespace Otelier.Storage.Tests.Metrics;

public sealed class KnownSeriesTests
{
    [Fact]
    public void Only_what_was_added_is_known()
    {
        var known = new KnownSeries(100);
        known.Add(7);

        Assert.True(known.Contains(7));
        Assert.False(known.Contains(8));
    }

    [Fact]
    public void Zero_is_a_key_like_any_other()
    {
        var known = new KnownSeries(100);

        Assert.False(known.Contains(0));
        known.Add(0);
        Assert.True(known.Contains(0));
    }

    [Fact]
    public void Adding_twice_counts_once()
    {
        var known = new KnownSeries(100);
        known.Add(7);
        known.Add(7);

        Assert.Equal(1, known.Count);
    }

    [Fact]
    public void Last_entries_up_to_the_limit_are_all_known()
    {
        const int Limit = 5000;
        var known = new KnownSeries(Limit);
        for (var key = 1UL; key <= 20_000; key++)
            known.Add(key << 40);

        for (var key = 20_000UL - Limit + 1; key <= 20_000; key++)
            Assert.True(known.Contains(key << 40));
    }

    [Fact]
    public void Memory_is_bounded_by_two_generations()
    {
        var known = new KnownSeries(5000);
        for (var key = 1UL; key <= 100_000; key++)
        {
            known.Add(key);
            Assert.InRange(known.Count, 1, 10_000);
        }

        Assert.False(known.Contains(1));
    }

    [Fact]
    public void What_is_used_again_outlives_what_is_not()
    {
        var known = new KnownSeries(1000);
        known.Add(1_000_000);
        for (var key = 1UL; key <= 10_000; key++)
        {
            known.Add(key);
            Assert.True(known.Contains(1_000_000));
        }

        Assert.False(known.Contains(2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData((1 << 28) + 1)]
    public void Limit_out_of_range_is_a_bug(int entries) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new KnownSeries(entries));
}
