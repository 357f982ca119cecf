using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Otelier.Server.Auth;
using Otelier.Server.Http;
using Otelier.Signals;
using Otelier.Storage.Catalog;
using Xunit;

namespace Otelier.Tests.Auth;

/// <summary>The whole server with keys required, on sockets of the loopback and a real engine.</summary>
internal sealed class SecureServer : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly Task _ended;
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });

    private SecureServer(IHost host, Task ended) => (_host, _ended) = (host, ended);

    public IPEndPoint Api => EndPointOf(Listener.Api);

    public IPEndPoint OtlpHttp => EndPointOf(Listener.OtlpHttp);

    public IPEndPoint OtlpGrpc => EndPointOf(Listener.OtlpGrpc);

    public IServiceProvider Services => _host.Services;

    public IEnumerable<RouteEndpoint> Routes => Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="directory">Where it keeps its data; <c>:memory:</c> for nowhere.</param>
    /// <param name="settings">Beside those that make it secure and quiet.</param>
    public static async Task<SecureServer> StartAsync(string directory = ":memory:", params string[] settings)
    {
        const string Address = "http://127.0.0.1:0";
        var (host, ended) = await ProgramHost.StartAsync(
            Ct,
            [
                $"--DataDir={directory}", $"--Listen:Api={Address}", $"--Listen:OtlpHttp={Address}", $"--Listen:OtlpGrpc={Address}", "--Auth:Mode=required",
                "--Logging:LogLevel:Default=None", "--Logging:LogLevel:Microsoft=None", "--Logging:LogLevel:Microsoft.AspNetCore=None", .. settings,
            ]);
        return new SecureServer(host, ended);
    }

    /// <summary>A key of its own for each caller.</summary>
    public async Task<string> KeyAsync(Role role, string tenant = "default", DateTimeOffset? expiresAt = null)
    {
        Assert.True(TenantId.TryParse(tenant, out var owner));
        var tenants = Services.GetRequiredService<TenantRegistry>();
        if (!tenants.Exists(owner))
            Assert.Equal(CatalogOutcome.Applied, await tenants.CreateAsync(owner, null, "test", Ct));
        var made = await Services.GetRequiredService<KeyRing>().CreateAsync(owner, $"{role}", role, expiresAt, "test", Ct);
        return made!.Value.Secret;
    }

    public async Task<ApiAnswer> SendAsync(string method, string path, string? key, string? json = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"http://{Api}{path}");
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await _client.SendAsync(request, Ct);
        var headers = response.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new ApiAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(Ct), headers);
    }

    public Task<ApiAnswer> GetAsync(string path, string? key) => SendAsync("GET", path, key);

    public Task<ApiAnswer> PostAsync(string path, string? key, string json) => SendAsync("POST", path, key, json);

    public async Task<ApiAnswer> ExportAsync(string path, string? key, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://{OtlpHttp}{path}");
        if (key is not null)
            request.Headers.Add("x-api-key", key);
        request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await _client.SendAsync(request, Ct);
        var headers = response.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new ApiAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(Ct), headers);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await _ended;
    }

    private IPEndPoint EndPointOf(Listener listener) => new(IPAddress.Loopback, Services.GetRequiredService<BoundListeners>().PortOf(listener));
}

/// <summary>An answer, read.</summary>
internal sealed record ApiAnswer(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    private const string TypePrefix = "urn:otelier:error:";

    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>A problem's type, without what all of them begin with.</summary>
    public string? Type => Json.GetProperty("type").GetString()?.Replace(TypePrefix, "", StringComparison.Ordinal);

    public string Get(string property) => Json.GetProperty(property).GetString()!;
}
