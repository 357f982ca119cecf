using Otelier.Signals.Attributes;
using Otelier.Signals.Ids;
using Otelier.Signals.Resources;

namespace Otelier.Signals.Traces;

/// <summary>A span as it was sent (opentelemetry.proto.trace.v1.Span), with its resource and scope.</summary>
public sealed record Span
{
    public required TraceId TraceId { get; init; }

    public required SpanId SpanId { get; init; }

    /// <summary>Zero for a root.</summary>
    public SpanId ParentSpanId { get; init; }

    public string TraceState { get; init; } = "";

    public uint Flags { get; init; }

    public string Name { get; init; } = "";

    /// <summary>The protocol's number; numbers it does not know survive.</summary>
    public int Kind { get; init; }

    public ulong StartTimeUnixNano { get; init; }

    /// <summary>As sent: it may lie before the start.</summary>
    public ulong EndTimeUnixNano { get; init; }

    /// <summary>In nanoseconds; 0 where the end lies before the start.</summary>
    public ulong DurationNanos => EndTimeUnixNano >= StartTimeUnixNano ? EndTimeUnixNano - StartTimeUnixNano : 0;

    public AttributeMap Attributes { get; init; } = AttributeMap.Empty;

    public uint DroppedAttributesCount { get; init; }

    /// <summary>In the order they were sent.</summary>
    public IReadOnlyList<SpanEvent> Events { get; init; } = [];

    public uint DroppedEventsCount { get; init; }

    /// <summary>In the order they were sent.</summary>
    public IReadOnlyList<SpanLink> Links { get; init; } = [];

    public uint DroppedLinksCount { get; init; }

    /// <summary>0 unset, 1 ok, 2 error; other numbers survive.</summary>
    public int StatusCode { get; init; }

    public string StatusMessage { get; init; } = "";

    public Resource Resource { get; init; } = Resource.Empty;

    public Scope Scope { get; init; } = Scope.Empty;
}
