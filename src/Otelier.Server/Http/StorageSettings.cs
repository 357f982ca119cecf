using Otelier.Storage;
using Otelier.Storage.Log;

namespace Otelier.Server.Http;

/// <summary>The settings of the stores and of the write-ahead log.</summary>
internal sealed record StorageSettings
{
    private const long MiB = 1 << 20;
    private const long GiB = 1 << 30;

    public StoreOptions Store { get; } = new();

    public LogOptions Log { get; } = new() { MemoryBytesMax = 224 * MiB };

    /// <summary>How long the store must refuse a block for what it holds before it is set aside.</summary>
    public TimeSpan ParkAfter { get; private set; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether blocks that were set aside are written again at start.</summary>
    public bool RetryParked { get; private set; }

    public IEnumerable<Setting> Settings() =>
    [
        Setting.Choice("Store", "Where data is kept: the engine in this process, or a ClickHouse server.", Store.Engine, value => Store.Engine = value),
        Setting.Text("Engine", "The engine's library; empty to look for it.", Store.EngineLibrary, value => Store.EngineLibrary = value),
        Setting.Bytes(
            "EngineMemoryBytesMax", "Memory the engine in this process may use.", Store.EngineMemoryBytesMax, 256 * MiB, 1024 * GiB, value => Store.EngineMemoryBytesMax = value),
        Setting.Text("ClickHouse:Url", "Address of the ClickHouse server's HTTP interface.", Store.Url, value => Store.Url = value),
        Setting.Text("ClickHouse:User", "User on the ClickHouse server.", Store.User, value => Store.User = value),
        Setting.Text("ClickHouse:Password", "Password on the ClickHouse server.", "", value => Store.Password = value),
        Setting.Text("ClickHouse:Database", "Database on the ClickHouse server.", Store.Database, value => Store.Database = value),
        Setting.Choice(
            "LogBodyIndex", "How log bodies are indexed for words; decided when the tables are made.", Store.LogBodyIndex, value => Store.LogBodyIndex = value),
        Setting.Choice(
            "AttributeIndex", "How the values of attributes are indexed; decided when the tables are made.", Store.AttributeIndex, value => Store.AttributeIndex = value),
        Setting.Duration("Query:TimeMax", "How long a query may run.", "30s", TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1), value => Store.QueryTimeMax = value),
        Setting.Bytes("Query:MemoryBytesMax", "Memory a query may use.", Store.QueryMemoryBytesMax, MiB, 1024 * GiB, value => Store.QueryMemoryBytesMax = value),
        Setting.Count("Query:RowsReadMax", "Rows a query may read.", (int)Store.QueryRowsReadMax, 1, int.MaxValue, value => Store.QueryRowsReadMax = value),
        Setting.Count("Query:ActiveMax", "Queries that run at once; more wait.", Store.QueriesActiveMax, 1, 63, value => Store.QueriesActiveMax = value),
        Setting.Count("Query:WaitingMax", "Queries that may wait; more are refused.", Store.QueriesWaitingMax, 0, 10_000, value => Store.QueriesWaitingMax = value),
        Setting.Duration("Query:WaitMax", "How long a query waits before it is refused.", "15s", TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10), value => Store.QueryWaitMax = value),
        Setting.Bytes("Log:BytesMax", "Size of the write-ahead log; when it is full, senders are told to wait.", Log.LogBytesMax, 64 * MiB, 1024 * GiB, value => Log.LogBytesMax = value),
        Setting.Bytes("Log:MemoryBytesMax", "Decoded telemetry kept in memory on its way to the store.", Log.MemoryBytesMax, MiB, 64 * GiB, value => Log.MemoryBytesMax = value),
        Setting.Bytes("Log:FreeDiskBytesMin", "Free disk space below which senders are told to wait.", Log.FreeDiskBytesMin, 0, 1024 * GiB, value => Log.FreeDiskBytesMin = value),
        Setting.Duration(
            "Log:ParkAfter", "How long the store must refuse a block for what it holds before it is set aside.", "1m", TimeSpan.Zero, TimeSpan.FromDays(1), value => ParkAfter = value),
        Setting.Bytes("Log:ParkedBytesMax", "Size of the blocks set aside; beyond it a refused block holds its signal up.", Log.ParkedBytesMax, 0, 1024 * GiB, value => Log.ParkedBytesMax = value),
        Setting.Flag("Log:RetryParked", "Whether blocks that were set aside are written again at this start.", RetryParked, value => RetryParked = value),
    ];

    public IEnumerable<string> Validate()
    {
        if (Store.Engine == StoreEngine.ClickHouse
            && !(Uri.TryCreate(Store.Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
            yield return $"ClickHouse:Url: '{Store.Url}' is not an address such as http://127.0.0.1:8123.";
        if (Log.LogBytesMax < 2 * Log.SegmentBytes)
            yield return "Log:BytesMax is less than two segments of the log.";
    }
}
