using Otelier.Signals;

namespace Otelier.Server.Ingest;

internal static partial class DrainLog
{
    [LoggerMessage(
        EventName = "drain.block_not_written", Level = LogLevel.Warning,
        Message = "The store did not take block {Token} of {Signal}; it is tried again in {Pause}. What is acknowledged stays in the log.")]
    public static partial void BlockNotWritten(this ILogger logger, Signal signal, string token, TimeSpan pause, Exception exception);

    [LoggerMessage(
        EventName = "drain.stopped", Level = LogLevel.Critical,
        Message = "The drain of {Signal} stopped; what is acknowledged stays in the log and is stored after a restart.")]
    public static partial void DrainStopped(this ILogger logger, Signal signal, Exception exception);
}
