using System.Numerics;

namespace Otelier.Server.Http;

/// <summary>What the OTLP listeners accept.</summary>
internal sealed record OtlpOptions
{
    private const long MiB = 1 << 20;

    /// <summary>What stands before <c>/v1/traces</c>: empty, or a path that begins with a slash and does not end with one.</summary>
    public string HttpBasePath { get; set; } = "";

    /// <summary>The largest message, in bytes, both as received and decompressed.</summary>
    public int BodyBytesMax { get; set; } = (int)(64 * MiB);

    /// <summary>How many bytes of messages may be in memory at once, over all connections.</summary>
    public long InFlightBytesMax { get; set; } = 256 * MiB;

    /// <summary>How many connections may be open at once, over all listeners.</summary>
    public int ConnectionsMax { get; set; } = 4096;

    /// <summary>Browser origins that may send telemetry, such as <c>https://shop.example</c>; or a single <c>*</c>.</summary>
    public IReadOnlyList<string> CorsOrigins { get; set; } = [];

    public IEnumerable<Setting> Settings() =>
    [
        Setting.Text(
            "Otlp:HttpBasePath",
            "What stands before /v1/traces, such as /otlp.",
            HttpBasePath,
            value => HttpBasePath = value.TrimEnd('/')),
        Setting.Bytes(
            "Otlp:BodyBytesMax",
            "Largest OTLP message, received and decompressed.",
            BodyBytesMax,
            min: 1024,
            max: 1024 * MiB,
            value => BodyBytesMax = (int)value),
        Setting.Bytes(
            "Otlp:InFlightBytesMax",
            "OTLP messages in memory at once; beyond it senders are told to wait.",
            InFlightBytesMax,
            min: 1024,
            max: MiB * MiB,
            value => InFlightBytesMax = value),
        Setting.Count(
            "Otlp:ConnectionsMax",
            "Open connections over all listeners.",
            ConnectionsMax,
            min: 1,
            max: 1_000_000,
            value => ConnectionsMax = value),
        Setting.List("Otlp:CorsOrigins", "Browser origins that may send telemetry, separated by commas.", value => CorsOrigins = value),
    ];

    public IEnumerable<string> Validate()
    {
        if (HttpBasePath.Length > 0 && (HttpBasePath[0] != '/' || HttpBasePath.Contains("//", StringComparison.Ordinal)))
            yield return $"Otlp:HttpBasePath: '{HttpBasePath}' does not begin with one slash.";
        // Received and decompressed at once, the latter while its buffer doubles, each rounded up to a power of two.
        if (InFlightBytesMax < 4L * BitOperations.RoundUpToPowerOf2((uint)BodyBytesMax))
        {
            yield return "Otlp:InFlightBytesMax is less than four times Otlp:BodyBytesMax (rounded up to a power of two), " +
                "so that the largest message could never be taken.";
        }

        foreach (var origin in CorsOrigins)
        {
            if (origin == "*" && CorsOrigins.Count == 1)
                continue;
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.GetLeftPart(UriPartial.Authority) != origin)
                yield return $"Otlp:CorsOrigins: '{origin}' is not an origin such as https://shop.example, nor a single *.";
        }
    }
}
