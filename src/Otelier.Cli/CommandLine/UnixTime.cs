namespace Otelier.Cli.CommandLine;

/// <summary>Times as OTLP has them.</summary>
internal static class UnixTime
{
    private const ulong NanosPerTick = 100;

    public static ulong UnixNanos(this TimeProvider time) => time.GetUtcNow().ToUnixNanos();

    public static ulong ToUnixNanos(this DateTimeOffset time) => (ulong)(time - DateTimeOffset.UnixEpoch).Ticks * NanosPerTick;

    public static ulong ToNanos(this TimeSpan span) => (ulong)span.Ticks * NanosPerTick;
}
