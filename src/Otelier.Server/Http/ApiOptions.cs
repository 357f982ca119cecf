namespace Otelier.Server.Http;

/// <summary>What the API's listener accepts.</summary>
internal sealed record ApiOptions
{
    private const long MiB = 1 << 20;

    /// <summary>Browser origins beside our own that may call the API.</summary>
    public IReadOnlyList<string> CorsOrigins { get; set; } = [];

    /// <summary>Host names beside <c>localhost</c> and IP addresses by which the API and OTLP/HTTP are asked.</summary>
    public IReadOnlyList<string> AllowedHosts { get; set; } = [];

    /// <summary>The largest body of a request to the API, in bytes.</summary>
    public long BodyBytesMax { get; set; } = MiB;

    public IEnumerable<Setting> Settings() =>
    [
        Setting.List("Api:CorsOrigins", "Browser origins that may call the API, separated by commas.", value => CorsOrigins = value),
        Setting.List(
            "Api:AllowedHosts",
            "Host names beside localhost and IP addresses by which the API and OTLP/HTTP are asked, such as otelier.example or *.example, separated by commas.",
            value => AllowedHosts = value),
        Setting.Bytes("Api:BodyBytesMax", "Largest body of a request to the API.", BodyBytesMax, 1024, 64 * MiB, value => BodyBytesMax = value),
    ];

    public IEnumerable<string> Validate()
    {
        foreach (var origin in CorsOrigins)
        {
            if (!CorsPolicy.IsOrigin(origin))
                yield return $"Api:CorsOrigins: '{origin}' is not an origin such as https://shop.example; each is listed, there is no *.";
        }

        foreach (var name in AllowedHosts)
        {
            if (!HostPolicy.IsName(name))
                yield return $"Api:AllowedHosts: '{name}' is not a host name such as otelier.example (without http:// and port; not ASCII: as xn--…), nor *. and one.";
        }
    }
}
