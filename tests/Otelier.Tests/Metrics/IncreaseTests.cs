using Otelier.Signals;
using Otelier.Signals.Metrics;
using Xunit;

namespace Otelier.Tests.Metrics;

/// <summary>Numbers worked out by hand. What is looked at begins at 1,000.</summary>
public sealed class IncreaseTests
{
    private const ulong SeenSince = 1000;

    [Fact]
    public void What_lies_between_two_steps_is_counted_in_the_later_one()
    {
        var counter = new CounterIncrease(isMonotonic: true, SeenSince);

        Assert.Equal(3, counter.Next(new CounterStep(Point(500, 1000, 10), Point(500, 1100, 13), 3)));
        Assert.Equal(4 + 2, counter.Next(new CounterStep(Point(500, 1200, 17), Point(500, 1300, 19), 2)));
    }

    [Theory]
    // The number fell; a new start; a start that moved although the number rose.
    [InlineData(500, 4, 4)]
    [InlineData(1150, 4, 4)]
    [InlineData(1150, 50, 50)]
    // The start moved to before the last point: the same counting, told more exactly.
    [InlineData(600, 50, 40)]
    public void After_a_restart_the_number_itself_is_the_growth(ulong start, double value, double expected)
    {
        var counter = new CounterIncrease(isMonotonic: true, SeenSince);
        counter.Next(new CounterStep(Point(500, 1100, 10), Point(500, 1100, 10), 0));

        Assert.Equal(expected, counter.Next(new CounterStep(Point(start, 1200, value), Point(start, 1200, value), 0)));
    }

    [Theory]
    // Began while looked at; before; unknown.
    [InlineData(1000, 7)]
    [InlineData(999, 0)]
    [InlineData(0, 0)]
    public void A_first_point_counts_only_if_its_counting_began_while_looked_at(ulong start, double expected) =>
        Assert.Equal(expected, new CounterIncrease(isMonotonic: true, SeenSince).Next(new CounterStep(Point(start, 1100, 7), Point(start, 1100, 7), 0)));

    [Fact]
    public void A_number_that_may_fall_grows_by_less_than_nothing()
    {
        var counter = new CounterIncrease(isMonotonic: false, SeenSince);
        counter.Next(new CounterStep(Point(500, 1100, 10), Point(500, 1100, 10), 0));

        Assert.Equal(-6, counter.Next(new CounterStep(Point(500, 1200, 4), Point(500, 1200, 4), 0)));
    }

    [Fact]
    public void Distributions_follow_the_same_rules()
    {
        var histogram = new DistributionIncrease(SeenSince);

        Assert.Null(histogram.Next(Step(500, 1000, 5)));
        Assert.Equal(4, histogram.Next(Step(500, 1200, 9))!.Count);
        Assert.Equal(2, histogram.Next(Step(1250, 1350, 2))!.Count);
        Assert.Equal(1, histogram.Next(Step(1250, 1450, 1))!.Count);
        Assert.Equal(8, new DistributionIncrease(SeenSince).Next(Step(1000, 1200, 8))!.Count);
        Assert.Null(new DistributionIncrease(SeenSince).Next(Step(0, 1200, 8)));
    }

    [Fact]
    public void Steps_begin_at_multiples_of_their_length()
    {
        var grid = StepGrid.Over(new TimeRange(61_000_000_000, 180_000_000_001), 60_000_000_000);

        Assert.Equal(new StepGrid(1, 3, 60_000_000_000), grid);
        Assert.Equal(new TimeRange(60_000_000_000, 240_000_000_000), grid.Range);
        Assert.Equal(120_000, grid.UnixMillis(1));
        Assert.Equal(2, StepGrid.Over(new TimeRange(60_000_000_000, 180_000_000_000), 60_000_000_000).Count);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3600, 15)]
    [InlineData(86_400, 600)]
    [InlineData(2_678_400, 21_600)]
    [InlineData(315_360_000, 1_382_400)]
    public void Automatic_steps_are_natural_and_about_240(ulong seconds, long expectedSeconds) =>
        Assert.Equal(expectedSeconds * 1_000_000_000, StepGrid.AutomaticNanos(new TimeRange(0, seconds * 1_000_000_000)));

    private static CounterPoint Point(ulong start, ulong time, double value) => new(start, time, value);

    private static DistributionStep Step(ulong start, ulong lastTime, double last) => new(start, lastTime, Counts(last));

    private static ExplicitDistribution Counts(double count) => new() { Count = count, Bounds = [1], Counts = [count, 0] };
}
