using Otelier.Signals;
using Otelier.Signals.Analytics;
using Otelier.Signals.Filters;
using Xunit;

namespace Otelier.Tests.Analytics;

public sealed class AggregateTextTests
{
    [Theory]
    [InlineData("count", AggregateFunction.Count, 0)]
    [InlineData("count()", AggregateFunction.Count, 0)]
    [InlineData("rate", AggregateFunction.Rate, 0)]
    [InlineData("p5(duration)", AggregateFunction.Quantile, 0.05)]
    [InlineData("p50(duration)", AggregateFunction.Quantile, 0.5)]
    [InlineData("p999(duration)", AggregateFunction.Quantile, 0.999)]
    [InlineData("p100(duration)", AggregateFunction.Quantile, 1)]
    [InlineData(" quantile( 0.9 , duration ) ", AggregateFunction.Quantile, 0.9)]
    public void A_text_is_read_as_its_aggregate(string text, AggregateFunction function, double quantile)
    {
        Assert.True(AggregateText.TryParse(Signal.Traces, text, out var aggregate, out var problem), problem);

        Assert.Equal((function, quantile, text.Trim()), (aggregate.Function, aggregate.Quantile, aggregate.Name));
    }

    [Fact]
    public void A_field_may_hold_commas_and_parentheses()
    {
        Assert.True(AggregateText.TryParse(Signal.Logs, "top(3, attributes.\"a,(b)\")", out var aggregate, out var problem), problem);

        Assert.Equal(3, aggregate.Count);
        Assert.Equal(new FilterField.Attribute(AttributeScope.Item, "a,(b)"), aggregate.Field?.Field);
    }

    [Theory]
    [InlineData("")]
    [InlineData("median(duration)")]
    [InlineData("p123(duration)")]
    [InlineData("p(duration)")]
    [InlineData("p95")]
    [InlineData("p95(duration")]
    [InlineData("sum()")]
    [InlineData("count(duration)")]
    [InlineData("quantile(duration)")]
    [InlineData("quantile(1.5, duration)")]
    [InlineData("top(0, name)")]
    [InlineData("top(101, name)")]
    [InlineData("avg(name)")]
    [InlineData("max(traceId)")]
    public void What_is_no_aggregate_is_refused_with_a_reason(string text)
    {
        Assert.False(AggregateText.TryParse(Signal.Traces, text, out _, out var problem));

        Assert.NotEmpty(problem);
    }

    [Theory]
    [InlineData("avg(duration)", "ns")]
    [InlineData("avg(app.size)", "")]
    [InlineData("rate", "1/s")]
    [InlineData("distinct(name)", "1")]
    public void An_aggregate_has_the_unit_of_its_field(string text, string unit)
    {
        Assert.True(AggregateText.TryParse(Signal.Traces, text, out var aggregate, out _));

        Assert.Equal(unit, AggregateText.UnitOf(aggregate));
    }
}
