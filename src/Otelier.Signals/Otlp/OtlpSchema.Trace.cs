using Kind = Otelier.Signals.Otlp.OtlpFieldKind;

namespace Otelier.Signals.Otlp;

public static partial class OtlpSchema
{
    private static OtlpMessage[] Trace =>
    [
        Span, SpanEvent, SpanLink, SpanStatus, ScopeSpans, ResourceSpans, ExportTraceServiceRequest, ExportTraceServiceResponse,
        ExportTracePartialSuccess,
    ];

    public static OtlpMessage SpanEvent { get; } = new("Span.Event",
        One(1, "time_unix_nano", Kind.Fixed64),
        One(2, "name", Kind.String),
        Many(3, "attributes", () => KeyValue),
        One(4, "dropped_attributes_count", Kind.UInt32));

    public static OtlpMessage SpanLink { get; } = new("Span.Link",
        One(1, "trace_id", Kind.TraceId),
        One(2, "span_id", Kind.SpanId),
        One(3, "trace_state", Kind.String),
        Many(4, "attributes", () => KeyValue),
        One(5, "dropped_attributes_count", Kind.UInt32),
        One(6, "flags", Kind.Fixed32));

    public static OtlpMessage SpanStatus { get; } = new("Status",
        One(2, "message", Kind.String),
        One(3, "code", Kind.Enum));

    public static OtlpMessage Span { get; } = new("Span",
        One(1, "trace_id", Kind.TraceId),
        One(2, "span_id", Kind.SpanId),
        One(3, "trace_state", Kind.String),
        One(4, "parent_span_id", Kind.SpanId),
        One(16, "flags", Kind.Fixed32),
        One(5, "name", Kind.String),
        One(6, "kind", Kind.Enum),
        One(7, "start_time_unix_nano", Kind.Fixed64),
        One(8, "end_time_unix_nano", Kind.Fixed64),
        Many(9, "attributes", () => KeyValue),
        One(10, "dropped_attributes_count", Kind.UInt32),
        Many(11, "events", () => SpanEvent),
        One(12, "dropped_events_count", Kind.UInt32),
        Many(13, "links", () => SpanLink),
        One(14, "dropped_links_count", Kind.UInt32),
        One(15, "status", () => SpanStatus));

    public static OtlpMessage ScopeSpans { get; } = new("ScopeSpans",
        One(1, "scope", () => InstrumentationScope),
        Many(2, "spans", () => Span),
        One(3, "schema_url", Kind.String));

    public static OtlpMessage ResourceSpans { get; } = new("ResourceSpans",
        One(1, "resource", () => Resource),
        Many(2, "scope_spans", () => ScopeSpans),
        One(3, "schema_url", Kind.String));

    public static OtlpMessage ExportTraceServiceRequest { get; } = new("ExportTraceServiceRequest",
        Many(1, "resource_spans", () => ResourceSpans));

    public static OtlpMessage ExportTracePartialSuccess { get; } = new("ExportTracePartialSuccess",
        One(1, "rejected_spans", Kind.Int64),
        One(2, "error_message", Kind.String));

    public static OtlpMessage ExportTraceServiceResponse { get; } = new("ExportTraceServiceResponse",
        One(1, "partial_success", () => ExportTracePartialSuccess));
}
