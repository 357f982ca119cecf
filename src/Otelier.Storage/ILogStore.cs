using Otelier.Signals;
using Otelier.Signals.Logs;

namespace Otelier.Storage;

/// <summary>What a place to keep log records is. Implementations are thread-safe. Faults of the store are thrown as <see cref="StoreException"/>.</summary>
public interface ILogStore
{
    /// <inheritdoc cref="ITraceStore.WriteAsync"/>
    Task WriteAsync(Block<LogBatch> block, CancellationToken cancellationToken);

    /// <summary>How many records a search finds, as <see cref="ITraceStore.CountSpansAsync"/> counts.</summary>
    Task<ulong?> CountLogsAsync(LogQuery query, CancellationToken cancellationToken);

    /// <summary>Searches log records, newest first. Paging on while inserts go on gives every record once that was there at the first page.</summary>
    Task<Page<LogRecord>> FindLogsAsync(LogQuery query, CancellationToken cancellationToken);

    /// <summary>The log records of one trace, oldest first; none where the tenant has no such records.</summary>
    Task<Page<LogRecord>> FindTraceLogsAsync(TraceLogQuery query, CancellationToken cancellationToken);

    /// <summary>The record of that id, or <see langword="null"/> where the tenant has none.</summary>
    Task<LogRecord?> GetLogAsync(TenantId tenant, LogId id, CancellationToken cancellationToken);

    /// <summary>A record with those before and after it in its stream, or <see langword="null"/> where the tenant has no such record.</summary>
    Task<LogContext?> GetContextAsync(LogContextQuery query, CancellationToken cancellationToken);
}
