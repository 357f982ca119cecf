using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using KestrelListenOptions = Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions;

namespace Otelier.Server.Http;

/// <summary>Ends TLS on a listener.</summary>
internal static class TlsSetup
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(10);

    /// <param name="listen">The listener.</param>
    /// <param name="tls">The certificates.</param>
    /// <param name="withClientCertificate">Whether clients must show a certificate of <see cref="TlsOptions.ClientCa"/>.</param>
    public static void UseTls(this KestrelListenOptions listen, TlsOptions tls, bool withClientCertificate)
    {
        var options = new HttpsConnectionAdapterOptions
        {
            ServerCertificate = tls.LoadCertificate(),
            ServerCertificateChain = tls.LoadChain(),
            HandshakeTimeout = HandshakeTimeout,
        };
        if (withClientCertificate)
        {
            var authorities = tls.LoadClientCa();
            options.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            options.ClientCertificateValidation = (certificate, _, _) => IsIssuedBy(certificate, authorities);
        }

        listen.UseHttps(options);
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
