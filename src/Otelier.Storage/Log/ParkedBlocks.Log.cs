using Microsoft.Extensions.Logging;

namespace Otelier.Storage.Log;

public sealed partial class ParkedBlocks
{
    [LoggerMessage(EventName = "LogParkedUnknown", Level = LogLevel.Error,
        Message = "{Path} is no block that was set aside, or its beginning is damaged; it is left alone")]
    private partial void LogNotABlock(string path);
}
