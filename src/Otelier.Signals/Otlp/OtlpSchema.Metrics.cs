using Kind = Otelier.Signals.Otlp.OtlpFieldKind;

namespace Otelier.Signals.Otlp;

public static partial class OtlpSchema
{
    private static OtlpMessage[] Metrics =>
    [
        Metric, Gauge, Sum, Histogram, ExponentialHistogram, Summary, NumberDataPoint, HistogramDataPoint,
        ExponentialHistogramDataPoint, ExponentialHistogramBuckets, SummaryDataPoint, SummaryValueAtQuantile, Exemplar,
        ScopeMetrics, ResourceMetrics, ExportMetricsServiceRequest, ExportMetricsServiceResponse, ExportMetricsPartialSuccess,
    ];

    public static OtlpMessage Exemplar { get; } = new("Exemplar",
        Many(7, "filtered_attributes", () => KeyValue),
        One(2, "time_unix_nano", Kind.Fixed64),
        OneOf(3, "as_double", Kind.Double),
        OneOf(6, "as_int", Kind.SFixed64),
        One(4, "span_id", Kind.SpanId),
        One(5, "trace_id", Kind.TraceId));

    public static OtlpMessage NumberDataPoint { get; } = new("NumberDataPoint",
        Many(7, "attributes", () => KeyValue),
        One(2, "start_time_unix_nano", Kind.Fixed64),
        One(3, "time_unix_nano", Kind.Fixed64),
        OneOf(4, "as_double", Kind.Double),
        OneOf(6, "as_int", Kind.SFixed64),
        Many(5, "exemplars", () => Exemplar),
        One(8, "flags", Kind.UInt32));

    public static OtlpMessage HistogramDataPoint { get; } = new("HistogramDataPoint",
        Many(9, "attributes", () => KeyValue),
        One(2, "start_time_unix_nano", Kind.Fixed64),
        One(3, "time_unix_nano", Kind.Fixed64),
        One(4, "count", Kind.Fixed64),
        Optional(5, "sum", Kind.Double),
        Many(6, "bucket_counts", Kind.Fixed64),
        Many(7, "explicit_bounds", Kind.Double),
        Many(8, "exemplars", () => Exemplar),
        One(10, "flags", Kind.UInt32),
        Optional(11, "min", Kind.Double),
        Optional(12, "max", Kind.Double));

    public static OtlpMessage ExponentialHistogramBuckets { get; } = new("ExponentialHistogramDataPoint.Buckets",
        One(1, "offset", Kind.SInt32),
        Many(2, "bucket_counts", Kind.UInt64));

    public static OtlpMessage ExponentialHistogramDataPoint { get; } = new("ExponentialHistogramDataPoint",
        Many(1, "attributes", () => KeyValue),
        One(2, "start_time_unix_nano", Kind.Fixed64),
        One(3, "time_unix_nano", Kind.Fixed64),
        One(4, "count", Kind.Fixed64),
        Optional(5, "sum", Kind.Double),
        One(6, "scale", Kind.SInt32),
        One(7, "zero_count", Kind.Fixed64),
        One(8, "positive", () => ExponentialHistogramBuckets),
        One(9, "negative", () => ExponentialHistogramBuckets),
        One(10, "flags", Kind.UInt32),
        Many(11, "exemplars", () => Exemplar),
        Optional(12, "min", Kind.Double),
        Optional(13, "max", Kind.Double),
        One(14, "zero_threshold", Kind.Double));

    public static OtlpMessage SummaryValueAtQuantile { get; } = new("SummaryDataPoint.ValueAtQuantile",
        One(1, "quantile", Kind.Double),
        One(2, "value", Kind.Double));

    public static OtlpMessage SummaryDataPoint { get; } = new("SummaryDataPoint",
        Many(7, "attributes", () => KeyValue),
        One(2, "start_time_unix_nano", Kind.Fixed64),
        One(3, "time_unix_nano", Kind.Fixed64),
        One(4, "count", Kind.Fixed64),
        One(5, "sum", Kind.Double),
        Many(6, "quantile_values", () => SummaryValueAtQuantile),
        One(8, "flags", Kind.UInt32));

    public static OtlpMessage Gauge { get; } = new("Gauge",
        Many(1, "data_points", () => NumberDataPoint));

    public static OtlpMessage Sum { get; } = new("Sum",
        Many(1, "data_points", () => NumberDataPoint),
        One(2, "aggregation_temporality", Kind.Enum),
        One(3, "is_monotonic", Kind.Bool));

    public static OtlpMessage Histogram { get; } = new("Histogram",
        Many(1, "data_points", () => HistogramDataPoint),
        One(2, "aggregation_temporality", Kind.Enum));

    public static OtlpMessage ExponentialHistogram { get; } = new("ExponentialHistogram",
        Many(1, "data_points", () => ExponentialHistogramDataPoint),
        One(2, "aggregation_temporality", Kind.Enum));

    public static OtlpMessage Summary { get; } = new("Summary",
        Many(1, "data_points", () => SummaryDataPoint));

    public static OtlpMessage Metric { get; } = new("Metric",
        One(1, "name", Kind.String),
        One(2, "description", Kind.String),
        One(3, "unit", Kind.String),
        OneOf(5, "gauge", () => Gauge),
        OneOf(7, "sum", () => Sum),
        OneOf(9, "histogram", () => Histogram),
        OneOf(10, "exponential_histogram", () => ExponentialHistogram),
        OneOf(11, "summary", () => Summary),
        Many(12, "metadata", () => KeyValue));

    public static OtlpMessage ScopeMetrics { get; } = new("ScopeMetrics",
        One(1, "scope", () => InstrumentationScope),
        Many(2, "metrics", () => Metric),
        One(3, "schema_url", Kind.String));

    public static OtlpMessage ResourceMetrics { get; } = new("ResourceMetrics",
        One(1, "resource", () => Resource),
        Many(2, "scope_metrics", () => ScopeMetrics),
        One(3, "schema_url", Kind.String));

    public static OtlpMessage ExportMetricsServiceRequest { get; } = new("ExportMetricsServiceRequest",
        Many(1, "resource_metrics", () => ResourceMetrics));

    public static OtlpMessage ExportMetricsPartialSuccess { get; } = new("ExportMetricsPartialSuccess",
        One(1, "rejected_data_points", Kind.Int64),
        One(2, "error_message", Kind.String));

    public static OtlpMessage ExportMetricsServiceResponse { get; } = new("ExportMetricsServiceResponse",
        One(1, "partial_success", () => ExportMetricsPartialSuccess));
}
