namespace Otelier.Signals.Filters;

/// <summary>What is looked at.</summary>
public abstract record FilterField
{
    private protected FilterField()
    {
    }

    /// <summary>A field of the protocol's own.</summary>
    public sealed record Intrinsic(IntrinsicField Name) : FilterField;

    /// <summary>An attribute by its key.</summary>
    public sealed record Attribute(AttributeScope Scope, string Key) : FilterField;
}

/// <summary>Where an attribute is looked for.</summary>
public enum AttributeScope
{
    /// <summary>On the item, and where it has none of that key, on the resource.</summary>
    Any,

    /// <summary>On the span or log record.</summary>
    Item,

    Resource,
    Scope,

    /// <summary>On the span's events, of which one suffices.</summary>
    Event,

    /// <summary>On the span's links, of which one suffices.</summary>
    Link,
}

/// <summary>The protocol's own fields. Not every signal has every one; a row without the field does not satisfy a comparison.</summary>
public enum IntrinsicField
{
    /// <summary>The resource's <c>service.name</c>; a text.</summary>
    ServiceName,

    /// <summary>The span's name; a text.</summary>
    Name,

    /// <summary>The span's kind, a text in any case: <c>server</c>.</summary>
    Kind,

    /// <summary>The span's status, a text in any case: <c>unset</c>, <c>ok</c>, <c>error</c>.</summary>
    Status,

    StatusMessage,

    /// <summary>The span's duration in nanoseconds; a number.</summary>
    DurationNanos,

    /// <summary>32 lower-case hexadecimal digits; a text, empty for none.</summary>
    TraceId,

    /// <summary>16 lower-case hexadecimal digits; a text, empty for none.</summary>
    SpanId,

    /// <summary>16 lower-case hexadecimal digits; a text, empty for a root.</summary>
    ParentSpanId,

    /// <summary>The log record's severity, 1 to 24, or 0; a number.</summary>
    SeverityNumber,

    /// <summary>The log record's severity as its source spelled it; a text.</summary>
    SeverityText,

    /// <summary>The log record's body.</summary>
    Body,

    /// <summary>The log record's event name; of a span the names of its events, of which one suffices.</summary>
    EventName,

    ScopeName,
    ScopeVersion,

    /// <summary>Whether the span has no parent; a boolean.</summary>
    IsRoot,

    /// <summary>The trace ids of the span's links, of which one suffices; texts.</summary>
    LinkTraceId,

    /// <summary>The time by which rows are found, in nanoseconds since 1970; a number.</summary>
    Time,
}
