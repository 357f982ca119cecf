namespace Otelier.Server.Http;

/// <summary>Whether Otelier reports on itself over OTLP.</summary>
internal sealed record SelfTelemetryOptions
{
    /// <summary>The value of <see cref="Endpoint"/> that stands for this very process.</summary>
    public const string Self = "self";

    /// <summary>Empty: off. <c>self</c>: to itself. Otherwise the base address of an OTLP/HTTP receiver.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>How often metrics are sent.</summary>
    public TimeSpan MetricInterval { get; set; } = TimeSpan.FromSeconds(15);

    public IEnumerable<Setting> Settings() =>
    [
        Setting.Text(
            "SelfTelemetry:Endpoint",
            "Where Otelier's own traces, logs and metrics go: 'self', or the base address of an OTLP/HTTP receiver.",
            Endpoint,
            value => Endpoint = value),
        Setting.Duration(
            "SelfTelemetry:MetricInterval",
            "How often own metrics are sent.",
            "15s",
            min: TimeSpan.FromSeconds(0.1),
            max: TimeSpan.FromHours(1),
            value => MetricInterval = value),
    ];

    public IEnumerable<string> Validate()
    {
        if (Endpoint is "" or Self)
            yield break;
        if (!Uri.TryCreate(Endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            yield return $"SelfTelemetry:Endpoint: '{Endpoint}' is neither 'self' nor an http address such as http://collector:4318.";
    }
}
