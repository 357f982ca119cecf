using Otelier.Signals;

namespace Otelier.Server.Ingest;

internal static partial class DrainLog
{
    [LoggerMessage(
        EventName = "drain.block_not_written", Level = LogLevel.Warning,
        Message = "The store did not take block {Token} of {Signal}; it is tried again in {Pause}. What is acknowledged stays in the log.")]
    public static partial void BlockNotWritten(this ILogger logger, Signal signal, string token, TimeSpan pause, Exception exception);

    [LoggerMessage(
        EventName = "drain.block_parked", Level = LogLevel.Error,
        Message = "Block {Token} of {Signal} with {Items} items was set aside in the log's folder 'parked', so that what follows it gets through: {Refusal}")]
    public static partial void BlockParked(this ILogger logger, Signal signal, string token, int items, string refusal);

    [LoggerMessage(
        EventName = "drain.no_room_to_park", Level = LogLevel.Error,
        Message = "Block {Token} of {Signal} cannot be stored, and there is no room to set it aside; it is tried again: {Refusal}")]
    public static partial void NoRoomToPark(this ILogger logger, Signal signal, string token, string refusal);

    [LoggerMessage(
        EventName = "drain.block_not_parked", Level = LogLevel.Error,
        Message = "Block {Token} of {Signal} cannot be stored, and the disk did not let it be set aside; it is tried again.")]
    public static partial void BlockNotParked(this ILogger logger, Signal signal, string token, Exception exception);

    [LoggerMessage(
        EventName = "drain.parked_stored", Level = LogLevel.Information,
        Message = "Block {Token} of {Signal}, which had been set aside, is stored now: {Items} items.")]
    public static partial void ParkedStored(this ILogger logger, Signal signal, string token, int items);

    [LoggerMessage(
        EventName = "drain.parked_refused", Level = LogLevel.Error,
        Message = "Block {Token} of {Signal}, which had been set aside, is refused as before and stays: {Refusal}")]
    public static partial void ParkedRefused(this ILogger logger, Signal signal, string token, string refusal);

    [LoggerMessage(
        EventName = "drain.parked_not_readable", Level = LogLevel.Error,
        Message = "Block {Token} of {Signal}, which had been set aside, is damaged; its file is left alone.")]
    public static partial void ParkedNotReadable(this ILogger logger, Signal signal, string token);

    [LoggerMessage(
        EventName = "drain.stopped", Level = LogLevel.Critical,
        Message = "The drain of {Signal} stopped; what is acknowledged stays in the log and is stored after a restart.")]
    public static partial void DrainStopped(this ILogger logger, Signal signal, Exception exception);
}
