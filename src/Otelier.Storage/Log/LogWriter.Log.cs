using Microsoft.Extensions.Logging;

namespace Otelier.Storage.Log;

internal sealed partial class LogWriter
{
    [LoggerMessage(EventName = "LogFailed", Level = LogLevel.Critical,
        Message = "The write-ahead log failed and takes nothing more until the process is restarted")]
    private partial void LogFailed(Exception failure);

    [LoggerMessage(EventName = "LogNotCutBack", Level = LogLevel.Error,
        Message = "What was being written when the log failed could not be cut off; requests answered as failed may be stored after a restart")]
    private partial void LogNotCutBack(Exception failure);

    [LoggerMessage(EventName = "LogReadOnly", Level = LogLevel.Error,
        Message = "The disk is nearly full: less than {FreeBytesMin} bytes are free, so nothing is accepted until there are more")]
    private partial void LogReadOnly(long freeBytesMin);

    [LoggerMessage(EventName = "LogWritableAgain", Level = LogLevel.Information,
        Message = "There is space on the disk again ({FreeBytes} bytes); data is accepted")]
    private partial void LogWritableAgain(long freeBytes);
}
