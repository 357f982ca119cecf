using Microsoft.Extensions.Logging;

namespace Otelier.Storage.Log;

public sealed partial class WriteAheadLog
{
    [LoggerMessage(EventName = "LogOpened", Level = LogLevel.Information,
        Message = "The write-ahead log is open with {Records} records; the next is number {NextSequence}")]
    private partial void LogOpened(long records, long nextSequence);

    [LoggerMessage(EventName = "LogRecovered", Level = LogLevel.Warning,
        Message = "The write-ahead log is open with {Records} records; the next is number {NextSequence}. {TornTailBytes} bytes of an "
            + "interrupted append were cut off, {DamageCount} ranges were damaged, checkpoints lost: {CheckpointLost}")]
    private partial void LogRecovered(long records, long nextSequence, long tornTailBytes, int damageCount, bool checkpointLost);
}
