using Otelier.Signals.Metrics;
using Otelier.Storage.ClickHouse.Native;

namespace Otelier.Storage.ClickHouse.Metrics;

/// <summary>Follows cumulative numbers through rows that come by series and time.</summary>
internal sealed class CounterSteps(StepSource source, Dictionary<ulong, int> groups, AnswerBuilder answer)
{
    private CounterIncrease _increase;
    private ulong? _series;

    public void Add(NativeBlock block)
    {
        var series = block.GetUInt64("SeriesId");
        var step = block.GetInt64("Step");
        var firstTime = block.GetInt64("FirstTime");
        var firstValue = block.GetFloat64("FirstValue");
        var firstStart = block.GetInt64("FirstStart");
        var lastTime = block.GetInt64("LastTime");
        var lastValue = block.GetFloat64("LastValue");
        var lastStart = block.GetInt64("LastStart");
        var inner = block.GetFloat64("Inner");
        for (var row = 0; row < block.RowCount; row++)
        {
            if (_series != series[row])
                (_series, _increase) = (series[row], new CounterIncrease(source.Kind.IsMonotonic, source.Range.StartUnixNano));
            var increase = _increase.Next(new CounterStep(
                new CounterPoint((ulong)firstStart[row], (ulong)firstTime[row], firstValue[row]),
                new CounterPoint((ulong)lastStart[row], (ulong)lastTime[row], lastValue[row]),
                inner[row]));
            if (groups.TryGetValue(series[row], out var group))
                answer.Add(group, step[row], increase);
        }
    }
}

/// <summary>Follows values that rise and fall through rows that come by series and time.</summary>
internal sealed class TrendSteps(StepSource source, Dictionary<ulong, int> groups, AnswerBuilder answer)
{
    private GaugeTrend _trend;
    private ulong? _series;

    public void Add(NativeBlock block)
    {
        var series = block.GetUInt64("SeriesId");
        var step = block.GetInt64("Step");
        var points = block.GetUInt64("Points");
        var lastSeconds = block.GetFloat64("LastSeconds");
        var lastValue = block.GetFloat64("LastValue");
        var sumX = block.GetFloat64("SumX");
        var sumY = block.GetFloat64("SumY");
        var sumXX = block.GetFloat64("SumXX");
        var sumXY = block.GetFloat64("SumXY");
        for (var row = 0; row < block.RowCount; row++)
        {
            if (_series != series[row])
                (_series, _trend) = (series[row], new GaugeTrend(source.Query.Grid.StepNanos));
            var (delta, slope) = _trend.Next(
                step[row], new TrendStep(points[row], lastSeconds[row], lastValue[row], sumX[row], sumY[row], sumXX[row], sumXY[row]));
            if ((source.Query.Aggregation == MetricAggregation.Delta ? delta : slope) is { } value && groups.TryGetValue(series[row], out var group))
                answer.Add(group, step[row], value);
        }
    }
}

/// <summary>Follows histograms and summaries; cumulative ones through rows that come by series and time.</summary>
internal sealed class DistributionSteps(StepSource source, Dictionary<ulong, int> groups, AnswerBuilder answer)
{
    private DistributionIncrease _increase;
    private ulong? _series;

    public void Add(NativeBlock block)
    {
        var series = block.GetUInt64("SeriesId");
        var step = block.GetInt64("Step");
        var last = new DistributionColumns(block, source.Kind.Type);
        var growth = source.Kind.IsCumulative ? GrowthOf(block, last) : null;
        for (var row = 0; row < block.RowCount; row++)
        {
            var values = growth is null ? last[row] : growth(row, series[row]);
            if (values is not null && groups.TryGetValue(series[row], out var group))
                answer.Add(group, step[row], values);
        }
    }

    private Func<int, ulong, Distribution?> GrowthOf(NativeBlock block, DistributionColumns last)
    {
        var start = block.GetDateTime64("StartTimestamp");
        var lastTime = block.GetDateTime64("Timestamp");
        return (row, series) =>
        {
            if (_series != series)
                (_series, _increase) = (series, new DistributionIncrease(source.Range.StartUnixNano));
            return _increase.Next(new DistributionStep((ulong)start.UnixNanos(row), (ulong)lastTime.UnixNanos(row), last[row]));
        };
    }
}
