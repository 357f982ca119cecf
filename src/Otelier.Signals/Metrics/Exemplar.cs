using Otelier.Signals.Attributes;

namespace Otelier.Signals.Metrics;

/// <summary>A measurement that went into a point, with the trace in which it was made.</summary>
/// <param name="TimeUnixNano">When it was made.</param>
/// <param name="Value">What was measured.</param>
/// <param name="TraceId">Lower-case hexadecimal of any length, empty where there is none.</param>
/// <param name="SpanId">Lower-case hexadecimal of any length, empty where there is none.</param>
/// <param name="FilteredAttributes">The attributes of the measurement that are not the series'.</param>
public sealed record Exemplar(ulong TimeUnixNano, MetricNumber Value, string TraceId, string SpanId, AttributeMap FilteredAttributes);
