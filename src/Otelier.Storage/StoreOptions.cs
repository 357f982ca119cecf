namespace Otelier.Storage;

/// <summary>Which engine keeps the data.</summary>
public enum StoreEngine
{
    /// <summary>The ClickHouse engine in this process.</summary>
    Chdb,

    /// <summary>A ClickHouse server, over HTTP.</summary>
    ClickHouse,
}

/// <summary>How log bodies are indexed for words.</summary>
public enum LogBodyIndex
{
    /// <summary>Not at all: least work on ingest, every search reads the bodies.</summary>
    None,

    /// <summary>A bloom filter of tokens: rare words are found without reading the rest.</summary>
    Token,

    /// <summary>A text index: words are found and counted in milliseconds, for about twice the work on ingest.</summary>
    Text,
}

/// <summary>How the values of attributes are indexed.</summary>
public enum AttributeIndex
{
    /// <summary>Not at all: least room and work on ingest, every search reads the attributes of its range.</summary>
    None,

    /// <summary>A bloom filter of the values of items and their resources: rare texts are found without reading the rest.</summary>
    Values,
}

/// <summary>Where and how data is kept.</summary>
public sealed record StoreOptions
{
    /// <summary>The data directory that keeps nothing.</summary>
    public const string InMemory = ":memory:";

    public StoreEngine Engine { get; set; } = StoreEngine.Chdb;

    /// <summary>Directory of the engine in this process, or <see cref="InMemory"/>.</summary>
    public string Directory { get; set; } = InMemory;

    /// <summary>The engine's library; empty to look for it where <c>make</c> puts it.</summary>
    public string EngineLibrary { get; set; } = "";

    /// <summary>The most memory the engine in this process may use, in bytes.</summary>
    public long EngineMemoryBytesMax { get; set; } = 1536L << 20;

    /// <summary>Base address of the ClickHouse server.</summary>
    public string Url { get; set; } = "http://127.0.0.1:8123";

    public string User { get; set; } = "default";

    public string Password { get; set; } = "";

    public string Database { get; set; } = "default";

    public LogBodyIndex LogBodyIndex { get; set; } = LogBodyIndex.Token;

    public AttributeIndex AttributeIndex { get; set; } = AttributeIndex.Values;

    /// <summary>How long a query may run.</summary>
    public TimeSpan QueryTimeMax { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How much memory a query may use, in bytes.</summary>
    public long QueryMemoryBytesMax { get; set; } = 512L << 20;

    /// <summary>How many rows a query may read from tables.</summary>
    public long QueryRowsReadMax { get; set; } = 2_000_000_000;

    /// <summary>How many queries run at once; by default two more than there are processors, 4 to 16.</summary>
    public int QueriesActiveMax { get; set; } = Math.Clamp(Environment.ProcessorCount + 2, 4, 16);

    /// <summary>How many queries may wait for their turn; the next one is refused.</summary>
    public int QueriesWaitingMax { get; set; } = 64;

    /// <summary>How long a query waits for its turn before it is refused.</summary>
    public TimeSpan QueryWaitMax { get; set; } = TimeSpan.FromSeconds(15);
}
