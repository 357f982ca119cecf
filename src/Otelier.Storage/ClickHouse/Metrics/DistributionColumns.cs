using Otelier.Signals.Metrics;
using Otelier.Storage.ClickHouse.Native;

namespace Otelier.Storage.ClickHouse.Metrics;

/// <summary>Reads the distributions that <see cref="StepSql.Distributions"/> selects.</summary>
/// <param name="block">The answer.</param>
/// <param name="type">The type of the metric.</param>
internal sealed class DistributionColumns(NativeBlock block, MetricType type)
{
    private readonly FixedResultColumn<ulong> _count = block.GetUInt64("LastCount");
    private readonly FixedResultColumn<double> _sum = block.GetFloat64("LastSum");
    private readonly FixedResultColumn<double> _smallest = block.GetFloat64("Smallest");
    private readonly FixedResultColumn<double> _largest = block.GetFloat64("Largest");
    private readonly Func<int, Distribution, Distribution> _complete = type switch
    {
        MetricType.Histogram => Explicit(block),
        MetricType.ExponentialHistogram => Exponential(block),
        _ => Summary(block),
    };

    public Distribution this[int row] =>
        _complete(row, new SummaryDistribution { Count = _count[row], Sum = _sum[row], Min = _smallest[row], Max = _largest[row] });

    private static Func<int, Distribution, Distribution> Explicit(NativeBlock block)
    {
        var counts = block.GetArray("LastBuckets");
        var bounds = block.GetArray("LastBounds");
        return (row, head) => new ExplicitDistribution
        {
            Count = head.Count,
            Sum = head.Sum,
            Min = head.Min,
            Max = head.Max,
            Counts = Array.ConvertAll(PointRows.ListOf<ulong>(counts, row), count => (double)count),
            Bounds = PointRows.ListOf<double>(bounds, row),
        };
    }

    private static Func<int, Distribution, Distribution> Exponential(NativeBlock block)
    {
        var scale = block.GetInt32("LastScale");
        var zeroCount = block.GetUInt64("LastZeroCount");
        var zeroThreshold = block.GetFloat64("LastZeroThreshold");
        var positiveOffset = block.GetInt32("LastPositiveOffset");
        var positive = block.GetArray("LastPositive");
        var negativeOffset = block.GetInt32("LastNegativeOffset");
        var negative = block.GetArray("LastNegative");
        return (row, head) => new ExponentialDistribution
        {
            Count = head.Count,
            Sum = head.Sum,
            Min = head.Min,
            Max = head.Max,
            Scale = scale[row],
            ZeroCount = zeroCount[row],
            ZeroThreshold = zeroThreshold[row],
            Positive = ExponentialDistribution.Buckets(positiveOffset[row], PointRows.ListOf<ulong>(positive, row)),
            Negative = ExponentialDistribution.Buckets(negativeOffset[row], PointRows.ListOf<ulong>(negative, row)),
        };
    }

    private static Func<int, Distribution, Distribution> Summary(NativeBlock block)
    {
        var quantiles = block.GetArray("LastQuantiles");
        var values = block.GetArray("LastValues");
        return (row, head) => new SummaryDistribution
        {
            Count = head.Count,
            Sum = head.Sum,
            Quantiles = [.. PointRows.ListOf<double>(quantiles, row).Zip(PointRows.ListOf<double>(values, row), (q, v) => new QuantileValue(q, v))],
        };
    }
}
