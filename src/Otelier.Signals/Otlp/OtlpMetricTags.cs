namespace Otelier.Signals.Otlp;

/// <summary>The tags of the messages of opentelemetry.proto.metrics.v1. Repeated numbers come packed or one by one.</summary>
internal static class OtlpMetricTags
{
    private const uint Varint = (uint)WireType.Varint;
    private const uint Fixed64 = (uint)WireType.Fixed64;
    private const uint Length = (uint)WireType.Length;

    public const uint Name = (1 << 3) | Length;
    public const uint Description = (2 << 3) | Length;
    public const uint Unit = (3 << 3) | Length;
    public const uint Gauge = (5 << 3) | Length;
    public const uint Sum = (7 << 3) | Length;
    public const uint Histogram = (9 << 3) | Length;
    public const uint ExponentialHistogram = (10 << 3) | Length;
    public const uint Summary = (11 << 3) | Length;
    public const uint Metadata = (12 << 3) | Length;
    public const uint MetricLast = 12;

    // Gauge, Sum, Histogram, ExponentialHistogram and Summary.
    public const uint DataPoints = (1 << 3) | Length;
    public const uint AggregationTemporality = (2 << 3) | Varint;
    public const uint IsMonotonic = (3 << 3) | Varint;

    // The same in data points of every type.
    public const uint StartTime = (2 << 3) | Fixed64;
    public const uint Time = (3 << 3) | Fixed64;

    public const uint NumberAsDouble = (4 << 3) | Fixed64;
    public const uint NumberExemplars = (5 << 3) | Length;
    public const uint NumberAsInt = (6 << 3) | Fixed64;
    public const uint NumberAttributes = (7 << 3) | Length;
    public const uint NumberFlags = (8 << 3) | Varint;
    public const uint NumberLast = 8;

    public const uint HistogramCount = (4 << 3) | Fixed64;
    public const uint HistogramSum = (5 << 3) | Fixed64;
    public const uint HistogramBucketCounts = (6 << 3) | Length;
    public const uint HistogramBucketCount = (6 << 3) | Fixed64;
    public const uint HistogramExplicitBounds = (7 << 3) | Length;
    public const uint HistogramExplicitBound = (7 << 3) | Fixed64;
    public const uint HistogramExemplars = (8 << 3) | Length;
    public const uint HistogramAttributes = (9 << 3) | Length;
    public const uint HistogramFlags = (10 << 3) | Varint;
    public const uint HistogramMin = (11 << 3) | Fixed64;
    public const uint HistogramMax = (12 << 3) | Fixed64;
    public const uint HistogramLast = 12;

    public const uint ExponentialAttributes = (1 << 3) | Length;
    public const uint ExponentialCount = (4 << 3) | Fixed64;
    public const uint ExponentialSum = (5 << 3) | Fixed64;
    public const uint ExponentialScale = (6 << 3) | Varint;
    public const uint ExponentialZeroCount = (7 << 3) | Fixed64;
    public const uint ExponentialPositive = (8 << 3) | Length;
    public const uint ExponentialNegative = (9 << 3) | Length;
    public const uint ExponentialFlags = (10 << 3) | Varint;
    public const uint ExponentialExemplars = (11 << 3) | Length;
    public const uint ExponentialMin = (12 << 3) | Fixed64;
    public const uint ExponentialMax = (13 << 3) | Fixed64;
    public const uint ExponentialZeroThreshold = (14 << 3) | Fixed64;
    public const uint ExponentialLast = 14;

    public const uint BucketsOffset = (1 << 3) | Varint;
    public const uint BucketsCounts = (2 << 3) | Length;
    public const uint BucketsCount = (2 << 3) | Varint;
    public const uint BucketsLast = 2;

    public const uint SummaryCount = (4 << 3) | Fixed64;
    public const uint SummarySum = (5 << 3) | Fixed64;
    public const uint SummaryQuantileValues = (6 << 3) | Length;
    public const uint SummaryAttributes = (7 << 3) | Length;
    public const uint SummaryFlags = (8 << 3) | Varint;
    public const uint SummaryLast = 8;

    public const uint Quantile = (1 << 3) | Fixed64;
    public const uint QuantileValue = (2 << 3) | Fixed64;
    public const uint QuantileLast = 2;

    public const uint ExemplarTime = (2 << 3) | Fixed64;
    public const uint ExemplarAsDouble = (3 << 3) | Fixed64;
    public const uint ExemplarSpanId = (4 << 3) | Length;
    public const uint ExemplarTraceId = (5 << 3) | Length;
    public const uint ExemplarAsInt = (6 << 3) | Fixed64;
    public const uint ExemplarFilteredAttributes = (7 << 3) | Length;
    public const uint ExemplarLast = 7;
}
