using Otelier.Signals.Attributes;

namespace Otelier.Signals.Traces;

/// <summary>Something that happened during a span (opentelemetry.proto.trace.v1.Span.Event).</summary>
public sealed record SpanEvent(ulong TimeUnixNano, string Name, AttributeMap Attributes, uint DroppedAttributesCount);
