namespace Otelier.Signals.Metrics;

/// <summary>
/// The data points of one Export request, as columns (opentelemetry.proto.metrics.v1). Points lie by kind; each names its
/// series, a series its metric, a metric its scope.
/// </summary>
public sealed class MetricBatch : SignalBatch
{
    public override Signal Signal => Signal.Metrics;

    /// <summary>How many data points of all kinds there are.</summary>
    public override int Count => Numbers.Count + Histograms.Count + ExponentialHistograms.Count + Summaries.Count;

    public MetricDescriptors Metrics { get; } = new();

    public MetricSeries Series { get; } = new();

    public NumberPoints Numbers { get; } = new();

    public HistogramPoints Histograms { get; } = new();

    public ExponentialHistogramPoints ExponentialHistograms { get; } = new();

    public SummaryPoints Summaries { get; } = new();

    public MetricExemplars Exemplars { get; } = new();

    public override long MemoryBytes =>
        base.MemoryBytes + Metrics.Capacity + Series.Capacity + Numbers.Capacity + Histograms.Capacity + ExponentialHistograms.Capacity
        + Summaries.Capacity + Exemplars.Capacity;

    /// <inheritdoc/>
    public override int CountQuarantined(long receivedUnixNano) =>
        CountQuarantined(Numbers, receivedUnixNano) + CountQuarantined(Histograms, receivedUnixNano) + CountQuarantined(ExponentialHistograms, receivedUnixNano) + CountQuarantined(Summaries, receivedUnixNano);

    /// <summary>Takes back what has been added for a point that turned out to be bad.</summary>
    /// <param name="exemplars">How many exemplars there were before it.</param>
    internal void TakeBackPoint(int exemplars)
    {
        Series.Truncate(Series.Count);
        Exemplars.Truncate(exemplars);
        Numbers.Truncate(Numbers.Count);
        Histograms.Truncate(Histograms.Count);
        ExponentialHistograms.Truncate(ExponentialHistograms.Count);
        Summaries.Truncate(Summaries.Count);
    }

    protected override void ClearNested()
    {
        Metrics.Clear();
        Series.Clear();
        Numbers.Clear();
        Exemplars.Clear();
        // Most requests have none of these, and without rows their columns hold nothing: leaving them alone saves a small
        // request the cache misses of touching them all.
        if (Histograms.Count > 0)
            Histograms.Clear();
        if (ExponentialHistograms.Count > 0)
            ExponentialHistograms.Clear();
        if (Summaries.Count > 0)
            Summaries.Clear();
    }

    protected override void ReleaseNested()
    {
        Metrics.Release();
        Series.Release();
        Numbers.Release();
        Histograms.Release();
        ExponentialHistograms.Release();
        Summaries.Release();
        Exemplars.Release();
    }

    private static int CountQuarantined(PointSet points, long receivedUnixNano) => TimeClass.CountQuarantined(points.TimeUnixNano.Values, receivedUnixNano);
}
