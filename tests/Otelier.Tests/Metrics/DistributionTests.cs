using Otelier.Signals.Metrics;
using Xunit;

namespace Otelier.Tests.Metrics;

/// <summary>Numbers worked out by hand.</summary>
public sealed class DistributionTests
{
    private const double Tolerance = 1e-9;

    [Theory]
    // 10 values: 2 in (0, 1], none in (1, 2], 6 in (2, 4], 2 above 4.
    [InlineData(0, 0)]
    [InlineData(0.1, 0.5)]
    [InlineData(0.2, 1)]
    [InlineData(0.5, 3)]
    [InlineData(0.8, 4)]
    [InlineData(0.9, 4)]
    [InlineData(1, 4)]
    public void Quantile_lies_evenly_within_its_explicit_bucket(double quantile, double expected) =>
        Assert.Equal(expected, Explicit([1, 2, 4], [2, 0, 6, 2]).Quantile(quantile), Tolerance);

    [Fact]
    public void Quantile_in_a_first_bucket_below_zero_is_its_bound() =>
        Assert.Equal(-5, Explicit([-5, 5], [4, 1, 0]).Quantile(0.5), Tolerance);

    [Fact]
    public void Quantile_without_values_or_bounds_cannot_be_told()
    {
        Assert.True(double.IsNaN(Explicit([1], [0, 0]).Quantile(0.5)));
        Assert.True(double.IsNaN(Explicit([], [7]).Quantile(0.5)));
        Assert.True(double.IsNaN(Explicit([], []).Quantile(0.5)));
        Assert.True(double.IsNaN(new ExponentialDistribution().Quantile(0.5)));
    }

    [Fact]
    public void Different_bounds_are_merged_over_those_that_both_have()
    {
        var sum = (ExplicitDistribution)Explicit([1, 2, 4], [1, 2, 3, 4]).Plus(Explicit([2, 3, 4, 8], [10, 20, 30, 40, 50]));

        Assert.Equal([2, 4], sum.Bounds);
        Assert.Equal([13, 53, 94], sum.Counts);
        Assert.Equal(160, sum.Count);
    }

    [Fact]
    public void Merging_with_a_histogram_without_buckets_keeps_only_the_totals()
    {
        var sum = (ExplicitDistribution)Explicit([1], [2, 3]).Plus(new ExplicitDistribution { Count = 4, Sum = 1 });

        Assert.Equal(9, sum.Count);
        Assert.Empty(sum.Bounds);
        Assert.True(double.IsNaN(sum.Quantile(0.5)));
    }

    [Fact]
    public void Explicit_difference_is_none_where_a_count_fell_or_the_bounds_changed()
    {
        var before = Explicit([1, 2], [1, 1, 1]);

        Assert.Equal([2, 0, 4], ((ExplicitDistribution)Explicit([1, 2], [3, 1, 5]).Since(before)!).Counts);
        Assert.Null(Explicit([1, 2], [9, 0, 9]).Since(before));
        Assert.Null(Explicit([1, 3], [9, 9, 9]).Since(before));
    }

    [Theory]
    // Scale 0: 2 in [-8, -4), 2 in [-1, 1] around 0, 4 in (2, 4].
    [InlineData(0, -8)]
    [InlineData(0.125, -5.656854249492381)]
    [InlineData(0.25, -4)]
    [InlineData(0.375, 0)]
    [InlineData(0.5, 1)]
    [InlineData(0.75, 2.8284271247461903)]
    [InlineData(1, 4)]
    public void Quantile_goes_from_the_negative_side_over_zero_to_the_positive_one(double quantile, double expected)
    {
        var values = new ExponentialDistribution
        {
            Negative = ExponentialDistribution.Buckets(2, [2]),
            ZeroCount = 2,
            ZeroThreshold = 1,
            Positive = ExponentialDistribution.Buckets(1, [4]),
        };

        Assert.Equal(expected, values.Quantile(quantile), Tolerance);
    }

