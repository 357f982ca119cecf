namespace Otelier.Server.Http;

/// <summary>Where the three listeners are.</summary>
internal sealed record ListenOptions
{
    public const string ApiKey = "Listen:Api";

    public ListenAddress Api { get; set; } = ListenAddress.Loopback(4300);

    public ListenAddress OtlpGrpc { get; set; } = ListenAddress.Loopback(4317);

    public ListenAddress OtlpHttp { get; set; } = ListenAddress.Loopback(4318);

    /// <summary>The explicit wish to be reachable from other machines by anybody.</summary>
    public bool AllowUnauthenticated { get; set; }

    /// <summary>The listeners by the keys of their settings.</summary>
    public IReadOnlyList<(string Key, ListenAddress Address)> All => [(ApiKey, Api), ("Listen:OtlpGrpc", OtlpGrpc), ("Listen:OtlpHttp", OtlpHttp)];

    public IEnumerable<Setting> Settings() =>
    [
        Setting.Address(ApiKey, "Address of the API, the UI, health and metrics; https:// ends TLS here.", Api, value => Api = value),
        Setting.Address("Listen:OtlpGrpc", "Address of OTLP over gRPC (HTTP/2).", OtlpGrpc, value => OtlpGrpc = value),
        Setting.Address("Listen:OtlpHttp", "Address of OTLP over HTTP.", OtlpHttp, value => OtlpHttp = value),
        Setting.Flag(
            "Listen:AllowUnauthenticated",
            "Allows addresses that other machines can reach although nobody has to log in.",
            AllowUnauthenticated,
            value => AllowUnauthenticated = value),
    ];

    public IEnumerable<string> Validate(AuthMode mode)
    {
        var all = All;
        for (var i = 0; i < all.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (all[i].Address.Port != 0 && all[i].Address.Port == all[j].Address.Port)
                    yield return $"{all[j].Key} and {all[i].Key} both use port {all[i].Address.Port}; each listener needs its own.";
            }

            if (mode == AuthMode.None && !all[i].Address.IsLoopback && !AllowUnauthenticated)
            {
                yield return $"{all[i].Key}: '{all[i].Address}' can be reached from other machines, and nobody has to log in. " +
                    "Either require a key (Auth:Mode=required, OTELIER_AUTH__MODE=required), or keep to loopback " +
                    "(http://127.0.0.1:port or http://localhost:port); to be open on purpose, set Listen:AllowUnauthenticated=true (OTELIER_LISTEN__ALLOWUNAUTHENTICATED=true).";
            }
        }
    }
}
