using Otelier.Signals.Analytics;
using Xunit;

namespace Otelier.Tests.Analytics;

public sealed class SelectionComparisonTests
{
    private static readonly SampledRows Selection = new(100, 100);
    private static readonly SampledRows Baseline = new(1000, 1000);

    [Fact]
    public void Values_are_ranked_by_the_difference_of_their_shares()
    {
        var fields = SelectionComparison.Rank(
            [new("brand", "amex", 100, 150), new("brand", "visa", 0, 850), new("version", "2", 90, 500), new("region", "eu", 100, 1000)], Selection, Baseline);

        Assert.Equal(["brand", "version"], fields.Select(field => field.Field));
        Assert.Equal(0.85, fields[0].Score, 9);
        Assert.Equal([("amex", 0.85), ("visa", -0.85)], fields[0].Values.Select(value => (value.Value, Math.Round(value.Score, 9))));
    }

    [Fact]
    public void A_difference_that_may_be_chance_is_none() =>
        Assert.Empty(SelectionComparison.Rank([new("pod", "a", 12, 100), new("order", "o-1", 1, 0), new("order", "o-2", 4, 0)], Selection, Baseline));

    [Fact]
    public void What_the_selection_has_less_of_is_no_field_of_its_own() =>
        Assert.Empty(SelectionComparison.Rank([new("pod", "a", 0, 900)], Selection, Baseline));

    [Fact]
    public void Counts_of_a_sample_are_scaled_to_all_rows()
    {
        var fields = SelectionComparison.Rank([new("brand", "amex", 50, 0)], new SampledRows(100, 10_000), Baseline);

        Assert.Equal((5000UL, 0.5), (fields[0].Values[0].SelectionCount, fields[0].Values[0].SelectionShare));
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, 1, 2)]
    [InlineData(2, 2, 2)]
    [InlineData(3, 2, 3)]
    [InlineData(4, 3, 4)]
    [InlineData(21, 1024, 1449)]
    public void A_bucket_of_the_heatmap_is_a_range_of_whole_nanoseconds(int bucket, ulong from, ulong to)
    {
        Assert.Equal(from, HeatmapBuckets.FromNanos(bucket));
        Assert.Equal(to, HeatmapBuckets.FromNanos(bucket + 1));
    }
}
