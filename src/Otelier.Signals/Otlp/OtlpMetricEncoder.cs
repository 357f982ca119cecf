using Otelier.Signals.Metrics;

namespace Otelier.Signals.Otlp;

/// <summary>Turns data points back into the protobuf bytes of an ExportMetricsServiceRequest (opentelemetry.proto.metrics.v1).</summary>
public static partial class OtlpMetricEncoder
{
    /// <summary>Points that share resource, scope and metric go into one Metric message.</summary>
    /// <inheritdoc cref="OtlpSpanEncoder.Write"/>
    public static void Write(IReadOnlyList<MetricPoint> points, ProtoWriter output)
    {
        var metrics = points.GroupBy(point => (point.Series.Resource, point.Series.Scope, point.Series.Metric)).ToList();
        OtlpItemWriter.WriteRequest(output, metrics, metric => metric.Key.Resource, metric => metric.Key.Scope, (writer, metric) => WriteMetric(writer, metric.Key.Metric, metric));
    }

    private static void WriteMetric(ProtoWriter output, MetricDefinition metric, IEnumerable<MetricPoint> points)
    {
        OtlpItemWriter.WriteText(output, OtlpMetricTags.Name, metric.Name);
        OtlpItemWriter.WriteText(output, OtlpMetricTags.Description, metric.Description);
        OtlpItemWriter.WriteText(output, OtlpMetricTags.Unit, metric.Unit);
        var data = output.BeginMessage(OtlpItemWriter.FieldOf(DataTag(metric.Type)));
        foreach (var point in points)
        {
            var start = output.BeginMessage(OtlpItemWriter.FieldOf(OtlpMetricTags.DataPoints));
            WritePoint(output, point);
            output.EndMessage(start);
        }

        OtlpItemWriter.WriteEnum(output, OtlpMetricTags.AggregationTemporality, metric.AggregationTemporality);
        OtlpItemWriter.WriteEnum(output, OtlpMetricTags.IsMonotonic, metric.IsMonotonic ? 1 : 0);
        output.EndMessage(data);
        OtlpItemWriter.WriteAttributes(output, OtlpMetricTags.Metadata, metric.Metadata);
    }

    private static uint DataTag(MetricType type) => type switch
    {
        MetricType.Gauge => OtlpMetricTags.Gauge,
        MetricType.Sum => OtlpMetricTags.Sum,
        MetricType.Histogram => OtlpMetricTags.Histogram,
        MetricType.ExponentialHistogram => OtlpMetricTags.ExponentialHistogram,
        MetricType.Summary => OtlpMetricTags.Summary,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}
