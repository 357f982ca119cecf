using Otelier.Signals.Attributes;

namespace Otelier.Signals.Traces;

/// <summary>A pointer from a span to another (opentelemetry.proto.trace.v1.Span.Link).</summary>
/// <param name="TraceId">Lower-case hexadecimal, whatever its length: a link's ids are kept as sent.</param>
/// <param name="SpanId">Lower-case hexadecimal, whatever its length.</param>
/// <param name="TraceState">W3C tracestate of the other span.</param>
/// <param name="Attributes">As sent.</param>
/// <param name="DroppedAttributesCount">How many attributes the sender left out.</param>
/// <param name="Flags">W3C trace flags and whether the context is remote.</param>
public sealed record SpanLink(string TraceId, string SpanId, string TraceState, AttributeMap Attributes, uint DroppedAttributesCount, uint Flags);
