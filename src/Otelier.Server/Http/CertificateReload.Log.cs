namespace Otelier.Server.Http;

internal sealed partial class CertificateReload
{
    [LoggerMessage(EventName = "CertificatesReloaded", Level = LogLevel.Information, Message = "The certificates' files have changed and are in use: {Subject}, until {NotAfter:O}")]
    private partial void LogReloaded(string subject, DateTime notAfter);

    [LoggerMessage(EventName = "CertificatesNotReloaded", Level = LogLevel.Error, Message = "The certificates' files have changed and cannot be used; those read before stay in use")]
    private partial void LogNotReloaded(Exception fault);
}
