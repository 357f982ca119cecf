namespace Otelier.Signals.Traces;

/// <summary>
/// One service in one minute. <see cref="RedLine.Count"/> and <see cref="RedLine.Errors"/> are of all its spans. Its requests
/// are the spans by which work enters it: of kind SERVER or CONSUMER, without a parent, or with a parent that the sender says
/// is in another process. <see cref="RedLine.Durations"/> are those of its requests: how long a service takes is how long
/// it keeps its callers waiting, which its own steps and its waiting for others would blur.
/// </summary>
public sealed class RedServiceLine(string tenant, uint minuteUnixSeconds, string serviceName) : RedLine(tenant, minuteUnixSeconds, serviceName)
{
    public ulong Requests { get; private set; }

    /// <summary>How many of the requests have the status error.</summary>
    public ulong RequestErrors { get; private set; }

    internal void Add(ulong durationNanos, ushort bucket, bool isError, bool isRequest)
    {
        CountSpan(isError);
        if (!isRequest)
            return;
        Requests++;
        if (isError)
            RequestErrors++;
        Durations.Add(durationNanos, bucket);
    }
}
