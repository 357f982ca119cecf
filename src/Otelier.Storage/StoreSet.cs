using Microsoft.Extensions.Logging;
using Otelier.Storage.Catalog;
using Otelier.Storage.ClickHouse;
using Otelier.Storage.ClickHouse.Catalog;
using Otelier.Storage.ClickHouse.Export;
using Otelier.Storage.ClickHouse.Interop;
using Otelier.Storage.ClickHouse.Schema;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Transports;
using Otelier.Storage.ClickHouse.Upkeep;

namespace Otelier.Storage;

/// <summary>The stores of one engine, opened and closed together.</summary>
public sealed class StoreSet : IAsyncDisposable
{
    private readonly IClickHouseTransport _transport;
    private readonly BlockInserter _inserter;
    private readonly ClickHouseCatalog _catalog;
    private readonly CallUpkeep _calls;

    private StoreSet(IClickHouseTransport transport, StoreOptions options, TimeProvider time)
    {
        _transport = transport;
        _inserter = new BlockInserter(transport);
        var isOnThisMachine = options.Engine == StoreEngine.Chdb;
        var queries = new QueryRunner(transport, options, time) { Processors = isOnThisMachine ? Environment.ProcessorCount : null };
        _calls = new CallUpkeep(new QueryRunner(transport, options, time) { Processors = isOnThisMachine ? 1 : null }, _inserter, time);
        Traces = new ClickHouseTraceStore(_inserter, queries, _calls);
        Logs = new ClickHouseLogStore(_inserter, queries, options.LogBodyIndex);
        var metrics = new ClickHouseMetricStore(_inserter, queries);
        Metrics = metrics;
        Fields = new ClickHouseFieldStore(queries);
        Analytics = new ClickHouseAnalyticsStore(queries, options.LogBodyIndex);
        Export = new ClickHouseExportStore(queries, options.LogBodyIndex, isOnThisMachine ? new FreedMemory(transport) : null);
        Status = new EngineStatus(transport, queries);
        _catalog = new ClickHouseCatalog(transport, _inserter, time);
        Audit = new ClickHouseAuditLog(_inserter, queries);
        Tenants = new ClickHouseTenantStore(transport, _catalog, metrics, _calls);
    }

    public ITraceStore Traces { get; }

    public ILogStore Logs { get; }

    public IMetricStore Metrics { get; }

    public IFieldStore Fields { get; }

    public IAnalyticsStore Analytics { get; }

    public IExportStore Export { get; }

    /// <summary>What the server keeps for itself.</summary>
    public ICatalog Catalog => _catalog;

    /// <summary>Who did what.</summary>
    public IAuditLog Audit { get; }

    /// <summary>Whose all of it is.</summary>
    public ITenantStore Tenants { get; }

    /// <summary>How the engine is.</summary>
    public EngineStatus Status { get; }

    /// <summary>Opens the engine and brings its tables up to date.</summary>
    /// <exception cref="StoreException">The engine cannot be reached or its tables are not what this program expects.</exception>
    public static async Task<StoreSet> OpenAsync(StoreOptions options, ILoggerFactory loggers, TimeProvider time, CancellationToken cancellationToken)
    {
        IClickHouseTransport? transport = null;
        try
        {
            transport = OpenTransport(options, loggers, time);
            await new SchemaMigrator(transport, time, loggers.CreateLogger<SchemaMigrator>()).ApplyAsync(
                SchemaScript.Embedded(typeof(StoreSet).Assembly), SchemaSettings.Of(options), cancellationToken);
            var stores = new StoreSet(transport, options, time);
            await stores.Catalog.ReloadAsync(cancellationToken);
            return stores;
        }
        catch (Exception exception)
        {
            if (transport is not null)
                await transport.DisposeAsync();
            throw exception switch
            {
                ClickHouseException fault => StoreFaults.Translate(fault),
                EngineUnavailableException missing => new StoreException(StoreFault.Unavailable, missing.Message, missing),
                SchemaException mismatch => new StoreException(StoreFault.Internal, mismatch.Message, mismatch),
                _ => new StoreException(StoreFault.Internal, $"The store cannot be opened: {exception.Message}", exception),
            };
        }
    }

    /// <summary>
    /// Does what is done in the background: finds the calls of minutes that are over. To be called twice a minute or so; it lasts half a
    /// minute or so where there is much to do.
    /// </summary>
    /// <exception cref="StoreException">The engine refused or did not answer; what was left is done the next time.</exception>
    public Task UpkeepAsync(CancellationToken cancellationToken) => _calls.RunAsync(cancellationToken);

    /// <summary>Lets go of the memory that is kept for the next inserts; for an idle server.</summary>
    public void Trim() => _inserter.Trim();

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        _inserter.Dispose();
        _catalog.Dispose();
        _calls.Dispose();
    }

    private static IClickHouseTransport OpenTransport(StoreOptions options, ILoggerFactory loggers, TimeProvider time) => options.Engine switch
    {
        StoreEngine.Chdb => ChdbTransport.Open(
            new ChdbOptions
            {
                DataDirectory = options.Directory,
                EngineLibraryPath = options.EngineLibrary.Length == 0 ? null : options.EngineLibrary,
                MemoryBytesMax = options.EngineMemoryBytesMax,
                // The tables of one block must not wait for each other.
                InsertConnections = 4,
                // Two more than there may be queries, for the upkeep and so that the engine's state can be asked for while they run.
                QueryConnections = Math.Min(options.QueriesActiveMax + 2, ChdbOptions.QueryConnectionsMax),
            },
            loggers.CreateLogger<ChdbTransport>()),
        StoreEngine.ClickHouse => new HttpTransport(
            new HttpOptions { Endpoint = new Uri(options.Url), User = options.User, Password = options.Password, Database = options.Database },
            time),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Engine, "Not an engine."),
    };
}
