using Otelier.Signals.Attributes;
using Otelier.Signals.Metrics;
using Otelier.Signals.Resources;
using Otelier.Storage.ClickHouse.Native;

namespace Otelier.Storage.ClickHouse.Metrics;

/// <summary>A point as a table has it: of its series only the id is known, and exemplars are elsewhere.</summary>
/// <param name="Point">The point with an empty series.</param>
/// <param name="Hash">Tells apart points of one series and time.</param>
internal sealed record PointRow(MetricPoint Point, ulong Hash);

/// <summary>Turns rows of the tables of points back into the points that were sent.</summary>
internal static class PointRows
{
    private static readonly MetricDefinition Unknown = new("", "", "", MetricType.Gauge, 0, IsMonotonic: false, AttributeMap.Empty);

    public static Action<NativeBlock, List<PointRow>> ReaderOf(PointTable table) =>
        table == PointTable.Numbers ? ReadNumbers
        : table == PointTable.Histograms ? ReadHistograms
        : table == PointTable.Exponentials ? ReadExponentials
        : ReadSummaries;

    /// <summary>The exact value of a number.</summary>
    public static MetricNumber NumberOf(byte valueType, double value, long intRest) => (NumberKind)valueType switch
    {
        NumberKind.Int => new MetricNumber(NumberKind.Int, value, unchecked((long)value + intRest)),
        NumberKind.Double => MetricNumber.Of(value),
        _ => MetricNumber.None,
    };

    private static void ReadNumbers(NativeBlock block, List<PointRow> rows)
    {
        var head = new Head(block);
        var value = block.GetFloat64("Value");
        var intRest = block.GetInt64("IntRest");
        var valueType = block.GetUInt8("ValueType");
        for (var row = 0; row < block.RowCount; row++)
        {
            rows.Add(new PointRow(
                new MetricPoint.Number
                {
                    Series = head.Series(row),
                    StartTimeUnixNano = head.Start(row),
                    TimeUnixNano = head.Time(row),
                    Flags = head.Flags(row),
                    Value = NumberOf(valueType[row], value[row], intRest[row]),
                },
                head.Hash(row)));
        }
    }

    private static void ReadHistograms(NativeBlock block, List<PointRow> rows)
    {
        var head = new Head(block);
        var distribution = new DistributionColumns(block);
        var counts = block.GetArray("BucketCounts");
        var bounds = block.GetArray("ExplicitBounds");
        for (var row = 0; row < block.RowCount; row++)
        {
            rows.Add(new PointRow(
                new MetricPoint.Histogram
                {
                    Series = head.Series(row),
                    StartTimeUnixNano = head.Start(row),
                    TimeUnixNano = head.Time(row),
                    Flags = head.Flags(row),
                    Count = distribution.Count[row],
                    Sum = distribution.Sum(row),
                    Min = distribution.Min(row),
                    Max = distribution.Max(row),
                    BucketCounts = ListOf<ulong>(counts, row),
                    ExplicitBounds = ListOf<double>(bounds, row),
                },
                head.Hash(row)));
        }
    }

    private static void ReadExponentials(NativeBlock block, List<PointRow> rows)
    {
        var head = new Head(block);
        var distribution = new DistributionColumns(block);
        var scale = block.GetInt32("Scale");
        var zeroCount = block.GetUInt64("ZeroCount");
        var zeroThreshold = block.GetFloat64("ZeroThreshold");
        var positiveOffset = block.GetInt32("PositiveOffset");
        var positive = block.GetArray("PositiveBucketCounts");
        var negativeOffset = block.GetInt32("NegativeOffset");
        var negative = block.GetArray("NegativeBucketCounts");
        for (var row = 0; row < block.RowCount; row++)
        {
            rows.Add(new PointRow(
                new MetricPoint.Exponential
                {
                    Series = head.Series(row),
                    StartTimeUnixNano = head.Start(row),
                    TimeUnixNano = head.Time(row),
                    Flags = head.Flags(row),
                    Count = distribution.Count[row],
                    Sum = distribution.Sum(row),
                    Min = distribution.Min(row),
                    Max = distribution.Max(row),
                    Scale = scale[row],
                    ZeroCount = zeroCount[row],
                    ZeroThreshold = zeroThreshold[row],
                    Positive = distribution.Has(row, HistogramFields.Positive) ? new(positiveOffset[row], ListOf<ulong>(positive, row)) : null,
                    Negative = distribution.Has(row, HistogramFields.Negative) ? new(negativeOffset[row], ListOf<ulong>(negative, row)) : null,
                },
                head.Hash(row)));
        }
    }

