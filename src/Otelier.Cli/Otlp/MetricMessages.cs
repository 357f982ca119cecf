namespace Otelier.Cli.Otlp;

/// <summary>The messages that metrics are made of; see <see cref="OtlpMessages"/>.</summary>
internal static class MetricMessages
{
    private static readonly Field DataPoints = new(1, "dataPoints");
    private static readonly Field AggregationTemporality = new(2, "aggregationTemporality");
    private static readonly Field StartTime = new(2, "startTimeUnixNano");
    private static readonly Field Time = new(3, "timeUnixNano");

    public static void MetricFields(IMessageWriter writer, Metric metric)
    {
        writer.Text(new(1, "name"), metric.Name);
        OtlpMessages.TextUnlessEmpty(writer, new(2, "description"), metric.Description);
        OtlpMessages.TextUnlessEmpty(writer, new(3, "unit"), metric.Unit);
        switch (metric.Data)
        {
            case MetricData.Gauge gauge:
                writer.Message(new(5, "gauge"), gauge, static (w, g) => w.Repeated(DataPoints, g.Points, NumberFields));
                break;
            case MetricData.Sum sum:
                writer.Message(new(7, "sum"), sum, static (w, s) =>
                {
                    w.Repeated(DataPoints, s.Points, NumberFields);
                    w.UInt32(AggregationTemporality, (uint)s.Temporality);
                    if (s.Monotonic)
                        w.Bool(new(3, "isMonotonic"), true);
                });
                break;
            case MetricData.Histogram histogram:
                writer.Message(new(9, "histogram"), histogram, static (w, h) =>
                {
                    w.Repeated(DataPoints, h.Points, HistogramFields);
                    w.UInt32(AggregationTemporality, (uint)h.Temporality);
                });
                break;
            case MetricData.ExponentialHistogram exponential:
                writer.Message(new(10, "exponentialHistogram"), exponential, static (w, e) =>
                {
                    w.Repeated(DataPoints, e.Points, ExponentialFields);
                    w.UInt32(AggregationTemporality, (uint)e.Temporality);
                });
                break;
            case MetricData.Summary summary:
                writer.Message(new(11, "summary"), summary, static (w, s) => w.Repeated(DataPoints, s.Points, SummaryFields));
                break;
        }

        OtlpMessages.Attributes(writer, new(12, "metadata"), metric.Metadata);
    }

    private static void NumberFields(IMessageWriter writer, NumberPoint point)
    {
        Times(writer, point);
        Value(writer, new(4, "asDouble"), new(6, "asInt"), point.Value);
        writer.Repeated(new(5, "exemplars"), point.Exemplars, ExemplarFields);
        OtlpMessages.Attributes(writer, new(7, "attributes"), point.Attributes);
        OtlpMessages.UnlessZero(writer, new(8, "flags"), point.Flags);
    }

    private static void HistogramFields(IMessageWriter writer, HistogramPoint point)
    {
        Times(writer, point);
        writer.Fixed64(new(4, "count"), point.Count);
        Optional(writer, new(5, "sum"), point.Sum);
        if (point.BucketCounts.Length > 0)
            writer.PackedFixed64(new(6, "bucketCounts"), point.BucketCounts);
        if (point.Bounds.Length > 0)
            writer.PackedDouble(new(7, "explicitBounds"), point.Bounds);
        writer.Repeated(new(8, "exemplars"), point.Exemplars, ExemplarFields);
        OtlpMessages.Attributes(writer, new(9, "attributes"), point.Attributes);
        OtlpMessages.UnlessZero(writer, new(10, "flags"), point.Flags);
        Optional(writer, new(11, "min"), point.Min);
        Optional(writer, new(12, "max"), point.Max);
    }

    private static void ExponentialFields(IMessageWriter writer, ExponentialPoint point)
    {
        OtlpMessages.Attributes(writer, new(1, "attributes"), point.Attributes);
        Times(writer, point);
        writer.Fixed64(new(4, "count"), point.Count);
        Optional(writer, new(5, "sum"), point.Sum);
        if (point.Scale != 0)
            writer.SInt32(new(6, "scale"), point.Scale);
        if (point.ZeroCount != 0)
            writer.Fixed64(new(7, "zeroCount"), point.ZeroCount);
        if (point.Positive is not null)
            writer.Message(new(8, "positive"), point.Positive, BucketFields);
        if (point.Negative is not null)
            writer.Message(new(9, "negative"), point.Negative, BucketFields);
        OtlpMessages.UnlessZero(writer, new(10, "flags"), point.Flags);
        writer.Repeated(new(11, "exemplars"), point.Exemplars, ExemplarFields);
        Optional(writer, new(12, "min"), point.Min);
        Optional(writer, new(13, "max"), point.Max);
        if (point.ZeroThreshold != 0)
            writer.Double(new(14, "zeroThreshold"), point.ZeroThreshold);
    }

    private static void BucketFields(IMessageWriter writer, ExponentialBuckets buckets)
    {
        if (buckets.Offset != 0)
            writer.SInt32(new(1, "offset"), buckets.Offset);
        if (buckets.Counts.Length > 0)
            writer.PackedVarint64(new(2, "bucketCounts"), buckets.Counts);
    }

    private static void SummaryFields(IMessageWriter writer, SummaryPoint point)
    {
        Times(writer, point);
        writer.Fixed64(new(4, "count"), point.Count);
        writer.Double(new(5, "sum"), point.Sum);
        writer.Repeated(new(6, "quantileValues"), point.Quantiles, static (w, q) =>
        {
            w.Double(new(1, "quantile"), q.Position);
            w.Double(new(2, "value"), q.Value);
        });
        OtlpMessages.Attributes(writer, new(7, "attributes"), point.Attributes);
        OtlpMessages.UnlessZero(writer, new(8, "flags"), point.Flags);
    }

    private static void ExemplarFields(IMessageWriter writer, Exemplar exemplar)
    {
        writer.Fixed64(new(2, "timeUnixNano"), exemplar.TimeNanos);
        Value(writer, new(3, "asDouble"), new(6, "asInt"), exemplar.Value);
        OtlpMessages.IdUnlessEmpty(writer, new(4, "spanId"), exemplar.SpanId);
        OtlpMessages.IdUnlessEmpty(writer, new(5, "traceId"), exemplar.TraceId);
        OtlpMessages.Attributes(writer, new(7, "filteredAttributes"), exemplar.FilteredAttributes);
    }

    private static void Times(IMessageWriter writer, Point point)
    {
        if (point.StartNanos != 0)
            writer.Fixed64(StartTime, point.StartNanos);
        writer.Fixed64(Time, point.TimeNanos);
    }

    private static void Value(IMessageWriter writer, Field asDouble, Field asInt, PointValue value)
    {
        if (value.Number is { } number)
            writer.Double(asDouble, number);
        else if (value.Integer is { } integer)
            writer.SFixed64(asInt, integer);
    }

    private static void Optional(IMessageWriter writer, Field field, double? value)
    {
        if (value is { } present)
            writer.Double(field, present);
    }
}
