using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Otelier.Server.Http;
using Otelier.Tests.EndToEnd;
using Otelier.Tests.Ingest;
using Xunit;

namespace Otelier.Tests.Auth;

/// <summary>TLS with certificates that are made here: an authority, a server's, and clients'.</summary>
public sealed class TlsTests : IDisposable
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    private readonly TemporaryDirectory _directory = new();
    private readonly X509Certificate2 _authority = MakeAuthority("otelier test");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _authority.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task All_listeners_end_tls_with_the_configured_certificate(bool isPkcs12)
    {
        await using var server = await StartAsync(isPkcs12, withClientCa: false);
        using var client = Client(null);

        var api = await client.GetAsync(new Uri($"https://{server.Api}/health/live"), Ct);

        Assert.Equal(HttpStatusCode.OK, api.StatusCode);
        Assert.NotEmpty(api.Headers.GetValues("Strict-Transport-Security"));
        Assert.Equal(HttpStatusCode.OK, await ExportAsync(client, server.OtlpHttp));
        Assert.Equal("0", await CallAsync(client, server.OtlpGrpc));
    }

    [Fact]
    public async Task With_a_client_authority_only_its_certificates_may_send_and_the_api_asks_for_none()
    {
        await using var server = await StartAsync(isPkcs12: false, withClientCa: true);
        using var stranger = MakeAuthority("somebody else");
        using var ours = Client(Make("collector", _authority, ClientUse));
        using var theirs = Client(Make("collector", stranger, ClientUse));
        using var misused = Client(Make("collector", _authority, ServerUse));
        using var nobody = Client(null);

        Assert.Equal(HttpStatusCode.OK, await ExportAsync(ours, server.OtlpHttp));
        Assert.Equal("0", await CallAsync(ours, server.OtlpGrpc));
        foreach (var client in (HttpClient[])[theirs, misused, nobody])
        {
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => ExportAsync(client, server.OtlpHttp));
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => CallAsync(client, server.OtlpGrpc));
        }

        Assert.Equal(HttpStatusCode.OK, (await nobody.GetAsync(new Uri($"https://{server.Api}/health/live"), Ct)).StatusCode);
    }

    [Fact]
    public async Task A_renewed_certificate_is_shown_to_new_connections_and_broken_files_change_nothing()
    {
        await using var server = await StartAsync(isPkcs12: false, withClientCa: false);
        var certificates = server.App.Services.GetRequiredService<ServerCertificates>();
        var first = await ShownAsync(server.Api);
        Assert.False(certificates.ReloadIfChanged());

        using var renewed = Make("renewed", _authority, ServerUse);
        Write("server.pem", renewed.ExportCertificatePem());
        // The key is the old one still: a renewal seen midway.
        Assert.ThrowsAny<Exception>(() => certificates.ReloadIfChanged());
        Assert.Equal(first, await ShownAsync(server.Api));
        Assert.False(certificates.ReloadIfChanged());

        Write("server.key", renewed.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        Assert.True(certificates.ReloadIfChanged());
        foreach (var address in (IPEndPoint[])[server.Api, server.OtlpHttp, server.OtlpGrpc])
            Assert.Equal(renewed.Thumbprint, await ShownAsync(address));

        File.Delete(Path.Combine(_directory.Path, "server.pem"));
        Assert.ThrowsAny<IOException>(() => certificates.ReloadIfChanged());
        Assert.Equal(renewed.Thumbprint, await ShownAsync(server.Api));
    }

    [Fact]
    public async Task A_new_client_authority_lets_its_own_in_and_the_old_ones_no_more()
    {
        await using var server = await StartAsync(isPkcs12: false, withClientCa: true);
        using var successor = MakeAuthority("successor");
        using var before = Client(Make("collector", _authority, ClientUse));
        using var after = Client(Make("collector", successor, ClientUse));
        Assert.Equal(HttpStatusCode.OK, await ExportAsync(before, server.OtlpHttp));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => ExportAsync(after, server.OtlpHttp));

        Write("ca.pem", successor.ExportCertificatePem());
        Assert.True(server.App.Services.GetRequiredService<ServerCertificates>().ReloadIfChanged());

        using var again = Client(Make("collector", _authority, ClientUse));
        Assert.Equal(HttpStatusCode.OK, await ExportAsync(after, server.OtlpHttp));
        Assert.Equal("0", await CallAsync(after, server.OtlpGrpc));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => ExportAsync(again, server.OtlpHttp));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => CallAsync(again, server.OtlpGrpc));
    }

    [Fact]
    public async Task The_files_are_looked_at_again_when_a_minute_has_passed()
    {
        using var first = Make("first", _authority, ServerUse);
        using var second = Make("second", _authority, ServerUse);
        string Both(X509Certificate2 of) => $"{of.ExportCertificatePem()}\n{of.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()}\n";
        var certificates = ServerCertificates.Open(new TlsOptions { Certificate = Write("both.pem", Both(first)) });
        var (time, log) = (new TickingTime(), new EventLog<CertificateReload>());
        using var reload = new CertificateReload(certificates, time, log);
        await reload.StartAsync(Ct);

        Write("both.pem", "no certificate");
        await time.TickAsync(CertificateReload.Interval, Ct);
        Assert.Equal("Error CertificatesNotReloaded", await log.NextAsync(Ct));
        Assert.Equal(first.Thumbprint, certificates.Current.Server.TargetCertificate.Thumbprint);

        Write("both.pem", Both(second));
        await time.TickAsync(CertificateReload.Interval, Ct);
        Assert.Equal("Information CertificatesReloaded", await log.NextAsync(Ct));
        Assert.Equal(second.Thumbprint, certificates.Current.Server.TargetCertificate.Thumbprint);
        await reload.StopAsync(Ct);
    }

    [Fact]
    public void A_client_authority_for_a_listener_without_tls_is_refused()
    {
        var options = new TlsOptions { ClientCa = Write("ca.pem", _authority.ExportCertificatePem()) };

        Assert.Equal(2, options.Validate(new ListenOptions()).Count());
    }

    private async Task<EdgeServer> StartAsync(bool isPkcs12, bool withClientCa)
    {
        using var certificate = Make("127.0.0.1", _authority, ServerUse);
        return await EdgeServer.StartAsync(Ct, options =>
        {
            options.Listen.Api = options.Listen.OtlpGrpc = options.Listen.OtlpHttp = ListenAddress.Loopback(0, isTls: true);
            if (isPkcs12)
            {
                options.Tls.Certificate = Path.Combine(_directory.Path, "server.pfx");
                options.Tls.Password = "secret";
                File.WriteAllBytes(options.Tls.Certificate, certificate.Export(X509ContentType.Pkcs12, "secret"));
            }
            else
            {
                options.Tls.Certificate = Write("server.pem", certificate.ExportCertificatePem());
                options.Tls.Key = Write("server.key", certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
            }

            if (withClientCa)
                options.Tls.ClientCa = Write("ca.pem", _authority.ExportCertificatePem());
            Assert.Empty(options.Tls.Validate(options.Listen));
        });
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_directory.Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A client that trusts the authority alone.</summary>
    private HttpClient Client(X509Certificate2? certificate)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(_authority);
        if (certificate is not null)
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true);
        return new HttpClient(handler);
    }

    /// <summary>The thumbprint of what a listener shows in a handshake made for this alone.</summary>
    private static async Task<string> ShownAsync(IPEndPoint address)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address, Ct);
        await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) => certificate is not null);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "127.0.0.1" }, Ct);
        return tls.RemoteCertificate!.GetCertHashString();
    }

    private static async Task<HttpStatusCode> ExportAsync(HttpClient client, IPEndPoint address)
    {
        using var content = new ByteArrayContent([]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        using var response = await client.PostAsync(new Uri($"https://{address}/v1/traces"), content, Ct);
        return response.StatusCode;
    }

    private static async Task<string> CallAsync(HttpClient client, IPEndPoint address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"https://{address}{GrpcClient.TraceExport}"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(GrpcClient.Frame([])),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        using var response = await client.SendAsync(request, Ct);
        await response.Content.ReadAsByteArrayAsync(Ct);
        return response.TrailingHeaders.GetValues("grpc-status").Single();
    }

    private static X509Certificate2 MakeAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    private static X509Certificate2 Make(string name, X509Certificate2 authority, string use)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], critical: true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.Create(authority, now.AddHours(-1), now.AddHours(1), RandomNumberGenerator.GetBytes(8));
        using var whole = made.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }
}
