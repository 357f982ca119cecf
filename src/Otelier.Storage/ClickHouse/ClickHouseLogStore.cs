using Otelier.Signals;
using Otelier.Signals.Catalog;
using Otelier.Signals.Logs;
using Otelier.Storage.ClickHouse.Logs;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Tables;

namespace Otelier.Storage.ClickHouse;

/// <summary>Log records in a ClickHouse engine: <c>otel_logs</c> and what is derived from it.</summary>
internal sealed class ClickHouseLogStore(BlockInserter inserter, QueryRunner queries, LogBodyIndex index) : ILogStore
{
    private readonly LogReader _records = new(queries, index);
    private readonly TraceLogReader _traceRecords = new(queries);
    private readonly LogContextReader _contexts = new(queries);
    private readonly CatalogWriter _catalog = new(inserter);

    /// <inheritdoc/>
    public async Task WriteAsync(Block<LogBatch> block, CancellationToken cancellationToken)
    {
        var records = inserter.InsertAsync(LogTable.Table, block, block.Count, block.Token, cancellationToken);
        try
        {
            _catalog.Prepare(block, AddAttributes);
            await _catalog.InsertAsync(cancellationToken);
        }
        finally
        {
            // The block must not be let go of while it is being read.
            await records.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await records;
    }

    /// <inheritdoc/>
    public Task<Page<LogRecord>> FindLogsAsync(LogQuery query, CancellationToken cancellationToken) => _records.FindLogsAsync(query, cancellationToken);

    /// <inheritdoc/>
    public Task<ulong?> CountLogsAsync(LogQuery query, CancellationToken cancellationToken) => _records.CountAsync(query, cancellationToken);
    public Task<Page<LogRecord>> FindTraceLogsAsync(TraceLogQuery query, CancellationToken cancellationToken) =>
        _traceRecords.FindTraceLogsAsync(query, cancellationToken);

    /// <inheritdoc/>
    public Task<LogRecord?> GetLogAsync(TenantId tenant, LogId id, CancellationToken cancellationToken) => _contexts.GetLogAsync(tenant, id, cancellationToken);

    /// <inheritdoc/>
    public Task<LogContext?> GetContextAsync(LogContextQuery query, CancellationToken cancellationToken) => _contexts.GetContextAsync(query, cancellationToken);

    private static void AddAttributes(CatalogRollup rollup, BlockPart<LogBatch> part)
    {
        var batch = part.Batch;
        var services = batch.Resources.ServiceName;
        rollup.Add(Signal.Logs, AttributeLevel.Log, part.Tenant, batch.Attributes, record => services.NameOf(batch.Scopes.ResourceIndex[batch.ScopeIndex[record]]));
    }
}
