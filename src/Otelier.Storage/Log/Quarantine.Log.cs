using Microsoft.Extensions.Logging;

namespace Otelier.Storage.Log;

internal sealed partial class Quarantine
{
    [LoggerMessage(EventName = "LogDamaged", Level = LogLevel.Error,
        Message = "The log cannot be read in {Segment} from byte {Offset} on for {Bytes} bytes; records in there are lost to the store")]
    private partial void LogDamaged(string segment, long offset, long bytes);

    [LoggerMessage(EventName = "LogQuarantineFull", Level = LogLevel.Error,
        Message = "The damaged range of {Segment} at byte {Offset} ({Bytes} bytes) is not copied: the quarantine may hold {BytesMax} bytes")]
    private partial void LogNoRoom(string segment, long offset, long bytes, long bytesMax);

    [LoggerMessage(EventName = "LogQuarantineFailed", Level = LogLevel.Error,
        Message = "The damaged range of {Segment} at byte {Offset} ({Bytes} bytes) could not be copied")]
    private partial void LogNotCopied(Exception failure, string segment, long offset, long bytes);
}
