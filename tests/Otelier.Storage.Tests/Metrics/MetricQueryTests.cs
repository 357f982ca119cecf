using Otelier.Signals.Filters;
using Otelier.Signals.Metrics;
using Xunit;

namespace Otelier.Storage.Tests.Metrics;

/// <summary>Queries over three steps of a minute from <see cref="MetricEngine.Now"/>, with numbers worked out by hand.</summary>
public sealed class MetricQueryTests
{
    private const int Delta = 1;
    private const int Cumulative = 2;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MetricAggregation.Average, 2.5, 7.0)]
    [InlineData(MetricAggregation.Sum, 10.0, 7.0)]
    [InlineData(MetricAggregation.Min, 1.0, 7.0)]
    [InlineData(MetricAggregation.Max, 4.0, 7.0)]
    [InlineData(MetricAggregation.Count, 4.0, 1.0)]
    [InlineData(MetricAggregation.Last, 4.0, 7.0)]
    public async Task Values_of_a_step_are_brought_together_over_series_and_gaps_do_not_count(MetricAggregation aggregation, double first, double third)
    {
        await using var engine = await MetricEngine.OpenAsync();
        var (a, b) = (MetricEngine.Series("m", attributes: ("lane", "a")), MetricEngine.Series("m", attributes: ("lane", "b")));
        await engine.WriteAsync([
            Number(a, 0, 1), Number(a, 10, 2), Number(b, 5, 3), Number(b, 59.9, 4),
            Number(a, 61, 0) with { Value = MetricNumber.None, Flags = PointFlags.NoRecordedValue },
            Number(b, 120, 7)]);

        var all = await engine.AskAsync(MetricEngine.Query("m", aggregation));
        var byLane = await engine.AskAsync(MetricEngine.Query("m", MetricAggregation.Max, groupBy: ["lane", "service.name", "nowhere"]));
        var filtered = await engine.AskAsync(MetricEngine.Query("m", MetricAggregation.Sum) with
        {
            Filter = new Filter.Comparison(new FilterField.Attribute(AttributeScope.Any, "lane"), FilterOperator.Equal, new FilterValue.Text("a")),
        });

        Assert.Equal([first, null, third], Assert.Single(all).Value);
        Assert.Equal([2, null, null], byLane["a,shop,"]);
        Assert.Equal([4, null, 7], byLane["b,shop,"]);
        Assert.Equal([3, null, null], Assert.Single(filtered).Value);
    }

    [Fact]
    public async Task Growth_of_a_counter_crosses_steps_and_survives_restarts_of_both_kinds()
    {
        await using var engine = await MetricEngine.OpenAsync();
        // Known from before the range, falls without a new start within the first step, and starts anew in the third.
        var a = MetricEngine.Series("m", MetricType.Sum, Cumulative, isMonotonic: true, attributes: ("lane", "a"));
        // Begins in the second step: all it has counted is growth there.
        var b = MetricEngine.Series("m", MetricType.Sum, Cumulative, isMonotonic: true, attributes: ("lane", "b"));
        await engine.WriteAsync([
            Number(a, -30, 100), Number(a, 0, 110), Number(a, 20, 115), Number(a, 40, 3), Number(a, 59, 8),
            Number(a, 90, 20),
            Number(a, 150, 25, start: 120),
            Number(b, 100, 6, start: 70), Number(b, 119, 10, start: 70),
            Number(b, 130, 12, start: 70)]);

        var increase = await engine.AskAsync(MetricEngine.Query("m", MetricAggregation.Increase));
        var byLane = await engine.AskAsync(MetricEngine.Query("m", MetricAggregation.Increase, groupBy: "lane"));
        var rate = await engine.AskAsync(MetricEngine.Query("m", MetricAggregation.Rate));

        // 10 + 5 + 3 + 5, then 12, then a new start with 25.
        Assert.Equal([23, 12, 25], byLane["a"]);
        Assert.Equal([null, 10, 2], byLane["b"]);
        Assert.Equal([23, 22, 27], Assert.Single(increase).Value);
        Assert.Equal([23 / 60.0, 22 / 60.0, 27 / 60.0], Assert.Single(rate).Value);
    }

    [Fact]
    public async Task Growth_of_a_delta_sum_is_the_sum_and_of_one_that_may_fall_the_difference()
    {
        await using var engine = await MetricEngine.OpenAsync();
        var delta = MetricEngine.Series("delta", MetricType.Sum, Delta, isMonotonic: true);
        var queue = MetricEngine.Series("queue", MetricType.Sum, Cumulative);
        await engine.WriteAsync([
            Number(delta, 0, 4), Number(delta, 30, 6), Number(delta, 60, 60),
            Number(queue, -10, 5), Number(queue, 10, 9), Number(queue, 50, 2), Number(queue, 70, 4)]);

        Assert.Equal([10, 60, null], Assert.Single(await engine.AskAsync(MetricEngine.Query("delta", MetricAggregation.Increase))).Value);
        Assert.Equal([10 / 60.0, 1, null], Assert.Single(await engine.AskAsync(MetricEngine.Query("delta", MetricAggregation.Rate))).Value);
        Assert.Equal([-3, 2, null], Assert.Single(await engine.AskAsync(MetricEngine.Query("queue", MetricAggregation.Increase))).Value);
    }

    [Fact]
    public async Task Quantiles_merge_the_buckets_of_delta_histograms()
    {
        await using var engine = await MetricEngine.OpenAsync();
        var a = MetricEngine.Series("h", MetricType.Histogram, Delta, attributes: ("lane", "a"));
        var b = MetricEngine.Series("h", MetricType.Histogram, Delta, attributes: ("lane", "b"));
        await engine.WriteAsync([Histogram(a, 1, [1, 2, 0, 0], 10), Histogram(a, 2, [0, 0, 3, 0], 200), Histogram(b, 3, [0, 0, 0, 4], 900), Histogram(b, 61, [2, 0, 0, 0], 1)]);

        // 10 values: 1 up to 1, 2 up to 10, 3 up to 100, 4 above. The 5th is two thirds into the third bucket: 10 + 90 * 2/3.
        var median = Assert.Single(await engine.AskAsync(MetricEngine.Query("h", MetricAggregation.Quantile))).Value;
        var count = Assert.Single(await engine.AskAsync(MetricEngine.Query("h", MetricAggregation.Count))).Value;
        var average = Assert.Single(await engine.AskAsync(MetricEngine.Query("h", MetricAggregation.Average))).Value;
        var largest = Assert.Single(await engine.AskAsync(MetricEngine.Query("h", MetricAggregation.Max))).Value;

        Assert.Equal(70, median[0]!.Value, 9);
        Assert.Equal(0.5, median[1]!.Value, 9);
        Assert.Null(median[2]);
        Assert.Equal([10, 2, null], count);
        Assert.Equal([111, 0.5, null], average);
        Assert.Equal([900, 1, null], largest);
    }

    [Fact]
    public async Task Cumulative_histograms_tell_what_came_in_during_a_step()
    {
        await using var engine = await MetricEngine.OpenAsync();
        var a = MetricEngine.Series("h", MetricType.Histogram, Cumulative);
        await engine.WriteAsync([
            Histogram(a, -20, [100, 0, 0, 0], 50), Histogram(a, 20, [100, 0, 2, 0], 100), Histogram(a, 40, [100, 0, 4, 0], 150),
            Histogram(a, 80, [100, 8, 4, 0], 190),
            Histogram(a, 140, [0, 0, 0, 2], 500, start: 130)]);

        var median = Assert.Single(await engine.AskAsync(MetricEngine.Query("h", MetricAggregation.Quantile))).Value;
        var count = Assert.Single(await engine.AskAsync(MetricEngine.Query("h", MetricAggregation.Increase))).Value;
        var sum = Assert.Single(await engine.AskAsync(MetricEngine.Query("h", MetricAggregation.Sum))).Value;

        Assert.Equal([4, 8, 2], count);
        Assert.Equal([100, 40, 500], sum);
        // Half of bucket (10, 100], half of (1, 10], and above the last bound.
        Assert.Equal([55, 5.5, 100], median);
    }

    [Fact]
    public async Task Exponential_histograms_of_different_scales_are_merged_at_the_coarser_one()
    {
        await using var engine = await MetricEngine.OpenAsync();
        var delta = MetricEngine.Series("e", MetricType.ExponentialHistogram, Delta);
        var total = MetricEngine.Series("t", MetricType.ExponentialHistogram, Cumulative);
        MetricPoint Exponential(SeriesDescription series, double at, int scale, int offset, ulong[] counts) => new MetricPoint.Exponential
        {
            Series = series,
            TimeUnixNano = At(at),
            StartTimeUnixNano = At(-3000),
            Count = counts.Aggregate(0UL, (sum, count) => sum + count),
            Sum = 1,
            Scale = scale,
            Positive = new ExponentialBuckets(offset, counts),
        };
        await engine.WriteAsync([
            // Scale 1: (2, 2.83] and (2.83, 4]; scale 0: (2, 4] and (4, 8].
            Exponential(delta, 1, 1, 2, [1, 1]), Exponential(delta, 2, 0, 1, [2, 4]),
            Exponential(total, -10, 0, 0, [5, 1]), Exponential(total, 10, 0, 0, [5, 9])]);

        var median = Assert.Single(await engine.AskAsync(MetricEngine.Query("e", MetricAggregation.Quantile))).Value;
        var ofTotal = Assert.Single(await engine.AskAsync(MetricEngine.Query("t", MetricAggregation.Quantile))).Value;

        // 4 in (2, 4] and 4 in (4, 8]: the 4th is the end of the first.
        Assert.Equal(4, median[0]!.Value, 9);
        // 8 new ones in (2, 4]: the middle of it on the logarithmic scale.
        Assert.Equal(Math.Sqrt(8), ofTotal[0]!.Value, 9);
    }

    [Fact]
    public async Task A_summary_tells_only_the_quantiles_it_was_sent_with()
    {
        await using var engine = await MetricEngine.OpenAsync();
        await engine.WriteAsync([new MetricPoint.Summary
        {
            Series = MetricEngine.Series("s", MetricType.Summary),
            TimeUnixNano = At(5),
            StartTimeUnixNano = At(0),
            Count = 10,
            Sum = 25,
            Quantiles = [new QuantileValue(0.5, 2), new QuantileValue(0.99, 9)],
        }]);

        var median = await engine.Store.QueryAsync(MetricEngine.Query("s", MetricAggregation.Quantile), Stop);
        var other = await engine.Store.QueryAsync(MetricEngine.Query("s", MetricAggregation.Quantile) with { Quantile = 0.9 }, Stop);

        Assert.Equal([2, null, null], Assert.Single(median.Series).Values);
        Assert.Equal([null, null, null], Assert.Single(other.Series).Values);
        Assert.NotEmpty(other.Warnings);
        Assert.Equal([2.5, null, null], Assert.Single(await engine.AskAsync(MetricEngine.Query("s", MetricAggregation.Average))).Value);
    }

    [Fact]
    public async Task A_question_that_does_not_fit_the_metric_is_answered_with_a_warning()
    {
        await using var engine = await MetricEngine.OpenAsync();
        await engine.WriteAsync([Number(MetricEngine.Series("m"), 1, 1)]);

        foreach (var aggregation in (MetricAggregation[])[MetricAggregation.Rate, MetricAggregation.Quantile])
        {
            var answer = await engine.Store.QueryAsync(MetricEngine.Query("m", aggregation), Stop);
            Assert.Empty(answer.Series);
            Assert.Single(answer.Warnings);
        }
    }

    private static ulong At(double seconds) => (ulong)((long)MetricEngine.Now + (long)(seconds * MetricEngine.Second));

    private static MetricPoint.Number Number(SeriesDescription series, double at, double value, double start = -3000) =>
        new() { Series = series, StartTimeUnixNano = At(start), TimeUnixNano = At(at), Value = MetricNumber.Of(value) };

    private static MetricPoint.Histogram Histogram(SeriesDescription series, double at, ulong[] counts, double sum, double start = -3000) => new()
    {
        Series = series,
        StartTimeUnixNano = At(start),
        TimeUnixNano = At(at),
        Count = counts.Aggregate(0UL, (total, count) => total + count),
        Sum = sum,
        Max = sum,
        BucketCounts = counts,
        ExplicitBounds = [1, 10, 100],
    };
}
