namespace Otelier.Server.Http;

/// <summary>Whether a key is needed.</summary>
internal enum AuthMode
{
    /// <summary>Nobody has to log in; everybody is the default tenant's admin.</summary>
    None,

    /// <summary>Nothing but health is answered without a key.</summary>
    Required,
}

/// <summary>Who may come in, and how often.</summary>
internal sealed record AuthOptions
{
    public AuthMode Mode { get; set; } = AuthMode.None;

    /// <summary>How long a token is valid.</summary>
    public TimeSpan TokenLife { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a refresh token is valid.</summary>
    public TimeSpan RefreshLife { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long one signing key signs, before the next does.</summary>
    public TimeSpan SigningKeyLife { get; set; } = TimeSpan.FromDays(1);

    /// <summary>API requests per second and key, in the long run.</summary>
    public int RequestsPerSecond { get; set; } = 50;

    /// <summary>API requests a key may make at once.</summary>
    public int RequestBurst { get; set; } = 200;

    /// <summary>Failed attempts to authenticate per minute and address, before they are answered 429.</summary>
    public int FailuresPerMinute { get; set; } = 30;

    public IEnumerable<Setting> Settings() =>
    [
        Setting.Choice("Auth:Mode", "Whether a key is needed: none, or required.", Mode, value => Mode = value),
        Setting.Duration(
            "Auth:TokenLife", "How long a token is valid.", "1h", TimeSpan.FromMinutes(1), TimeSpan.FromDays(1), value => TokenLife = value),
        Setting.Duration(
            "Auth:RefreshLife", "How long a token may be refreshed.", "12h", TimeSpan.FromMinutes(1), TimeSpan.FromDays(30), value => RefreshLife = value),
        Setting.Duration(
            "Auth:SigningKeyLife",
            "How long one signing key signs tokens, before the next does.",
            "1d",
            TimeSpan.FromMinutes(1),
            TimeSpan.FromDays(365),
            value => SigningKeyLife = value),
        Setting.Count("Auth:RequestsPerSecond", "API requests per second and key, in the long run.", RequestsPerSecond, 1, 100_000, value => RequestsPerSecond = value),
        Setting.Count("Auth:RequestBurst", "API requests a key may make at once.", RequestBurst, 1, 1_000_000, value => RequestBurst = value),
        Setting.Count(
            "Auth:FailuresPerMinute", "Failed attempts to authenticate per minute and address, before they are answered 429.", FailuresPerMinute, 1, 100_000, value => FailuresPerMinute = value),
    ];
}