    private static void ReadSummaries(NativeBlock block, List<PointRow> rows)
    {
        var head = new Head(block);
        var count = block.GetUInt64("Count");
        var sum = block.GetFloat64("Sum");
        var quantiles = block.GetArray("ValueAtQuantiles.Quantile");
        var values = block.GetArray("ValueAtQuantiles.Value");
        for (var row = 0; row < block.RowCount; row++)
        {
            rows.Add(new PointRow(
                new MetricPoint.Summary
                {
                    Series = head.Series(row),
                    StartTimeUnixNano = head.Start(row),
                    TimeUnixNano = head.Time(row),
                    Flags = head.Flags(row),
                    Count = count[row],
                    Sum = sum[row],
                    Quantiles = [.. ListOf<double>(quantiles, row).Zip(ListOf<double>(values, row), (q, v) => new QuantileValue(q, v))],
                },
                head.Hash(row)));
        }
    }

    /// <summary>The items of an array column's row.</summary>
    public static T[] ListOf<T>(ArrayResultColumn column, int row)
        where T : unmanaged
    {
        var (start, length) = column[row];
        return length == 0 ? [] : ((FixedResultColumn<T>)column.Items).Values.Slice(start, length).ToArray();
    }

    /// <summary>What points of every kind have.</summary>
    private sealed class Head(NativeBlock block)
    {
        private readonly FixedResultColumn<ulong> _series = block.GetUInt64("SeriesId");
        private readonly DateTime64ResultColumn _time = block.GetDateTime64("Timestamp");
        private readonly DateTime64ResultColumn _start = block.GetDateTime64("StartTimestamp");
        private readonly FixedResultColumn<uint> _flags = block.GetUInt32("Flags");
        private readonly FixedResultColumn<ulong> _hash = block.GetUInt64("Hash");

        public SeriesDescription Series(int row) => new(_series[row], Unknown, Resource.Empty, Scope.Empty, AttributeMap.Empty);

        public ulong Start(int row) => (ulong)_start.UnixNanos(row);

        public ulong Time(int row) => (ulong)_time.UnixNanos(row);

        public uint Flags(int row) => _flags[row];

        public ulong Hash(int row) => _hash[row];
    }

    /// <summary>What both kinds of histograms have.</summary>
    private sealed class DistributionColumns(NativeBlock block)
    {
        private readonly FixedResultColumn<double> _sum = block.GetFloat64("Sum");
        private readonly FixedResultColumn<double> _min = block.GetFloat64("Min");
        private readonly FixedResultColumn<double> _max = block.GetFloat64("Max");
        private readonly FixedResultColumn<byte> _fields = block.GetUInt8("Fields");

        public FixedResultColumn<ulong> Count { get; } = block.GetUInt64("Count");

        public double? Sum(int row) => Has(row, HistogramFields.Sum) ? _sum[row] : null;

        public double? Min(int row) => Has(row, HistogramFields.Min) ? _min[row] : null;

        public double? Max(int row) => Has(row, HistogramFields.Max) ? _max[row] : null;

        public bool Has(int row, HistogramFields field) => ((HistogramFields)_fields[row] & field) != 0;
    }
}
