using Otelier.Signals.Columns;
using Otelier.Signals.Metrics;
using C = Otelier.Storage.ClickHouse.Tables.ItemColumns<Otelier.Signals.Metrics.MetricBatch>;

namespace Otelier.Storage.ClickHouse.Tables;

/// <summary>The tables that the data points and exemplars of a block go to.</summary>
internal static class MetricTables
{
    private static readonly MetricPointColumns Number = new(b => b.Numbers.SeriesIndex, b => b.Numbers.TimeUnixNano);

    private static readonly MetricPointColumns Histogram = new(b => b.Histograms.SeriesIndex, b => b.Histograms.TimeUnixNano);

    private static readonly MetricPointColumns Exponential =
        new(b => b.ExponentialHistograms.SeriesIndex, b => b.ExponentialHistograms.TimeUnixNano);

    private static readonly MetricPointColumns Summary = new(b => b.Summaries.SeriesIndex, b => b.Summaries.TimeUnixNano);

    private static readonly MetricPointColumns Exemplar = new(b => b.Exemplars.SeriesIndex, b => b.Exemplars.PointTimeUnixNano);

    private static readonly NestedColumns<MetricBatch> Quantiles = new("ValueAtQuantiles", b => b.Summaries.Quantiles.Ends);

    /// <summary><c>metric_points</c>: the points of gauges and sums.</summary>
    public static readonly MetricTable Points = new(new("metric_points",
    [
        Number.Tenant,
        Number.MetricName,
        Number.SeriesId,
        Number.Timestamp,
        C.Fixed("StartTimestamp", TypeNames.Time, b => b.Numbers.StartTimeUnixNano),
        C.Fixed("Value", "Float64", b => b.Numbers.Value),
        C.Computed<long>("IntRest", "Int64", b => b.Numbers.Count, (part, rows) => MetricPointColumns.FillIntRest(
            part.Batch.Numbers.Kind.Values, part.Batch.Numbers.Value.Values, part.Batch.Numbers.IntValue.Values, rows)),
        C.Fixed("ValueType", "UInt8", b => b.Numbers.Kind),
        C.Fixed("Flags", "UInt32", b => b.Numbers.Flags),
        Number.TimeClassOfPoint,
    ]), b => b.Numbers.Count);

    /// <summary><c>metric_histograms</c>: the points of histograms with explicit bounds.</summary>
    public static readonly MetricTable Histograms = new(new("metric_histograms",
    [
        Histogram.Tenant,
        Histogram.MetricName,
        Histogram.SeriesId,
        Histogram.Timestamp,
        C.Fixed("StartTimestamp", TypeNames.Time, b => b.Histograms.StartTimeUnixNano),
        C.Fixed("Count", "UInt64", b => b.Histograms.PopulationCount),
        C.Fixed("Sum", "Float64", b => b.Histograms.Sum),
        C.Fixed("Min", "Float64", b => b.Histograms.Min),
        C.Fixed("Max", "Float64", b => b.Histograms.Max),
        C.Fixed("Fields", "UInt8", b => b.Histograms.Fields),
        ListOf("BucketCounts", "UInt64", b => b.Histograms.BucketCounts),
        ListOf("ExplicitBounds", "Float64", b => b.Histograms.ExplicitBounds),
        C.Fixed("Flags", "UInt32", b => b.Histograms.Flags),
        Histogram.TimeClassOfPoint,
    ]), b => b.Histograms.Count);

