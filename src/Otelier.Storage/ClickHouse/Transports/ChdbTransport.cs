using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Otelier.Storage.ClickHouse.Interop;
using Otelier.Storage.ClickHouse.Native;

namespace Otelier.Storage.ClickHouse.Transports;

/// <summary>
/// The ClickHouse engine in this process. Queries share some sessions, inserts have their own, so a hostile query
/// cannot starve ingest of a connection; what waits is bounded.
/// </summary>
internal sealed partial class ChdbTransport : IClickHouseTransport
{
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<EngineLane> _lanes = [];
    private readonly StatementKiller _killer;
    private readonly BlockingCollection<EngineWork> _queries;
    private readonly BlockingCollection<EngineWork> _commands;
    private readonly BlockingCollection<EngineWork>[] _inserts;
    private readonly ConcurrentDictionary<string, TableInserts> _tables = new(StringComparer.Ordinal);
    private int _tableCount;
    private int _disposed;

    private ChdbTransport(ChdbOptions options, StatementKiller killer, ILogger logger)
    {
        _logger = logger;
        _killer = killer;
        _queries = new BlockingCollection<EngineWork>(options.WaitingMax);
        _commands = new BlockingCollection<EngineWork>(options.WaitingMax);
        _inserts = new BlockingCollection<EngineWork>[options.InsertConnections];
        for (var i = 0; i < _inserts.Length; i++)
            _inserts[i] = new BlockingCollection<EngineWork>(options.WaitingMax);
    }

