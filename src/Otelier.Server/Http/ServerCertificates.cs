using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Otelier.Server.Http;

/// <summary>
/// What the listeners show and whom they believe, read from files, and again when those have changed. Connections that are open keep
/// what they began with. Thread-safe.
/// </summary>
internal sealed class ServerCertificates
{
    private readonly TlsOptions _options;
    private volatile CertificateSet _current;
    private byte[] _seen;

    private ServerCertificates(TlsOptions options, CertificateSet current, byte[] seen) => (_options, _current, _seen) = (options, current, seen);

    /// <summary>What a connection that begins now is to use.</summary>
    public CertificateSet Current => _current;

    /// <exception cref="CryptographicException">The files are not what they are to be.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ServerCertificates Open(TlsOptions options)
    {
        // The digest first: what changes meanwhile is then read once more, never missed.
        var seen = DigestOf(options);
        return new ServerCertificates(options, Load(options), seen);
    }

    /// <summary>
    /// Reads the files again where they are not as they were; says whether they were read. By their contents: times and links are set in
    /// too many ways by those who renew certificates. Called by one at a time.
    /// </summary>
    /// <exception cref="CryptographicException">They do not fit together; what was read before stays, and they are tried again when they change.</exception>
    /// <exception cref="IOException">A file cannot be read; what was read before stays.</exception>
    /// <exception cref="UnauthorizedAccessException">As with <see cref="IOException"/>.</exception>
    public bool ReloadIfChanged()
    {
        var digest = DigestOf(_options);
        if (digest.AsSpan().SequenceEqual(_seen))
            return false;
        _seen = digest;
        // What was in use is not disposed of: handshakes may be under way with it.
        _current = Load(_options);
        return true;
    }

    private static CertificateSet Load(TlsOptions options) => new(
        SslStreamCertificateContext.Create(options.LoadCertificate(), options.LoadChain(), offline: true),
        options.ClientCa.Length == 0 ? null : options.LoadClientCa());

    private static byte[] DigestOf(TlsOptions options)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in (string[])[options.Certificate, options.Key, options.ClientCa])
        {
            if (path.Length > 0)
                digest.AppendData(SHA256.HashData(File.ReadAllBytes(path)));
        }

        return digest.GetHashAndReset();
    }
}

/// <summary>Certificates that were read together.</summary>
/// <param name="Server">The server's, with what leads to its root.</param>
/// <param name="ClientAuthorities">Whose certificates senders of OTLP must show; <see langword="null"/> where they need none.</param>
internal sealed record CertificateSet(SslStreamCertificateContext Server, X509Certificate2Collection? ClientAuthorities);