    [Fact]
    public void Bucket_of_zero_reaches_to_the_side_that_has_values_only()
    {
        var positive = new ExponentialDistribution { ZeroCount = 3, ZeroThreshold = 2, Positive = ExponentialDistribution.Buckets(1, [1]) };

        Assert.Equal(1, positive.Quantile(1.5 / 4), Tolerance);
        Assert.Equal(0, new ExponentialDistribution { ZeroCount = 3, ZeroThreshold = 2 }.Quantile(0.9), Tolerance);
    }

    [Fact]
    public void Scales_are_merged_at_the_coarser_one_with_negative_indexes_rounded_down()
    {
        var fine = new ExponentialDistribution { Scale = 2, Positive = ExponentialDistribution.Buckets(-5, [1, 2, 4, 8, 16, 32]) };
        var coarse = new ExponentialDistribution { Scale = 0, Positive = ExponentialDistribution.Buckets(-1, [100]) };

        var sum = (ExponentialDistribution)fine.Plus(coarse);

        // -5 goes to -2, -4 to -1 go to -1, 0 stays.
        Assert.Equal(0, sum.Scale);
        Assert.Equal([(-2, 1.0), (-1, 130.0), (0, 32.0)], sum.Positive.Select(bucket => (bucket.Key, bucket.Value)));
    }

    [Fact]
    public void A_wider_bucket_of_zero_takes_in_the_buckets_it_covers()
    {
        var narrow = new ExponentialDistribution { ZeroCount = 1, Positive = ExponentialDistribution.Buckets(-3, [1, 2, 4, 8]) };
        var wide = new ExponentialDistribution { ZeroCount = 10, ZeroThreshold = 0.5 };

        var sum = (ExponentialDistribution)narrow.Plus(wide);

        // (1/8, 1/4] and (1/4, 1/2] are within 0.5.
        Assert.Equal(14, sum.ZeroCount);
        Assert.Equal([-1, 0], sum.Positive.Keys);
    }

    [Fact]
    public void Too_many_buckets_lower_the_scale()
    {
        var counts = Enumerable.Repeat(1UL, MetricLimits.ExponentialBucketsMax + 1).ToArray();
        var sum = (ExponentialDistribution)new ExponentialDistribution { Scale = 5, Positive = ExponentialDistribution.Buckets(0, counts) }.Plus(new ExponentialDistribution { Scale = 5 });

        Assert.Equal(4, sum.Scale);
        Assert.Equal(counts.Length, sum.Positive.Values.Sum());
    }

    [Theory]
    [InlineData(int.MaxValue, int.MinValue)]
    [InlineData(int.MinValue, int.MinValue)]
    [InlineData(int.MinValue, int.MaxValue)]
    public void Any_scale_and_offset_can_be_merged_and_asked(int scale, int offset)
    {
        var odd = new ExponentialDistribution { Scale = scale, Positive = ExponentialDistribution.Buckets(offset, [1, 1, 1]), Negative = ExponentialDistribution.Buckets(offset, [1]) };
        var sum = (ExponentialDistribution)odd.Plus(new ExponentialDistribution { Scale = 0, Positive = ExponentialDistribution.Buckets(0, [1]) });

        Assert.Equal(5, sum.Positive.Values.Sum() + sum.Negative.Values.Sum());
        // The quantile falls in the bucket of index 0 or -1, or far outside: it is a number all the same.
        Assert.False(double.IsNaN(sum.Quantile(0.5)));
    }

    [Fact]
    public void Exponential_difference_is_taken_at_the_coarser_scale_and_none_where_a_count_fell()
    {
        var before = new ExponentialDistribution { Count = 3, Scale = 1, ZeroCount = 1, Positive = ExponentialDistribution.Buckets(0, [1, 1]) };
        var after = new ExponentialDistribution { Count = 8, Scale = 0, ZeroCount = 2, Positive = ExponentialDistribution.Buckets(0, [6]) };

        var growth = (ExponentialDistribution)after.Since(before)!;

        Assert.Equal((0, 5.0, 1.0), (growth.Scale, growth.Count, growth.ZeroCount));
        Assert.Equal([(0, 4.0)], growth.Positive.Select(bucket => (bucket.Key, bucket.Value)));
        Assert.Null(before.Since(after));
    }

    private static ExplicitDistribution Explicit(double[] bounds, double[] counts) => new() { Bounds = bounds, Counts = counts, Count = counts.Sum() };
}
