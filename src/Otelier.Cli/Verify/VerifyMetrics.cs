using Otelier.Cli.Otlp;

namespace Otelier.Cli.Verify;

/// <summary>Metrics of all five types and both temporalities, all points within the one minute that queries are checked with.</summary>
internal static class VerifyMetrics
{
    public const string Gauge = "otelier.verify.gauge";
    public const string Counter = "otelier.verify.counter";
    public const string Histogram = "otelier.verify.histogram";
    public const string LaneKey = "lane";

    /// <summary>The gauge's values in lane a, five seconds after the minute and every ten seconds from there.</summary>
    public static readonly double[] GaugeValues = [3, 1.5, 4, 1, 5, 9.5];

    /// <summary>The counter's values at the same instants.</summary>
    public static readonly long[] CounterValues = [100, 110, 125, 150, 155, 160];

    public static readonly double[] Bounds = [1, 10, 100];

    public static IReadOnlyList<Metric> Of(VerifyData data, Span exemplarSpan)
    {
        var start = data.At(0);
        AttributeList Labels(string lane) => new() { { VerifyData.RunKey, data.Run }, { LaneKey, lane }, { "whole", 7 } };
        ulong Time(int i) => data.At(5 + (10 * i), (ulong)i);
        var exemplar = new Exemplar(Time(0), 1.5, exemplarSpan.TraceId, exemplarSpan.SpanId, new AttributeList { { "filtered", "yes" } });
        return
        [
            new(Gauge, "Cel", "A gauge of doubles in two lanes", new MetricData.Gauge(
            [
                .. GaugeValues.Select((v, i) => new NumberPoint(Labels("a"), 0, Time(i), v) { Exemplars = i == 0 ? [exemplar] : [] }),
                .. GaugeValues.Select((v, i) => new NumberPoint(Labels("b"), 0, Time(i), v * 10)),
            ]))
            {
                Metadata = new AttributeList { { "prometheus.type", "gauge" } },
            },
            new("otelier.verify.gauge.whole", "1", "Whole numbers, one of them the largest, and a point without a value", new MetricData.Gauge(
            [
                new NumberPoint(Labels("a"), start, Time(0), -5),
                new NumberPoint(Labels("a"), start, Time(1), long.MaxValue),
                new NumberPoint(Labels("a"), start, Time(2), default) { Flags = 1 },
            ])),
            new(Counter, "{item}", "A cumulative counter", new MetricData.Sum(
                [.. CounterValues.Select((v, i) => new NumberPoint(Labels("a"), start, Time(i), v))], Temporality.Cumulative, true)),
            new("otelier.verify.delta", "{item}", "A delta sum that may fall", new MetricData.Sum(
                [.. CounterValues.Select((v, i) => new NumberPoint(Labels("a"), Time(i) - 5, Time(i), -v / 4.0))], Temporality.Delta, false)),
            new(Histogram, "ms", "Explicit buckets", new MetricData.Histogram(
            [
                new HistogramPoint(Labels("a"), start, Time(0), 10, 321.5, [1, 2, 3, 4], Bounds) { Min = 0.5, Max = 250, Exemplars = [exemplar] },
                new HistogramPoint(Labels("b"), start, Time(1), 3, null, [3, 0, 0, 0], Bounds),
            ], Temporality.Delta)),
            new("otelier.verify.exponential", "ms", "Exponential buckets of both signs", new MetricData.ExponentialHistogram(
            [
                new ExponentialPoint(Labels("a"), start, Time(0), 9, 12.25, 3, 1)
                {
                    Positive = new ExponentialBuckets(-4, [1, 0, 300]),
                    Negative = new ExponentialBuckets(2, [5]),
                    ZeroThreshold = 0.001,
                    Min = -8,
                    Max = 9.5,
                    Exemplars = [exemplar],
                },
                new ExponentialPoint(Labels("b"), start, Time(1), 2, 4, -2, 0) { Positive = new ExponentialBuckets(0, [2]) },
            ], Temporality.Cumulative)),
            new("otelier.verify.summary", "s", "Quantiles made elsewhere", new MetricData.Summary(
            [
                new SummaryPoint(Labels("a"), start, Time(0), 100, 50.5, [new Quantile(0.5, 0.4), new Quantile(0.99, 1.25)]),
            ])),
        ];
    }
}
