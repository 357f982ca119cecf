namespace Otelier.Signals.Traces;

/// <summary>One operation in one minute; its durations are those of all its spans.</summary>
/// <param name="service">The line of the same service and minute.</param>
/// <param name="spanName">The operation.</param>
/// <param name="kind">The protocol's number of the span kind.</param>
public sealed class RedOperationLine(RedServiceLine service, string spanName, int kind)
    : RedLine(service.Tenant, service.MinuteUnixSeconds, service.ServiceName)
{
    public string SpanName => spanName;

    public int Kind => kind;

    /// <summary>Counts a span here and in its service's line.</summary>
    internal void Add(ulong durationNanos, bool isError, bool isRequest)
    {
        var bucket = DurationBucket.Of(durationNanos);
        CountSpan(isError);
        Durations.Add(durationNanos, bucket);
        service.Add(durationNanos, bucket, isError, isRequest);
    }
}
