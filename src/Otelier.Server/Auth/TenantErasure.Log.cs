using Otelier.Signals;

namespace Otelier.Server.Auth;

internal sealed partial class TenantErasure
{
    [LoggerMessage(EventName = "TenantErased", Level = LogLevel.Information, Message = "Nothing of the tenant {Tenant} is left; deleting took {Took}")]
    private partial void LogErased(TenantId tenant, TimeSpan took);

    [LoggerMessage(EventName = "TenantParkedErased", Level = LogLevel.Information, Message = "{Requests} requests of the tenant {Tenant}, which is being deleted, were taken out of blocks that had been set aside")]
    private partial void LogParkedErased(int requests, TenantId tenant);

    [LoggerMessage(EventName = "TenantNotErased", Level = LogLevel.Warning, Message = "The data of a tenant that is being deleted could not be deleted; it will be tried again")]
    private partial void LogFailed(Exception fault);
}
