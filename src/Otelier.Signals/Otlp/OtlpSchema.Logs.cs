using Kind = Otelier.Signals.Otlp.OtlpFieldKind;

namespace Otelier.Signals.Otlp;

public static partial class OtlpSchema
{
    private static OtlpMessage[] Logs =>
        [LogRecord, ScopeLogs, ResourceLogs, ExportLogsServiceRequest, ExportLogsServiceResponse, ExportLogsPartialSuccess];

    public static OtlpMessage LogRecord { get; } = new("LogRecord",
        One(1, "time_unix_nano", Kind.Fixed64),
        One(11, "observed_time_unix_nano", Kind.Fixed64),
        One(2, "severity_number", Kind.Enum),
        One(3, "severity_text", Kind.String),
        One(5, "body", () => AnyValue),
        Many(6, "attributes", () => KeyValue),
        One(7, "dropped_attributes_count", Kind.UInt32),
        One(8, "flags", Kind.Fixed32),
        One(9, "trace_id", Kind.TraceId),
        One(10, "span_id", Kind.SpanId),
        One(12, "event_name", Kind.String));

    public static OtlpMessage ScopeLogs { get; } = new("ScopeLogs",
        One(1, "scope", () => InstrumentationScope),
        Many(2, "log_records", () => LogRecord),
        One(3, "schema_url", Kind.String));

    public static OtlpMessage ResourceLogs { get; } = new("ResourceLogs",
        One(1, "resource", () => Resource),
        Many(2, "scope_logs", () => ScopeLogs),
        One(3, "schema_url", Kind.String));

    public static OtlpMessage ExportLogsServiceRequest { get; } = new("ExportLogsServiceRequest",
        Many(1, "resource_logs", () => ResourceLogs));

    public static OtlpMessage ExportLogsPartialSuccess { get; } = new("ExportLogsPartialSuccess",
        One(1, "rejected_log_records", Kind.Int64),
        One(2, "error_message", Kind.String));

    public static OtlpMessage ExportLogsServiceResponse { get; } = new("ExportLogsServiceResponse",
        One(1, "partial_success", () => ExportLogsPartialSuccess));
}
