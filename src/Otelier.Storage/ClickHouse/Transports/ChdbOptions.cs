namespace Otelier.Storage.ClickHouse.Transports;

/// <summary>How the in-process engine runs. Sizes are bytes.</summary>
internal sealed record ChdbOptions
{
    /// <summary>
    /// The data directory of an engine that forgets everything when closed. The engine keeps it in a folder of its own in
    /// the system's temporary folder; a killed process leaves that folder behind.
    /// </summary>
    internal const string InMemory = ":memory:";

    /// <summary>A folder, created when missing, or <see cref="InMemory"/>. A process can have one open at a time.</summary>
    internal required string DataDirectory { get; init; }

    /// <summary>The engine's library; null to look for it (see <c>EngineLibrary</c>).</summary>
    internal string? EngineLibraryPath { get; init; }

    internal const int QueryConnectionsMax = 64;

    /// <summary>Queries that run at once, 1 to <see cref="QueryConnectionsMax"/>.</summary>
    internal int QueryConnections { get; init; } = 4;

    /// <summary>Inserts that run at once, 1 to 16; the inserts of one table always run one after the other.</summary>
    internal int InsertConnections { get; init; } = 2;

    /// <summary>Statements that may wait, per kind of connection; the next one is refused as busy.</summary>
    internal int WaitingMax { get; init; } = 128;

    /// <summary>The most the engine may hold, inserts, merges and queries together; a statement that needs more fails.</summary>
    internal long MemoryBytesMax { get; init; } = 1L << 30;

    /// <summary>
    /// Threads for merges: half of the processors, eight at the most. With both of two, 261,000 spans/s were taken where 303,000 were with one.
    /// </summary>
    internal int MergeThreads { get; init; } = Math.Clamp(Environment.ProcessorCount / 2, 1, 8);

    /// <summary>Threads for tasks by schedule: cleanup, moving, distributing.</summary>
    internal int ScheduleThreads { get; init; } = 2;

    internal long MarkCacheBytes { get; init; } = 32L << 20;

    internal long IndexMarkCacheBytes { get; init; } = 16L << 20;

    /// <summary>0 for none: the page cache holds compressed data already.</summary>
    internal long UncompressedCacheBytes { get; init; }

    /// <summary>Further engine settings by name, for every connection.</summary>
    internal IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    internal bool IsInMemory => DataDirectory == InMemory;

    /// <summary>The folder as the engine takes it: null for none of ours.</summary>
    internal string? EngineDirectory => IsInMemory ? null : DataDirectory;
}