    /// <summary><c>metric_exponential_histograms</c>.</summary>
    public static readonly MetricTable ExponentialHistograms = new(new("metric_exponential_histograms",
    [
        Exponential.Tenant,
        Exponential.MetricName,
        Exponential.SeriesId,
        Exponential.Timestamp,
        C.Fixed("StartTimestamp", TypeNames.Time, b => b.ExponentialHistograms.StartTimeUnixNano),
        C.Fixed("Count", "UInt64", b => b.ExponentialHistograms.PopulationCount),
        C.Fixed("Sum", "Float64", b => b.ExponentialHistograms.Sum),
        C.Fixed("Min", "Float64", b => b.ExponentialHistograms.Min),
        C.Fixed("Max", "Float64", b => b.ExponentialHistograms.Max),
        C.Fixed("Fields", "UInt8", b => b.ExponentialHistograms.Fields),
        C.Fixed("Scale", "Int32", b => b.ExponentialHistograms.Scale),
        C.Fixed("ZeroCount", "UInt64", b => b.ExponentialHistograms.ZeroCount),
        C.Fixed("ZeroThreshold", "Float64", b => b.ExponentialHistograms.ZeroThreshold),
        C.Fixed("PositiveOffset", "Int32", b => b.ExponentialHistograms.PositiveOffset),
        ListOf("PositiveBucketCounts", "UInt64", b => b.ExponentialHistograms.PositiveBucketCounts),
        C.Fixed("NegativeOffset", "Int32", b => b.ExponentialHistograms.NegativeOffset),
        ListOf("NegativeBucketCounts", "UInt64", b => b.ExponentialHistograms.NegativeBucketCounts),
        C.Fixed("Flags", "UInt32", b => b.ExponentialHistograms.Flags),
        Exponential.TimeClassOfPoint,
    ]), b => b.ExponentialHistograms.Count);

    /// <summary><c>metric_summaries</c>.</summary>
    public static readonly MetricTable Summaries = new(new("metric_summaries",
    [
        Summary.Tenant,
        Summary.MetricName,
        Summary.SeriesId,
        Summary.Timestamp,
        C.Fixed("StartTimestamp", TypeNames.Time, b => b.Summaries.StartTimeUnixNano),
        C.Fixed("Count", "UInt64", b => b.Summaries.PopulationCount),
        C.Fixed("Sum", "Float64", b => b.Summaries.Sum),
        Quantiles.Fixed("Quantile", "Float64", b => b.Summaries.Quantiles.Values),
        Quantiles.Fixed("Value", "Float64", b => b.Summaries.QuantileValues.Values),
        C.Fixed("Flags", "UInt32", b => b.Summaries.Flags),
        Summary.TimeClassOfPoint,
    ]), b => b.Summaries.Count);

    /// <summary><c>metric_exemplars</c>: the exemplars of all kinds of points.</summary>
    public static readonly MetricTable Exemplars = new(new("metric_exemplars",
    [
        Exemplar.Tenant,
        Exemplar.MetricName,
        Exemplar.SeriesId,
        Exemplar.Timestamp,
        C.Fixed("Position", "UInt32", b => b.Exemplars.Position),
        C.Fixed("ExemplarTimestamp", TypeNames.Time, b => b.Exemplars.TimeUnixNano),
        C.Fixed("Value", "Float64", b => b.Exemplars.Value),
        C.Computed<long>("IntRest", "Int64", b => b.Exemplars.Count, (part, rows) => MetricPointColumns.FillIntRest(
            part.Batch.Exemplars.Kind.Values, part.Batch.Exemplars.Value.Values, part.Batch.Exemplars.IntValue.Values, rows)),
        C.Fixed("ValueType", "UInt8", b => b.Exemplars.Kind),
        C.Strings("SpanId", b => b.Exemplars.SpanId),
        C.Strings("TraceId", b => b.Exemplars.TraceId),
        C.Map("FilteredAttributes", b => b.Exemplars.FilteredAttributes),
        C.Signature("FilteredAttributesSignature", b => b.Exemplars.FilteredAttributes),
        Exemplar.TimeClassOfPoint,
    ]), b => b.Exemplars.Count);

    /// <summary>Every table a block of data points may have rows for.</summary>
    public static readonly IReadOnlyList<MetricTable> All = [Points, Histograms, ExponentialHistograms, Summaries, Exemplars];

    private static TableColumn<Block<MetricBatch>> ListOf<T>(string name, string type, Func<MetricBatch, ListColumn<T>> select)
        where T : unmanaged => new NestedColumns<MetricBatch>("", b => select(b).Ends).Fixed(name, type, b => select(b).Values);
}
