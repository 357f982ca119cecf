using Otelier.Signals.Metrics;

namespace Otelier.Storage;

/// <summary>What a place to keep metric points is. Implementations are thread-safe.</summary>
public interface IMetricStore
{
    /// <inheritdoc cref="ITraceStore.WriteAsync"/>
    Task WriteAsync(Block<MetricBatch> block, CancellationToken cancellationToken);
}
