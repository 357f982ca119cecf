namespace Otelier.Server.Auth;

internal sealed partial class AuthUpkeep
{
    [LoggerMessage(EventName = "AuthUpkeepFailed", Level = LogLevel.Warning, Message = "Uses of keys could not be written or the catalog not be read; tried again soon")]
    private partial void LogFailed(Exception exception);
}
