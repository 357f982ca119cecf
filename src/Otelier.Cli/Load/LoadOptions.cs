using Otelier.Signals;

namespace Otelier.Cli.Load;

internal enum LoadProtocol
{
    Http,
    Grpc,
}

internal enum LoadCompression
{
    None,
    Gzip,
}

/// <summary>What to send, how, and for how long. Checked by <see cref="LoadCommand"/>.</summary>
internal sealed record LoadOptions(Signal Signal, Uri Endpoint, LoadProtocol Protocol)
{
    public bool Gzip { get; init; }

    /// <summary>Items per second over all connections; 0 is as fast as answers come.</summary>
    public int Rate { get; init; }

    public int Connections { get; init; } = 8;

    /// <summary>Items per request.</summary>
    public int Batch { get; init; } = 1000;

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time at the start that the figures leave out.</summary>
    public TimeSpan Warmup { get; init; }

    /// <summary>Stop after this many items; 0 is no such limit.</summary>
    public long Items { get; init; }

    /// <summary>Timestamps run from this long ago to now as <see cref="Items"/> are sent; zero stamps everything with now.</summary>
    public TimeSpan Spread { get; init; }

    /// <summary>Distinct metric series.</summary>
    public int Series { get; init; } = 100_000;

    /// <summary>The share of metrics that are histograms, 0 to 1.</summary>
    public double Histograms { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>The API key of servers that require one.</summary>
    public string? Key { get; init; }

    /// <summary>Whether items carry <see cref="RunId"/> and their number.</summary>
    public bool Numbered { get; init; }

    /// <summary>Tells this run's ids from those of others.</summary>
    public ulong RunId { get; init; }

    public long FirstNumber { get; init; } = 1;

    public string ItemsName => Signal switch { Signal.Traces => "spans", Signal.Logs => "log records", _ => "data points" };

    /// <summary>What makes the options contradict each other; null when nothing does.</summary>
    public string? Fault()
    {
        if (Endpoint.Scheme != Uri.UriSchemeHttp)
            return "--endpoint must be http://: the generator speaks plain sockets";
        if (Key is not null && Key.Any(letter => letter is <= ' ' or > '~'))
            return "--key has letters that no key has";
        if (Spread > TimeSpan.Zero && Items == 0)
            return "--spread needs --items";
        if (Numbered && Gzip)
            return "--numbered needs --compression none: compressed requests repeat";
        if (Signal == Signal.Metrics && Series <= (Connections - 1L) * Batch)
            return "--series must be more than --batch for each connection but one: every connection has series of its own";
        return null;
    }
}
