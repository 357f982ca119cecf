using Otelier.Signals.Otlp;
using Otelier.Storage.ClickHouse.Tables;
using Xunit;

namespace Otelier.Tests.Otlp;

/// <summary>
/// Every field of the protocol has a home in the tables. A field added to <see cref="OtlpSchema"/> fails here until it has a
/// column, or a named reason why it needs none.
/// </summary>
public sealed class OtlpCoverageTests
{
    /// <summary>Messages that are answers, not telemetry.</summary>
    private static readonly string[] Answers = ["ServiceResponse", "PartialSuccess"];

    /// <summary>Messages whose fields live inside the text and signature of an attribute's value.</summary>
    private static readonly string[] Values = ["AnyValue", "ArrayValue", "KeyValueList", "KeyValue"];

    private static readonly Dictionary<string, string> Homes = new(StringComparer.Ordinal)
    {
        ["Resource.attributes"] = "otel_traces.ResourceAttributes",
        ["Resource.dropped_attributes_count"] = "otel_traces.ResourceDroppedAttributesCount",
        ["Resource.entity_refs"] = "otel_traces.ResourceEntityRefs",
        ["EntityRef.schema_url"] = "otel_traces.ResourceEntityRefs",
        ["EntityRef.type"] = "otel_traces.ResourceEntityRefs",
        ["EntityRef.id_keys"] = "otel_traces.ResourceEntityRefs",
        ["EntityRef.description_keys"] = "otel_traces.ResourceEntityRefs",
        ["InstrumentationScope.name"] = "otel_traces.ScopeName",
        ["InstrumentationScope.version"] = "otel_traces.ScopeVersion",
        ["InstrumentationScope.attributes"] = "otel_traces.ScopeAttributes",
        ["InstrumentationScope.dropped_attributes_count"] = "otel_traces.ScopeDroppedAttributesCount",

        ["ResourceSpans.schema_url"] = "otel_traces.ResourceSchemaUrl",
        ["ScopeSpans.schema_url"] = "otel_traces.ScopeSchemaUrl",
        ["Span.trace_id"] = "otel_traces.TraceId",
        ["Span.span_id"] = "otel_traces.SpanId",
        ["Span.trace_state"] = "otel_traces.TraceState",
        ["Span.parent_span_id"] = "otel_traces.ParentSpanId",
        ["Span.flags"] = "otel_traces.Flags",
        ["Span.name"] = "otel_traces.SpanName",
        ["Span.kind"] = "otel_traces.SpanKind",
        ["Span.start_time_unix_nano"] = "otel_traces.Timestamp",
        ["Span.end_time_unix_nano"] = "otel_traces.EndTimeCorrection",
        ["Span.attributes"] = "otel_traces.SpanAttributes",
        ["Span.dropped_attributes_count"] = "otel_traces.DroppedAttributesCount",
        ["Span.dropped_events_count"] = "otel_traces.DroppedEventsCount",
        ["Span.dropped_links_count"] = "otel_traces.DroppedLinksCount",
        ["Span.Event.time_unix_nano"] = "otel_traces.Events.Timestamp",
        ["Span.Event.name"] = "otel_traces.Events.Name",
        ["Span.Event.attributes"] = "otel_traces.Events.Attributes",
        ["Span.Event.dropped_attributes_count"] = "otel_traces.Events.DroppedAttributesCount",
        ["Span.Link.trace_id"] = "otel_traces.Links.TraceId",
        ["Span.Link.span_id"] = "otel_traces.Links.SpanId",
        ["Span.Link.trace_state"] = "otel_traces.Links.TraceState",
        ["Span.Link.attributes"] = "otel_traces.Links.Attributes",
        ["Span.Link.dropped_attributes_count"] = "otel_traces.Links.DroppedAttributesCount",
        ["Span.Link.flags"] = "otel_traces.Links.Flags",
        ["Status.message"] = "otel_traces.StatusMessage",
        ["Status.code"] = "otel_traces.StatusCode",

        ["ResourceLogs.schema_url"] = "otel_logs.ResourceSchemaUrl",
        ["ScopeLogs.schema_url"] = "otel_logs.ScopeSchemaUrl",
        ["LogRecord.time_unix_nano"] = "otel_logs.TimestampSource",
        ["LogRecord.observed_time_unix_nano"] = "otel_logs.ObservedTimestamp",
        ["LogRecord.severity_number"] = "otel_logs.SeverityNumber",
        ["LogRecord.severity_text"] = "otel_logs.SeverityText",
        ["LogRecord.body"] = "otel_logs.BodySignature",
        ["LogRecord.attributes"] = "otel_logs.LogAttributes",
        ["LogRecord.dropped_attributes_count"] = "otel_logs.DroppedAttributesCount",
        ["LogRecord.flags"] = "otel_logs.TraceFlags",
        ["LogRecord.trace_id"] = "otel_logs.TraceId",
        ["LogRecord.span_id"] = "otel_logs.SpanId",
        ["LogRecord.event_name"] = "otel_logs.EventName",

        ["ResourceMetrics.schema_url"] = "metric_series.ResourceSchemaUrl",
        ["ScopeMetrics.schema_url"] = "metric_series.ScopeSchemaUrl",
        ["Metric.name"] = "metric_series.MetricName",
        ["Metric.description"] = "metric_series.MetricDescription",
        ["Metric.unit"] = "metric_series.MetricUnit",
        ["Metric.metadata"] = "metric_series.MetricMetadata",
        ["Sum.aggregation_temporality"] = "metric_series.AggregationTemporality",
        ["Sum.is_monotonic"] = "metric_series.IsMonotonic",
        ["Histogram.aggregation_temporality"] = "metric_series.AggregationTemporality",
        ["ExponentialHistogram.aggregation_temporality"] = "metric_series.AggregationTemporality",
        ["NumberDataPoint.attributes"] = "metric_series.Attributes",
        ["NumberDataPoint.start_time_unix_nano"] = "metric_points.StartTimestamp",
        ["NumberDataPoint.time_unix_nano"] = "metric_points.Timestamp",
        ["NumberDataPoint.as_double"] = "metric_points.Value",
        ["NumberDataPoint.as_int"] = "metric_points.IntRest",
        ["NumberDataPoint.flags"] = "metric_points.Flags",
        ["HistogramDataPoint.attributes"] = "metric_series.Attributes",
        ["HistogramDataPoint.start_time_unix_nano"] = "metric_histograms.StartTimestamp",
        ["HistogramDataPoint.time_unix_nano"] = "metric_histograms.Timestamp",
        ["HistogramDataPoint.count"] = "metric_histograms.Count",
        ["HistogramDataPoint.sum"] = "metric_histograms.Sum",
        ["HistogramDataPoint.min"] = "metric_histograms.Min",
        ["HistogramDataPoint.max"] = "metric_histograms.Max",
        ["HistogramDataPoint.bucket_counts"] = "metric_histograms.BucketCounts",
        ["HistogramDataPoint.explicit_bounds"] = "metric_histograms.ExplicitBounds",
        ["HistogramDataPoint.flags"] = "metric_histograms.Flags",
        ["ExponentialHistogramDataPoint.attributes"] = "metric_series.Attributes",
        ["ExponentialHistogramDataPoint.start_time_unix_nano"] = "metric_exponential_histograms.StartTimestamp",
        ["ExponentialHistogramDataPoint.time_unix_nano"] = "metric_exponential_histograms.Timestamp",
        ["ExponentialHistogramDataPoint.count"] = "metric_exponential_histograms.Count",
        ["ExponentialHistogramDataPoint.sum"] = "metric_exponential_histograms.Sum",
        ["ExponentialHistogramDataPoint.min"] = "metric_exponential_histograms.Min",
        ["ExponentialHistogramDataPoint.max"] = "metric_exponential_histograms.Max",
        ["ExponentialHistogramDataPoint.scale"] = "metric_exponential_histograms.Scale",
        ["ExponentialHistogramDataPoint.zero_count"] = "metric_exponential_histograms.ZeroCount",
        ["ExponentialHistogramDataPoint.zero_threshold"] = "metric_exponential_histograms.ZeroThreshold",
        ["ExponentialHistogramDataPoint.flags"] = "metric_exponential_histograms.Flags",
        ["ExponentialHistogramDataPoint.Buckets.offset"] = "metric_exponential_histograms.PositiveOffset",
        ["ExponentialHistogramDataPoint.Buckets.bucket_counts"] = "metric_exponential_histograms.NegativeBucketCounts",
        ["SummaryDataPoint.attributes"] = "metric_series.Attributes",
        ["SummaryDataPoint.start_time_unix_nano"] = "metric_summaries.StartTimestamp",
        ["SummaryDataPoint.time_unix_nano"] = "metric_summaries.Timestamp",
        ["SummaryDataPoint.count"] = "metric_summaries.Count",
        ["SummaryDataPoint.sum"] = "metric_summaries.Sum",
        ["SummaryDataPoint.flags"] = "metric_summaries.Flags",
        ["SummaryDataPoint.ValueAtQuantile.quantile"] = "metric_summaries.ValueAtQuantiles.Quantile",
        ["SummaryDataPoint.ValueAtQuantile.value"] = "metric_summaries.ValueAtQuantiles.Value",
        ["Exemplar.filtered_attributes"] = "metric_exemplars.FilteredAttributes",
        ["Exemplar.time_unix_nano"] = "metric_exemplars.ExemplarTimestamp",
        ["Exemplar.as_double"] = "metric_exemplars.Value",
        ["Exemplar.as_int"] = "metric_exemplars.IntRest",
        ["Exemplar.span_id"] = "metric_exemplars.SpanId",
        ["Exemplar.trace_id"] = "metric_exemplars.TraceId",
    };