    /// <summary>
    /// Starts the engine, or joins the one this process has open on the same directory. Blocks for some tens of milliseconds,
    /// and for the library's loading the first time (about 0.7 s).
    /// </summary>
    /// <exception cref="EngineUnavailableException">No library, or the directory is in use.</exception>
    internal static ChdbTransport Open(ChdbOptions options, ILogger logger)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(options.QueryConnections is >= 1 and <= ChdbOptions.QueryConnectionsMax, true, nameof(options.QueryConnections));
        ArgumentOutOfRangeException.ThrowIfNotEqual(options.InsertConnections is >= 1 and <= 16, true, nameof(options.InsertConnections));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.WaitingMax, 1);
        EngineLibrary.Load(options.EngineLibraryPath);
        if (!options.IsInMemory)
        {
            Directory.CreateDirectory(options.DataDirectory);
            foreach (var (file, count) in DeduplicationLog.RepairAll(options.DataDirectory))
                LogTokensForgotten(logger, count, file);
        }

        var settings = EngineSettings.Of(options);
        // Two transports on one directory must not kill each other's statements.
        var name = $"otelier-{Guid.NewGuid().ToString("N")[..8]}";
        var transport = new ChdbTransport(
            options, new StatementKiller(ChdbConnection.Open(options.EngineDirectory, [.. settings, new("log_comment", $"{name}-kill")])), logger);
        transport._killer.Start();
        try
        {
            for (var i = 0; i < options.QueryConnections; i++)
                transport.AddLane($"{name}-query-{i}", transport._queries, options, [.. settings, .. EngineSettings.OfQueries]);
            for (var i = 0; i < options.InsertConnections; i++)
                transport.AddLane($"{name}-insert-{i}", transport._inserts[i], options, settings);
            transport.AddLane($"{name}-command", transport._commands, options, settings);
            return transport;
        }
        catch
        {
            transport.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }
    }

    public Task ExecuteAsync(SqlStatement statement, CancellationToken cancellationToken)
    {
        var work = new ExecuteWork(statement, cancellationToken, _stopping.Token);
        Enqueue(_commands, work);
        return work.Done;
    }

    public async IAsyncEnumerable<NativeBlock> QueryAsync(
        SqlStatement statement,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var work = new QueryWork(statement, cancellationToken, _stopping.Token);
        Enqueue(_queries, work);
        try
        {
            await foreach (var block in work.Blocks.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                work.Taken();
                yield return block;
            }
        }
        finally
        {
            work.Cancel();
        }
    }

    public Task<InsertResult> InsertAsync(
        string table,
        IReadOnlyList<string> columns,
        string? deduplicationToken,
        NativeBody body,
        CancellationToken cancellationToken)
    {
        var text = SqlText.Insert(table, columns);
        if (deduplicationToken is not null)
            text += $" SETTINGS insert_deduplication_token = '{SqlText.Token(deduplicationToken)}'";
        var inserts = _tables.GetOrAdd(
            table, static (name, self) => new TableInserts(name, Interlocked.Increment(ref self._tableCount) % self._inserts.Length), this);
        var work = new InsertWork(SqlStatement.Unlimited(text), body, lane => Recover(inserts, lane), cancellationToken, _stopping.Token);
        Enqueue(_inserts[inserts.Lane], work);
        return WatchAsync(work.Done, inserts);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        foreach (var queue in AllQueues())
            queue.CompleteAdding();
        // Inserts that wait are still made; everything else is told to stop.
        await Task.WhenAll(_lanes.Where(lane => lane.Name.Contains("-insert-", StringComparison.Ordinal)).Select(lane => lane.Ended))
            .ConfigureAwait(false);
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_lanes.Select(lane => lane.Ended)).ConfigureAwait(false);
        await _killer.DisposeAsync().ConfigureAwait(false);
        foreach (var queue in AllQueues())
            queue.Dispose();
        _stopping.Dispose();
    }

    private IEnumerable<BlockingCollection<EngineWork>> AllQueues() => [_queries, _commands, .. _inserts];

    private void AddLane(
        string name,
        BlockingCollection<EngineWork> queue,
        ChdbOptions options,
        IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        var connection = ChdbConnection.Open(options.EngineDirectory, [.. settings, new("log_comment", name)]);
        var lane = new EngineLane(name, connection, queue, _killer);
        _lanes.Add(lane);
        lane.Start();
    }

    private static void Enqueue(BlockingCollection<EngineWork> queue, EngineWork work)
    {
        Exception? refused = null;
        try
        {
            if (!queue.TryAdd(work))
                refused = ClickHouseException.Busy("The engine has too many statements waiting.");
        }
        catch (InvalidOperationException)
        {
            // Completed or disposed, both by DisposeAsync.
            refused = new ObjectDisposedException(nameof(ChdbTransport), "The engine is closing.");
        }

        if (refused is null)
            return;
        work.Fail(refused);
        work.Dispose();
    }

    private static async Task<InsertResult> WatchAsync(Task<InsertResult> insert, TableInserts inserts)
    {
        try
        {
            return await insert.ConfigureAwait(false);
        }
        catch (Exception e) when (e is ClickHouseException or OperationCanceledException)
        {
            inserts.Suspect = true;
            throw;
        }
    }

    /// <summary>
    /// After a failed insert its token may be in the table's deduplication log without its rows being in the table. The engine
    /// reads that log when it attaches the table, so it is put right while the table is detached.
    /// </summary>
    private void Recover(TableInserts inserts, EngineLane lane)
    {
        if (!inserts.Suspect)
            return;
        var dangling = TableFolders(lane, inserts.Table).Where(folder => DeduplicationLog.CountDangling(folder) > 0).ToList();
        if (dangling.Count > 0)
        {
            var name = SqlText.Table(inserts.Table);
            lane.Connection.Execute($"DETACH TABLE {name} SYNC", []);
            try
            {
                foreach (var folder in dangling)
                    LogTokensForgotten(_logger, DeduplicationLog.Repair(folder), folder);
            }
            finally
            {
                lane.Connection.Execute($"ATTACH TABLE {name}", []);
            }
        }

        inserts.Suspect = false;
    }

    private static List<string> TableFolders(EngineLane lane, string table)
    {
        const string Sql = """
            SELECT arrayJoin(data_paths)::String AS path FROM system.tables
            WHERE concat(database, '.', name) = {table:String} OR (database = currentDatabase() AND name = {table:String})
            """;
        var folders = new List<string>();
        using var query = lane.Connection.Query(Sql, [SqlParameter.String("table", table)]);
        while (query.Fetch(meter: null) is { } chunk)
        {
            var reader = new NativeBlockReader(chunk);
            while (reader.Read() is { RowCount: > 0 } block)
            {
                var paths = block.GetBytes("path");
                for (var row = 0; row < block.RowCount; row++)
                    folders.Add(paths.GetString(row));
            }
        }

        return folders;
    }

    /// <summary>What is remembered of a table that is inserted into.</summary>
    private sealed class TableInserts(string table, int lane)
    {
        internal string Table { get; } = table;

        /// <summary>The lane of all its inserts.</summary>
        internal int Lane { get; } = lane;

        /// <summary>An insert failed since the deduplication log was last looked at.</summary>
        internal volatile bool Suspect;
    }
}
