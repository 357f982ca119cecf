using Otelier.Signals.Logs;

namespace Otelier.Signals.Otlp;

/// <summary>Turns log records back into the protobuf bytes of an ExportLogsServiceRequest (opentelemetry.proto.logs.v1).</summary>
public static class OtlpLogEncoder
{
    /// <inheritdoc cref="OtlpSpanEncoder.Write"/>
    public static void Write(IReadOnlyList<LogRecord> records, ProtoWriter output) =>
        OtlpItemWriter.WriteRequest(output, records, record => record.Resource, record => record.Scope, WriteRecord);

    private static void WriteRecord(ProtoWriter output, LogRecord record)
    {
        OtlpItemWriter.WriteFixed64(output, OtlpTags.LogTime, record.TimeUnixNano);
        OtlpItemWriter.WriteFixed64(output, OtlpTags.LogObservedTime, record.ObservedTimeUnixNano);
        OtlpItemWriter.WriteEnum(output, OtlpTags.LogSeverityNumber, record.SeverityNumber);
        OtlpItemWriter.WriteText(output, OtlpTags.LogSeverityText, record.SeverityText);
        if (record.Body is { } body)
            OtlpItemWriter.WriteValue(output, OtlpItemWriter.FieldOf(OtlpTags.LogBody), body.Value);
        OtlpItemWriter.WriteAttributes(output, OtlpTags.LogAttributes, record.Attributes);
        OtlpItemWriter.WriteCount(output, OtlpTags.LogDroppedAttributesCount, record.DroppedAttributesCount);
        OtlpItemWriter.WriteFixed32(output, OtlpTags.LogFlags, record.Flags);
        OtlpSpanEncoder.WriteId(output, OtlpTags.LogTraceId, record.TraceId);
        OtlpSpanEncoder.WriteId(output, OtlpTags.LogSpanId, record.SpanId);
        OtlpItemWriter.WriteText(output, OtlpTags.LogEventName, record.EventName);
    }
}
