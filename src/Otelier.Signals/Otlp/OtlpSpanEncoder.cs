using System.Buffers;
using Otelier.Signals.Ids;
using Otelier.Signals.Traces;

namespace Otelier.Signals.Otlp;

/// <summary>Turns spans back into the protobuf bytes of an ExportTraceServiceRequest (opentelemetry.proto.trace.v1).</summary>
public static class OtlpSpanEncoder
{
    /// <summary>
    /// Appends the request. Requests written one after the other are one request, as protobuf has it, so that a long answer can be
    /// written in pieces.
    /// </summary>
    public static void Write(IReadOnlyList<Span> spans, ProtoWriter output) =>
        OtlpItemWriter.WriteRequest(output, spans, span => span.Resource, span => span.Scope, WriteSpan);

    private static void WriteSpan(ProtoWriter output, Span span)
    {
        WriteId(output, OtlpTags.SpanTraceId, span.TraceId);
        WriteId(output, OtlpTags.SpanSpanId, span.SpanId);
        OtlpItemWriter.WriteText(output, OtlpTags.SpanTraceState, span.TraceState);
        WriteId(output, OtlpTags.SpanParentSpanId, span.ParentSpanId);
        OtlpItemWriter.WriteText(output, OtlpTags.SpanName, span.Name);
        OtlpItemWriter.WriteEnum(output, OtlpTags.SpanKind, span.Kind);
        OtlpItemWriter.WriteFixed64(output, OtlpTags.SpanStartTime, span.StartTimeUnixNano);
        OtlpItemWriter.WriteFixed64(output, OtlpTags.SpanEndTime, span.EndTimeUnixNano);
        OtlpItemWriter.WriteAttributes(output, OtlpTags.SpanAttributes, span.Attributes);
        OtlpItemWriter.WriteCount(output, OtlpTags.SpanDroppedAttributesCount, span.DroppedAttributesCount);
        foreach (var e in span.Events)
            WriteEvent(output, e);
        OtlpItemWriter.WriteCount(output, OtlpTags.SpanDroppedEventsCount, span.DroppedEventsCount);
        foreach (var link in span.Links)
            WriteLink(output, link);
        OtlpItemWriter.WriteCount(output, OtlpTags.SpanDroppedLinksCount, span.DroppedLinksCount);
        if (span.StatusCode != 0 || span.StatusMessage.Length > 0)
        {
            var status = output.BeginMessage(OtlpItemWriter.FieldOf(OtlpTags.SpanStatus));
            OtlpItemWriter.WriteText(output, OtlpTags.StatusMessage, span.StatusMessage);
            OtlpItemWriter.WriteEnum(output, OtlpTags.StatusCode, span.StatusCode);
            output.EndMessage(status);
        }

        OtlpItemWriter.WriteFixed32(output, OtlpTags.SpanFlags, span.Flags);
    }

    private static void WriteEvent(ProtoWriter output, SpanEvent e)
    {
        var start = output.BeginMessage(OtlpItemWriter.FieldOf(OtlpTags.SpanEvents));
        OtlpItemWriter.WriteFixed64(output, OtlpTags.EventTime, e.TimeUnixNano);
        OtlpItemWriter.WriteText(output, OtlpTags.EventName, e.Name);
        OtlpItemWriter.WriteAttributes(output, OtlpTags.EventAttributes, e.Attributes);
        OtlpItemWriter.WriteCount(output, OtlpTags.EventDroppedAttributesCount, e.DroppedAttributesCount);
        output.EndMessage(start);
    }

    private static void WriteLink(ProtoWriter output, SpanLink link)
    {
        var start = output.BeginMessage(OtlpItemWriter.FieldOf(OtlpTags.SpanLinks));
        WriteHex(output, OtlpTags.LinkTraceId, link.TraceId);
        WriteHex(output, OtlpTags.LinkSpanId, link.SpanId);
        OtlpItemWriter.WriteText(output, OtlpTags.LinkTraceState, link.TraceState);
        OtlpItemWriter.WriteAttributes(output, OtlpTags.LinkAttributes, link.Attributes);
        OtlpItemWriter.WriteCount(output, OtlpTags.LinkDroppedAttributesCount, link.DroppedAttributesCount);
        OtlpItemWriter.WriteFixed32(output, OtlpTags.LinkFlags, link.Flags);
        output.EndMessage(start);
    }

    internal static void WriteId(ProtoWriter output, uint tag, TraceId id)
    {
        if (id.IsZero)
            return;
        Span<byte> bytes = stackalloc byte[TraceId.Size];
        id.CopyTo(bytes);
        output.WriteBytes(OtlpItemWriter.FieldOf(tag), bytes);
    }

    internal static void WriteId(ProtoWriter output, uint tag, SpanId id)
    {
        if (id.IsZero)
            return;
        Span<byte> bytes = stackalloc byte[SpanId.Size];
        id.CopyTo(bytes);
        output.WriteBytes(OtlpItemWriter.FieldOf(tag), bytes);
    }

    private static void WriteHex(ProtoWriter output, uint tag, string hex)
    {
        // Rows that something else than Otelier wrote may hold what is no id.
        Span<byte> bytes = stackalloc byte[TraceId.Size];
        if (Convert.FromHexString(hex, bytes, out _, out var length) == OperationStatus.Done && length > 0)
            output.WriteBytes(OtlpItemWriter.FieldOf(tag), bytes[..length]);
    }
}
