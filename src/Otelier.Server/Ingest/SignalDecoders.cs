using Otelier.Signals.Logs;
using Otelier.Signals.Metrics;
using Otelier.Signals.Otlp;
using Otelier.Signals.Traces;

namespace Otelier.Server.Ingest;

/// <summary>The request decoders of the three signals.</summary>
internal sealed class SignalDecoders
{
    /// <summary>How much memory the unused batches of one signal may hold, in bytes.</summary>
    public const long PooledBytesMax = 64L << 20;

    public RequestDecoder<SpanBatch> Traces { get; } = new(() => new TraceDecoder(), OtlpSchema.ExportTraceServiceRequest, PooledBytesMax);

    public RequestDecoder<LogBatch> Logs { get; } = new(() => new LogDecoder(), OtlpSchema.ExportLogsServiceRequest, PooledBytesMax);

    public RequestDecoder<MetricBatch> Metrics { get; } = new(() => new MetricsDecoder(), OtlpSchema.ExportMetricsServiceRequest, PooledBytesMax);

    /// <summary>Lets go of the memory of unused batches and decoders; for an idle server.</summary>
    public void Trim()
    {
        Traces.Trim();
        Logs.Trim();
        Metrics.Trim();
    }
}
