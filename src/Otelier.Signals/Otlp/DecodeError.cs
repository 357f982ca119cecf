namespace Otelier.Signals.Otlp;

/// <summary>
/// Why bytes were refused. A malformed input is a value, never an exception. On the level of a request it is answered
/// with 400 / INVALID_ARGUMENT; on the level of one item it is a counted rejection and the name (in snake case) is the
/// <c>reason</c> label of <c>otelier_ingest_rejected_items_total</c>.
/// </summary>
public enum DecodeError : byte
{
    None = 0,

    // The bytes themselves.
    Truncated,
    MalformedVarint,
    MalformedTag,
    WrongWireType,
    NestingTooDeep,
    InvalidUtf8,
    MalformedJson,
    WrongJsonValue,

    // What they say.
    InvalidTraceId,
    InvalidSpanId,
    InvalidParentSpanId,
    MissingMetricName,
    MissingMetricData,
    MissingTime,
    MissingValue,
    MismatchedBuckets,
    UnorderedBounds,
    UnspecifiedTemporality,
    TooManyAttributes,
    KeyTooLong,
    ItemTooLarge,
}
