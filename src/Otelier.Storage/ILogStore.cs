using Otelier.Signals.Logs;

namespace Otelier.Storage;

/// <summary>What a place to keep log records is. Implementations are thread-safe.</summary>
public interface ILogStore
{
    /// <inheritdoc cref="ITraceStore.WriteAsync"/>
    Task WriteAsync(Block<LogBatch> block, CancellationToken cancellationToken);
}
