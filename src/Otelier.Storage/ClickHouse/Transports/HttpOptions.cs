namespace Otelier.Storage.ClickHouse.Transports;

/// <summary>How a ClickHouse server is reached.</summary>
internal sealed record HttpOptions
{
    /// <summary>The HTTP interface, e.g. <c>http://127.0.0.1:8123</c> or <c>https://clickhouse.example:8443</c>; with https the certificate must be valid.</summary>
    internal required Uri Endpoint { get; init; }

    internal string User { get; init; } = "default";

    internal string Password { get; init; } = "";

    internal string Database { get; init; } = "default";

    /// <summary>Requests under way at once, 1 to 256; more wait for one of them.</summary>
    internal int ConnectionsMax { get; init; } = 8;

    /// <summary>Whether insert bodies are compressed with gzip; worth it when the way is slower than about 100 MB/s.</summary>
    internal bool CompressInserts { get; init; } = true;

    /// <summary>Whether answers are asked for in gzip.</summary>
    internal bool CompressAnswers { get; init; } = true;

    internal TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest silence of the server within one attempt, beyond the time the statement itself may take.</summary>
    internal TimeSpan SilenceMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Repetitions of an attempt that failed for a passing reason, 0 to 20.</summary>
    internal int RetriesMax { get; init; } = 4;

    /// <summary>The wait before the first repetition; it doubles with each, with jitter, up to 10 s.</summary>
    internal TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);
}
