namespace Otelier.Server.Http;

/// <summary>Everything that can be configured. Read once at start, validated, then constant.</summary>
internal sealed record OtelierOptions
{
    /// <summary>The directory of all data; <c>:memory:</c> keeps nothing.</summary>
    public string DataDir { get; set; } = "data";

    public ListenOptions Listen { get; set; } = new();

    public TlsOptions Tls { get; set; } = new();

    public AuthOptions Auth { get; set; } = new();

    public ApiOptions Api { get; set; } = new();

    public OtlpOptions Otlp { get; set; } = new();

    public StorageSettings Storage { get; set; } = new();

    public SelfTelemetryOptions SelfTelemetry { get; set; } = new();

    public IReadOnlyList<Setting> Settings() =>
    [
        Setting.Text("DataDir", "Directory of all data; ':memory:' keeps nothing.", DataDir, value => DataDir = value),
        .. Listen.Settings(),
        .. Tls.Settings(),
        .. Auth.Settings(),
        .. Api.Settings(),
        .. Otlp.Settings(),
        .. Storage.Settings(),
        .. SelfTelemetry.Settings(),
    ];

    /// <summary>Reads <paramref name="configuration"/>; gives every problem there is, each one sentence for a person.</summary>
    public static (OtelierOptions Options, IReadOnlyList<string> Problems) Read(IConfiguration configuration)
    {
        var options = new OtelierOptions();
        var problems = SettingsReader.Apply(configuration, options.Settings());
        problems.AddRange(options.Validate());
        return (options, problems);
    }

    private IEnumerable<string> Validate()
    {
        if (string.IsNullOrWhiteSpace(DataDir))
            yield return "DataDir is empty; give a directory, or :memory:.";
        foreach (var problem in (IEnumerable<string>)
            [
                .. Listen.Validate(Auth.Mode), .. Tls.Validate(Listen), .. Api.Validate(), .. Otlp.Validate(), .. Storage.Validate(), .. SelfTelemetry.Validate(),
            ])
        {
            yield return problem;
        }

        if (SelfTelemetry.Endpoint == SelfTelemetryOptions.Self && Listen.OtlpHttp.IsTls)
            yield return "SelfTelemetry:Endpoint: 'self' needs Listen:OtlpHttp without TLS; give the address where the certificate is valid.";
    }
}