    public static TheoryData<string> FieldsOfTelemetry() =>
    [
        .. from message in OtlpSchema.Messages
           where !Answers.Any(ending => message.Name.EndsWith(ending, StringComparison.Ordinal)) && !Values.Contains(message.Name)
           from field in message.Fields
           // A message inside a message is at home where its fields are, but for attributes, which are columns themselves.
           where field.Message is null || field.Message == OtlpSchema.KeyValue || field.Message == OtlpSchema.AnyValue
           select $"{message.Name}.{field.Name}",
    ];

    [Theory]
    [MemberData(nameof(FieldsOfTelemetry))]
    public void Field_of_the_protocol_has_a_column(string field)
    {
        Assert.True(Homes.TryGetValue(field, out var home), $"{field} has no home: give it a column and name it here.");
        Assert.Contains(home, Columns());
    }

    [Fact]
    public void Every_home_belongs_to_a_field_of_the_protocol()
    {
        var fields = OtlpSchema.Messages.SelectMany(message => message.Fields.Select(field => $"{message.Name}.{field.Name}")).ToHashSet(StringComparer.Ordinal);
        Assert.All(Homes.Keys, field => Assert.Contains(field, fields));
    }

    private static HashSet<string> Columns() =>
    [
        .. SpanTable.Table.ColumnNames.Select(column => $"{SpanTable.Table.Name}.{column}"),
        .. LogTable.Table.ColumnNames.Select(column => $"{LogTable.Table.Name}.{column}"),
        .. MetricSeriesTable.Table.ColumnNames.Select(column => $"{MetricSeriesTable.Table.Name}.{column}"),
        .. MetricTables.All.SelectMany(table => table.Table.ColumnNames.Select(column => $"{table.Table.Name}.{column}")),
    ];
}
