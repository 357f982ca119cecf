namespace Otelier.Signals.Traces;

/// <summary>One line of the RED rollup: one operation in one minute.</summary>
public sealed class RedLine(string tenant, uint minuteUnixSeconds, string serviceName, string spanName, int kind)
{
    public string Tenant => tenant;

    /// <summary>Start of the minute, in seconds since 1970.</summary>
    public uint MinuteUnixSeconds => minuteUnixSeconds;

    public string ServiceName => serviceName;

    public string SpanName => spanName;

    /// <summary>The protocol's number of the span kind.</summary>
    public int Kind => kind;

    public ulong Count { get; private set; }

    public ulong Errors { get; private set; }

    public ulong DurationNanosSum { get; private set; }

    public ulong DurationNanosMax { get; private set; }

    internal void Add(ulong durationNanos, bool isError)
    {
        Count++;
        if (isError)
            Errors++;
        DurationNanosSum += durationNanos;
        DurationNanosMax = Math.Max(DurationNanosMax, durationNanos);
    }
}
