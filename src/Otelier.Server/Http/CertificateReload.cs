using System.Security.Cryptography;

namespace Otelier.Server.Http;

/// <summary>Looks after the certificates' files, so that a renewed certificate needs no restart.</summary>
internal sealed partial class CertificateReload(ServerCertificates certificates, TimeProvider time, ILogger<CertificateReload> logger) : BackgroundService
{
    /// <summary>How often the files are looked at: events of the file system do not cross every mount.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private string? _fault;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                Look();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server ends.
        }
    }

    private void Look()
    {
        try
        {
            if (certificates.ReloadIfChanged())
            {
                var shown = certificates.Current.Server.TargetCertificate;
                var (subject, until) = (shown.Subject, shown.NotAfter);
                LogReloaded(subject, until);
            }

            _fault = null;
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            // A file that stays away is told of once, not every minute.
            if (_fault != fault.Message)
                LogNotReloaded(fault);
            _fault = fault.Message;
        }
    }
}
