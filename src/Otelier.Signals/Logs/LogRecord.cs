using Otelier.Signals.Attributes;
using Otelier.Signals.Ids;
using Otelier.Signals.Resources;

namespace Otelier.Signals.Logs;

/// <summary>A log record as it was sent (opentelemetry.proto.logs.v1.LogRecord), with its resource and scope.</summary>
public sealed record LogRecord
{
    /// <summary>The time by which records are found: the record's own, or when it was observed, or when it was received.</summary>
    public required ulong TimestampUnixNano { get; init; }

    /// <summary>By which the store finds the record again; <see langword="null"/> for a record that comes from no store.</summary>
    public LogId? Id { get; init; }

    /// <summary>As sent; zero where the sender did not know.</summary>
    public ulong TimeUnixNano { get; init; }

    /// <summary>As sent.</summary>
    public ulong ObservedTimeUnixNano { get; init; }

    /// <summary>1 to 24, or 0 for unspecified; other numbers survive.</summary>
    public int SeverityNumber { get; init; }

    public string SeverityText { get; init; } = "";

    /// <summary><see langword="null"/> where the record has none.</summary>
    public LogBody? Body { get; init; }

    public AttributeMap Attributes { get; init; } = AttributeMap.Empty;

    public uint DroppedAttributesCount { get; init; }

    public uint Flags { get; init; }

    /// <summary>Zero where the record belongs to no trace.</summary>
    public TraceId TraceId { get; init; }

    public SpanId SpanId { get; init; }

    public string EventName { get; init; } = "";

    public Resource Resource { get; init; } = Resource.Empty;

    public Scope Scope { get; init; } = Scope.Empty;
}
