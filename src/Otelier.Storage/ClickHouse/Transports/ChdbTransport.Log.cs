using Microsoft.Extensions.Logging;

namespace Otelier.Storage.ClickHouse.Transports;

internal sealed partial class ChdbTransport
{
    [LoggerMessage(
        EventName = "DeduplicationTokensForgotten",
        Level = LogLevel.Warning,
        Message = "{Count} insert tokens in {Folder} had no rows in the table and were forgotten, so that their blocks can be inserted again")]
    private static partial void LogTokensForgotten(ILogger logger, int count, string folder);
}
