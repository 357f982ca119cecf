namespace Otelier.Signals.Traces;

/// <summary>What lines of the RED rollups have in common: whose they are, of which minute, how many spans, how long they took.</summary>
public abstract class RedLine
{
    private protected RedLine(string tenant, uint minuteUnixSeconds, string serviceName)
    {
        Tenant = tenant;
        MinuteUnixSeconds = minuteUnixSeconds;
        ServiceName = serviceName;
    }

    public string Tenant { get; }

    /// <summary>Start of the minute, in seconds since 1970.</summary>
    public uint MinuteUnixSeconds { get; }

    public string ServiceName { get; }

    public ulong Count { get; private set; }

    /// <summary>How many of the spans have the status error.</summary>
    public ulong Errors { get; private set; }

    public DurationSums Durations { get; } = new();

    private protected void CountSpan(bool isError)
    {
        Count++;
        if (isError)
            Errors++;
    }
}
