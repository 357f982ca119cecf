using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using KestrelListenOptions = Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions;

namespace Otelier.Server.Http;

/// <summary>Ends TLS on a listener.</summary>
internal static class TlsSetup
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Certificates that are read where there is a listener with TLS, and looked after.</summary>
    public static void AddCertificates(this IServiceCollection services, OtelierOptions options)
    {
        if (!options.Listen.All.Any(listener => listener.Address.IsTls))
            return;
        services.AddSingleton(_ => ServerCertificates.Open(options.Tls));
        services.AddHostedService<CertificateReload>();
    }

    /// <param name="listen">The listener.</param>
    /// <param name="certificates">What each connection takes as it is then.</param>
    /// <param name="withClientCertificate">Whether clients must show a certificate of <see cref="TlsOptions.ClientCa"/>.</param>
    public static void UseTls(this KestrelListenOptions listen, ServerCertificates certificates, bool withClientCertificate)
    {
        var protocol = listen.Protocols == HttpProtocols.Http2 ? SslApplicationProtocol.Http2 : SslApplicationProtocol.Http11;
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = HandshakeTimeout,
            OnConnection = _ => ValueTask.FromResult(OptionsOf(certificates.Current, protocol, withClientCertificate)),
        });
    }

    private static SslServerAuthenticationOptions OptionsOf(CertificateSet certificates, SslApplicationProtocol protocol, bool withClientCertificate)
    {
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = certificates.Server,
            ApplicationProtocols = [protocol],
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        if (withClientCertificate)
        {
            options.ClientCertificateRequired = true;
            options.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                certificate is X509Certificate2 shown && IsIssuedBy(shown, certificates.ClientAuthorities!);
        }

        return options;
    }

    /// <summary>The machine's own authorities do not count, or any certificate of the web would open the door.</summary>
    private static bool IsIssuedBy(X509Certificate2 certificate, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        return chain.Build(certificate);
    }
}
