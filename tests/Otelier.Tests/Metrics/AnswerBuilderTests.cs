using Otelier.Signals;
using Otelier.Signals.Metrics;
using Xunit;

namespace Otelier.Tests.Metrics;

public sealed class AnswerBuilderTests
{
    [Fact]
    public void Series_beyond_the_limit_are_left_out_with_a_warning()
    {
        var answer = new AnswerBuilder(Query(steps: 2));
        for (var i = 0; i <= MetricLimits.AnswerSeriesMax; i++)
            answer.Add(answer.GroupOf([$"{i}"]), 0, new NumberStep(1, 1, 1, 1, 1, 1));

        var built = answer.Build([]);

        Assert.Equal(MetricLimits.AnswerSeriesMax, built.Series.Count);
        Assert.Contains($"{MetricLimits.AnswerSeriesMax}", Assert.Single(built.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_steps_leave_room_for_fewer_series()
    {
        var answer = new AnswerBuilder(Query(MetricLimits.StepsMax));
        var groups = Enumerable.Range(0, MetricLimits.AnswerSeriesMax).Select(i => answer.GroupOf([$"{i}"])).Where(group => group >= 0).ToList();

        Assert.Equal(MetricLimits.AnswerPointsMax / MetricLimits.StepsMax, groups.Count);
        Assert.True(answer.IsCapped);
    }

    [Fact]
    public void Labels_that_look_alike_when_joined_are_different_series_and_series_come_in_order()
    {
        var answer = new AnswerBuilder(Query(steps: 1) with { GroupBy = ["a", "b"] });
        foreach (var labels in (string[][])[["x\0", "y"], ["x", "\0y"], ["", "z"]])
            answer.Add(answer.GroupOf(labels), 0, new NumberStep(1, 5, 5, 5, 1, 5));

        Assert.Equal([["", "z"], ["x", "\0y"], ["x\0", "y"]], answer.Build([]).Series.Select(series => series.LabelValues));
    }

    [Fact]
    public void Steps_outside_the_grid_and_values_that_are_no_numbers_are_no_points()
    {
        var answer = new AnswerBuilder(Query(steps: 2));
        var group = answer.GroupOf([""]);
        answer.Add(group, -1, new NumberStep(1, 5, 5, 5, 1, 5));
        answer.Add(group, 2, 7.0);
        answer.Add(group, 1, new NumberStep(1, double.NaN, 5, 5, 1, 5));

        Assert.Equal([null, null], Assert.Single(answer.Build([]).Series).Values);
    }

    private static MetricQuery Query(int steps) =>
        new(TenantId.Default, "m", null, new StepGrid(0, steps, 1_000_000_000), MetricAggregation.Sum, 0, ["label"], null);
}
