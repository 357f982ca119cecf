namespace Otelier.Signals.Otlp;

/// <summary>The tags (field number and wire type) of the OTLP messages that are decoded by hand.</summary>
internal static class OtlpTags
{
    private const uint Varint = (uint)WireType.Varint;
    private const uint Fixed64 = (uint)WireType.Fixed64;
    private const uint Length = (uint)WireType.Length;
    private const uint Fixed32 = (uint)WireType.Fixed32;

    // ResourceSpans/Logs/Metrics and ScopeSpans/Logs/Metrics have the same three fields.
    public const uint Head = (1 << 3) | Length;
    public const uint Items = (2 << 3) | Length;
    public const uint SchemaUrl = (3 << 3) | Length;

    // Export…ServiceRequest
    public const uint ResourceItems = (1 << 3) | Length;

    public const uint ResourceAttributes = (1 << 3) | Length;
    public const uint ResourceDroppedAttributesCount = (2 << 3) | Varint;
    public const uint ResourceEntityRefs = (3 << 3) | Length;

    public const uint ScopeName = (1 << 3) | Length;
    public const uint ScopeVersion = (2 << 3) | Length;
    public const uint ScopeAttributes = (3 << 3) | Length;
    public const uint ScopeDroppedAttributesCount = (4 << 3) | Varint;

    public const uint SpanTraceId = (1 << 3) | Length;
    public const uint SpanSpanId = (2 << 3) | Length;
    public const uint SpanTraceState = (3 << 3) | Length;
    public const uint SpanParentSpanId = (4 << 3) | Length;
    public const uint SpanName = (5 << 3) | Length;
    public const uint SpanKind = (6 << 3) | Varint;
    public const uint SpanStartTime = (7 << 3) | Fixed64;
    public const uint SpanEndTime = (8 << 3) | Fixed64;
    public const uint SpanAttributes = (9 << 3) | Length;
    public const uint SpanDroppedAttributesCount = (10 << 3) | Varint;
    public const uint SpanEvents = (11 << 3) | Length;
    public const uint SpanDroppedEventsCount = (12 << 3) | Varint;
    public const uint SpanLinks = (13 << 3) | Length;
    public const uint SpanDroppedLinksCount = (14 << 3) | Varint;
    public const uint SpanStatus = (15 << 3) | Length;
    public const uint SpanFlags = (16 << 3) | Fixed32;

    public const uint EventTime = (1 << 3) | Fixed64;
    public const uint EventName = (2 << 3) | Length;
    public const uint EventAttributes = (3 << 3) | Length;
    public const uint EventDroppedAttributesCount = (4 << 3) | Varint;

    public const uint LinkTraceId = (1 << 3) | Length;
    public const uint LinkSpanId = (2 << 3) | Length;
    public const uint LinkTraceState = (3 << 3) | Length;
    public const uint LinkAttributes = (4 << 3) | Length;
    public const uint LinkDroppedAttributesCount = (5 << 3) | Varint;
    public const uint LinkFlags = (6 << 3) | Fixed32;

    public const uint StatusMessage = (2 << 3) | Length;
    public const uint StatusCode = (3 << 3) | Varint;

    public const uint LogTime = (1 << 3) | Fixed64;
    public const uint LogSeverityNumber = (2 << 3) | Varint;
    public const uint LogSeverityText = (3 << 3) | Length;
    public const uint LogBody = (5 << 3) | Length;
    public const uint LogAttributes = (6 << 3) | Length;
    public const uint LogDroppedAttributesCount = (7 << 3) | Varint;
    public const uint LogFlags = (8 << 3) | Fixed32;
    public const uint LogTraceId = (9 << 3) | Length;
    public const uint LogSpanId = (10 << 3) | Length;
    public const uint LogObservedTime = (11 << 3) | Fixed64;
    public const uint LogEventName = (12 << 3) | Length;
}
