using Otelier.Signals.Metrics;
using Otelier.Storage.ClickHouse.Native;

namespace Otelier.Storage.ClickHouse.Metrics;

/// <summary>Reads the distributions that <see cref="StepSql.Distributions"/> selects.</summary>
/// <param name="block">The answer.</param>
/// <param name="type">The type of the metric.</param>
/// <param name="prefix">Which of a row's distributions: <c>First</c> or <c>Last</c>.</param>
internal sealed class DistributionColumns(NativeBlock block, MetricType type, string prefix)
{
    private readonly FixedResultColumn<ulong> _count = block.GetUInt64($"{prefix}Count");
    private readonly FixedResultColumn<double> _sum = block.GetFloat64($"{prefix}Sum");
    private readonly FixedResultColumn<double> _smallest = block.GetFloat64("Smallest");
    private readonly FixedResultColumn<double> _largest = block.GetFloat64("Largest");
    private readonly Func<int, Distribution, Distribution> _complete = type switch
    {
        MetricType.Histogram => Explicit(block, prefix),
        MetricType.ExponentialHistogram => Exponential(block, prefix),
        _ => Summary(block, prefix),
    };

    public Distribution this[int row] =>
        _complete(row, new SummaryDistribution { Count = _count[row], Sum = _sum[row], Min = _smallest[row], Max = _largest[row] });

    private static Func<int, Distribution, Distribution> Explicit(NativeBlock block, string prefix)
    {
        var counts = block.GetArray($"{prefix}Buckets");
        var bounds = block.GetArray($"{prefix}Bounds");
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

    private static Func<int, Distribution, Distribution> Exponential(NativeBlock block, string prefix)
    {
        var scale = block.GetInt32($"{prefix}Scale");
        var zeroCount = block.GetUInt64($"{prefix}ZeroCount");
        var zeroThreshold = block.GetFloat64($"{prefix}ZeroThreshold");
        var positiveOffset = block.GetInt32($"{prefix}PositiveOffset");
        var positive = block.GetArray($"{prefix}Positive");
        var negativeOffset = block.GetInt32($"{prefix}NegativeOffset");
        var negative = block.GetArray($"{prefix}Negative");
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

    private static Func<int, Distribution, Distribution> Summary(NativeBlock block, string prefix)
    {
        var quantiles = block.GetArray($"{prefix}Quantiles");
        var values = block.GetArray($"{prefix}Values");
        return (row, head) => new SummaryDistribution
        {
            Count = head.Count,
            Sum = head.Sum,
            Quantiles = [.. PointRows.ListOf<double>(quantiles, row).Zip(PointRows.ListOf<double>(values, row), (q, v) => new QuantileValue(q, v))],
        };
    }
}
