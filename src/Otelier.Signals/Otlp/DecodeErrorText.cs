namespace Otelier.Signals.Otlp;

/// <summary>What a <see cref="DecodeError"/> says to a person, and its name as a metric label.</summary>
public static class DecodeErrorText
{
    /// <summary>What was wrong and what is allowed.</summary>
    public static string Explain(this DecodeError error) => error switch
    {
        DecodeError.None => "no error",
        DecodeError.Truncated => "the message ends in the middle of a field",
        DecodeError.MalformedVarint => "a variable-length number takes more than 10 bytes",
        DecodeError.MalformedTag => "a field has a tag that Protocol Buffers does not allow",
        DecodeError.WrongWireType => "a field of the OTLP protocol came with another wire type than the protocol gives it",
        DecodeError.NestingTooDeep => $"values are nested deeper than {DecodeLimits.AnyValueDepthMax} levels",
        DecodeError.InvalidUtf8 => "a text is not valid UTF-8",
        DecodeError.MalformedJson => "the JSON text is not an OTLP message",
        DecodeError.WrongJsonValue => "a JSON value has another type than the OTLP protocol gives its field",
        DecodeError.InvalidTraceId => "trace_id must be 16 bytes, not all zero",
        DecodeError.InvalidSpanId => "span_id must be 8 bytes, not all zero",
        DecodeError.InvalidParentSpanId => "parent_span_id must be empty or 8 bytes",
        DecodeError.MissingMetricName => "a metric must have a name",
        DecodeError.MissingMetricData => "a metric must have gauge, sum, histogram, exponential_histogram or summary",
        DecodeError.MissingTime => "a data point must have time_unix_nano",
        DecodeError.MissingValue => "a number data point without the NO_RECORDED_VALUE flag must have a value",
        DecodeError.MismatchedBuckets => "a histogram must have one bucket count more than bounds, or none of both",
        DecodeError.UnorderedBounds => "explicit_bounds must increase strictly",
        DecodeError.UnspecifiedTemporality => "aggregation_temporality must be DELTA or CUMULATIVE",
        DecodeError.TooManyAttributes => $"at most {DecodeLimits.AttributesPerItemMax} attributes are allowed on one item",
        DecodeError.KeyTooLong => $"an attribute key may have at most {DecodeLimits.AttributeKeyBytesMax} bytes",
        DecodeError.ItemTooLarge => "one item is larger than allowed",
        _ => throw new ArgumentOutOfRangeException(nameof(error), error, null),
    };

    /// <summary>The name in snake case, the value of the metric label <c>reason</c>.</summary>
    public static string Label(this DecodeError error) =>
        string.Concat(error.ToString().Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "_") + char.ToLowerInvariant(c) : c.ToString()));
}
