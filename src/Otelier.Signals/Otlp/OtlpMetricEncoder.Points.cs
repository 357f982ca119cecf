using Otelier.Signals.Metrics;

namespace Otelier.Signals.Otlp;

public static partial class OtlpMetricEncoder
{
    private static void WritePoint(ProtoWriter output, MetricPoint point)
    {
        OtlpItemWriter.WriteFixed64(output, OtlpMetricTags.StartTime, point.StartTimeUnixNano);
        OtlpItemWriter.WriteFixed64(output, OtlpMetricTags.Time, point.TimeUnixNano);
        switch (point)
        {
            case MetricPoint.Number number:
                Write(output, number);
                break;
            case MetricPoint.Histogram histogram:
                Write(output, histogram);
                break;
            case MetricPoint.Exponential exponential:
                Write(output, exponential);
                break;
            case MetricPoint.Summary summary:
                Write(output, summary);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(point), point.GetType().Name, "Not a kind of data point.");
        }
    }

    private static void Write(ProtoWriter output, MetricPoint.Number point)
    {
        OtlpItemWriter.WriteAttributes(output, OtlpMetricTags.NumberAttributes, point.Series.Attributes);
        WriteNumber(output, point.Value, OtlpMetricTags.NumberAsInt, OtlpMetricTags.NumberAsDouble);
        WriteExemplars(output, OtlpMetricTags.NumberExemplars, point);
        OtlpItemWriter.WriteCount(output, OtlpMetricTags.NumberFlags, point.Flags);
    }

    private static void Write(ProtoWriter output, MetricPoint.Histogram point)
    {
        OtlpItemWriter.WriteAttributes(output, OtlpMetricTags.HistogramAttributes, point.Series.Attributes);
        OtlpItemWriter.WriteFixed64(output, OtlpMetricTags.HistogramCount, point.Count);
        WriteSent(output, OtlpMetricTags.HistogramSum, point.Sum);
        if (point.BucketCounts.Count > 0)
        {
            var counts = output.BeginMessage(OtlpItemWriter.FieldOf(OtlpMetricTags.HistogramBucketCounts));
            foreach (var count in point.BucketCounts)
                output.WriteRawFixed64(count);
            output.EndMessage(counts);
        }

        if (point.ExplicitBounds.Count > 0)
        {
            var bounds = output.BeginMessage(OtlpItemWriter.FieldOf(OtlpMetricTags.HistogramExplicitBounds));
            foreach (var bound in point.ExplicitBounds)
                output.WriteRawFixed64(BitConverter.DoubleToUInt64Bits(bound));
            output.EndMessage(bounds);
        }

        WriteExemplars(output, OtlpMetricTags.HistogramExemplars, point);
        OtlpItemWriter.WriteCount(output, OtlpMetricTags.HistogramFlags, point.Flags);
        WriteSent(output, OtlpMetricTags.HistogramMin, point.Min);
        WriteSent(output, OtlpMetricTags.HistogramMax, point.Max);
    }

    private static void Write(ProtoWriter output, MetricPoint.Exponential point)
    {
        OtlpItemWriter.WriteAttributes(output, OtlpMetricTags.ExponentialAttributes, point.Series.Attributes);
        OtlpItemWriter.WriteFixed64(output, OtlpMetricTags.ExponentialCount, point.Count);
        WriteSent(output, OtlpMetricTags.ExponentialSum, point.Sum);
        OtlpItemWriter.WriteCount(output, OtlpMetricTags.ExponentialScale, ZigZag(point.Scale));
        OtlpItemWriter.WriteFixed64(output, OtlpMetricTags.ExponentialZeroCount, point.ZeroCount);
        WriteBuckets(output, OtlpMetricTags.ExponentialPositive, point.Positive);
        WriteBuckets(output, OtlpMetricTags.ExponentialNegative, point.Negative);
        OtlpItemWriter.WriteCount(output, OtlpMetricTags.ExponentialFlags, point.Flags);
        WriteExemplars(output, OtlpMetricTags.ExponentialExemplars, point);
        WriteSent(output, OtlpMetricTags.ExponentialMin, point.Min);
        WriteSent(output, OtlpMetricTags.ExponentialMax, point.Max);
        WriteDouble(output, OtlpMetricTags.ExponentialZeroThreshold, point.ZeroThreshold);
    }

    private static void Write(ProtoWriter output, MetricPoint.Summary point)
    {
        OtlpItemWriter.WriteAttributes(output, OtlpMetricTags.SummaryAttributes, point.Series.Attributes);
        OtlpItemWriter.WriteFixed64(output, OtlpMetricTags.SummaryCount, point.Count);
        WriteDouble(output, OtlpMetricTags.SummarySum, point.Sum);
        foreach (var (quantile, value) in point.Quantiles)
        {
            var start = output.BeginMessage(OtlpItemWriter.FieldOf(OtlpMetricTags.SummaryQuantileValues));
            WriteDouble(output, OtlpMetricTags.Quantile, quantile);
            WriteDouble(output, OtlpMetricTags.QuantileValue, value);
            output.EndMessage(start);
        }

        OtlpItemWriter.WriteCount(output, OtlpMetricTags.SummaryFlags, point.Flags);
    }

    private static void WriteBuckets(ProtoWriter output, uint tag, ExponentialBuckets? buckets)
    {
        if (buckets is null)
            return;
        var start = output.BeginMessage(OtlpItemWriter.FieldOf(tag));
        OtlpItemWriter.WriteCount(output, OtlpMetricTags.BucketsOffset, ZigZag(buckets.Offset));
        if (buckets.Counts.Count > 0)
        {
            var counts = output.BeginMessage(OtlpItemWriter.FieldOf(OtlpMetricTags.BucketsCounts));
            foreach (var count in buckets.Counts)
                output.WriteRawVarint(count);
            output.EndMessage(counts);
        }

        output.EndMessage(start);
    }

    private static void WriteExemplars(ProtoWriter output, uint tag, MetricPoint point)
    {
        foreach (var exemplar in point.Exemplars)
        {
            var start = output.BeginMessage(OtlpItemWriter.FieldOf(tag));
            OtlpItemWriter.WriteAttributes(output, OtlpMetricTags.ExemplarFilteredAttributes, exemplar.FilteredAttributes);
            OtlpItemWriter.WriteFixed64(output, OtlpMetricTags.ExemplarTime, exemplar.TimeUnixNano);
            WriteNumber(output, exemplar.Value, OtlpMetricTags.ExemplarAsInt, OtlpMetricTags.ExemplarAsDouble);
            WriteHex(output, OtlpMetricTags.ExemplarSpanId, exemplar.SpanId);
            WriteHex(output, OtlpMetricTags.ExemplarTraceId, exemplar.TraceId);
            output.EndMessage(start);
        }
    }

    /// <summary>A choice: zero is written too, and nothing where there is no value.</summary>
    private static void WriteNumber(ProtoWriter output, MetricNumber number, uint asInt, uint asDouble)
    {
        if (number.Kind == NumberKind.Int)
            output.WriteFixed64(OtlpItemWriter.FieldOf(asInt), (ulong)number.IntValue);
        else if (number.Kind == NumberKind.Double)
            output.WriteDouble(OtlpItemWriter.FieldOf(asDouble), number.Value);
    }

    /// <summary>An optional field: zero is written too.</summary>
    private static void WriteSent(ProtoWriter output, uint tag, double? value)
    {
        if (value is { } sent)
            output.WriteDouble(OtlpItemWriter.FieldOf(tag), sent);
    }

    /// <summary>Left out where all bits are zero, as protobuf has it; negative zero is kept.</summary>
    private static void WriteDouble(ProtoWriter output, uint tag, double value) =>
        OtlpItemWriter.WriteFixed64(output, tag, BitConverter.DoubleToUInt64Bits(value));

    private static void WriteHex(ProtoWriter output, uint tag, string hex)
    {
        // Rows that something else than Otelier wrote may hold what is no hexadecimal text.
        if (hex.Length == 0 || hex.Length % 2 != 0 || !hex.All(char.IsAsciiHexDigit))
            return;
        output.WriteBytes(OtlpItemWriter.FieldOf(tag), Convert.FromHexString(hex));
    }

    private static uint ZigZag(int value) => (uint)((value << 1) ^ (value >> 31));
}
