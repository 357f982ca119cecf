using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Otelier.Server.Http;

/// <summary>The certificates of listeners whose address begins with <c>https://</c>.</summary>
internal sealed record TlsOptions
{
    /// <summary>The server's certificate with what leads to its root: a PEM file, or PKCS #12 (<c>.pfx</c>, <c>.p12</c>).</summary>
    public string Certificate { get; set; } = "";

    /// <summary>The PEM file of its private key; empty where it is in <see cref="Certificate"/>.</summary>
    public string Key { get; set; } = "";

    /// <summary>What the private key or the PKCS #12 file is encrypted with; empty where it is not.</summary>
    public string Password { get; set; } = "";

    /// <summary>A PEM file of the authorities whose certificates senders of OTLP must show; empty where they need none.</summary>
    public string ClientCa { get; set; } = "";

    public IEnumerable<Setting> Settings() =>
    [
        Setting.Text("Tls:Certificate", "Server certificate for https:// addresses: a PEM or PKCS #12 (.pfx) file.", Certificate, value => Certificate = value),
        Setting.Text("Tls:Key", "PEM file of the certificate's private key; empty where the certificate's file has it.", Key, value => Key = value),
        Setting.Text("Tls:Password", "What the private key is encrypted with.", "", value => Password = value),
        Setting.Text("Tls:ClientCa", "PEM file of the authorities whose certificates OTLP senders must show.", ClientCa, value => ClientCa = value),
    ];

    public IEnumerable<string> Validate(ListenOptions listen)
    {
        if (Certificate.Length == 0)
        {
            foreach (var (key, address) in listen.All.Where(listener => listener.Address.IsTls))
                yield return $"{key}: '{address}' needs a certificate: set Tls:Certificate (OTELIER_TLS__CERTIFICATE).";
        }
        else if (Fault("Tls:Certificate", () => LoadCertificate().Dispose()) is { } problem)
        {
            yield return problem;
        }

        if (ClientCa.Length == 0)
            yield break;
        if (Fault("Tls:ClientCa", () => LoadClientCa()) is { } fault)
        {
            yield return fault;
            yield break;
        }

        foreach (var (key, address) in listen.All.Where(listener => listener.Key != ListenOptions.ApiKey && !listener.Address.IsTls))
            yield return $"{key}: '{address}' is not https://, so Tls:ClientCa could not be asked for there.";
    }

    /// <exception cref="CryptographicException">The files are no certificate with its key.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public X509Certificate2 LoadCertificate()
    {
        if (Path.GetExtension(Certificate) is ".pfx" or ".p12")
            return X509CertificateLoader.LoadPkcs12FromFile(Certificate, Password);
        var key = Key.Length == 0 ? Certificate : Key;
        return Password.Length == 0
            ? X509Certificate2.CreateFromPemFile(Certificate, key)
            : X509Certificate2.CreateFromEncryptedPemFile(Certificate, Password, key);
    }

    /// <summary>The certificates beside the server's own in its file, which clients need on the way to the root.</summary>
    public X509Certificate2Collection LoadChain()
    {
        var chain = new X509Certificate2Collection();
        if (Path.GetExtension(Certificate) is ".pfx" or ".p12")
            chain = X509CertificateLoader.LoadPkcs12CollectionFromFile(Certificate, Password);
        else
            chain.ImportFromPemFile(Certificate);
        return chain;
    }

    /// <exception cref="CryptographicException">The file has no certificate.</exception>
    public X509Certificate2Collection LoadClientCa()
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(ClientCa);
        return authorities.Count > 0 ? authorities : throw new CryptographicException("The file has no certificate.");
    }

    private static string? Fault(string key, Action load)
    {
        try
        {
            load();
            return null;
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return $"{key} cannot be used: {fault.Message}";
        }
    }
}
