namespace Otelier.Signals.Metrics;

/// <summary>What kind of data a metric has. The numbers are part of <see cref="SeriesIdentity"/> and must not change.</summary>
public enum MetricType
{
    Gauge = 1,
    Sum = 2,
    Histogram = 3,
    ExponentialHistogram = 4,
    Summary = 5,
}
