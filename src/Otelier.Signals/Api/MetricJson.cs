using System.Globalization;
using System.Text.Json;
using Otelier.Signals.Metrics;

namespace Otelier.Signals.Api;

/// <summary>Metrics as the API shows them. Numbers that JSON has no form for are the texts <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>, as in OTLP.</summary>
public static class MetricJson
{
    private const int Delta = 1;
    private const int Cumulative = 2;

    /// <summary>The words of the types, by their numbers.</summary>
    public static IReadOnlyList<string> TypeWords { get; } = ["", "gauge", "sum", "histogram", "exponentialHistogram", "summary"];

    public static void Write(Utf8JsonWriter json, MetricInfo metric)
    {
        json.WriteStartObject();
        WriteHead(json, metric.Name, metric.Type, metric.Unit, metric.Description, metric.AggregationTemporality, metric.IsMonotonic);
        json.WriteNumber("seriesCount", metric.SeriesCount);
        json.WriteStartArray("services");
        foreach (var service in metric.Services)
            json.WriteStringValue(service);
        json.WriteEndArray();
        var day = DateTimeOffset.UnixEpoch.AddTicks((long)(metric.LastDayUnixNano / 100));
        json.WriteString("lastSeenDay", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, MetricPoint point)
    {
        json.WriteStartObject();
        var (series, metric) = (point.Series, point.Series.Metric);
        WriteHead(json, metric.Name, metric.Type, metric.Unit, metric.Description, metric.AggregationTemporality, metric.IsMonotonic);
        json.WriteString("seriesId", series.Id.ToString("x16", CultureInfo.InvariantCulture));
        AttributesJson.WriteNanos(json, "timeUnixNano", point.TimeUnixNano);
        if (point.StartTimeUnixNano != 0)
            AttributesJson.WriteNanos(json, "startTimeUnixNano", point.StartTimeUnixNano);
        WriteValues(json, point);
        json.WriteNumber("flags", point.Flags);
        json.WriteString("serviceName", series.Resource.ServiceName);
        AttributesJson.Write(json, "attributes", series.Attributes, droppedCount: 0);
        WriteExemplars(json, point.Exemplars);
        AttributesJson.WriteResource(json, series.Resource);
        AttributesJson.WriteScope(json, series.Scope);
        json.WriteEndObject();
    }

    /// <summary>Writes <c>{labels, points}</c>.</summary>
    public static void Write(Utf8JsonWriter json, MetricAnswer answer, AnswerSeries series)
    {
        json.WriteStartObject();
        WriteLabels(json, answer, series);
        json.WriteStartArray("points");
        for (var i = 0; i < series.Values.Count; i++)
        {
            json.WriteStartArray();
            json.WriteNumberValue(answer.Grid.UnixMillis(i));
            if (series.Values[i] is { } value)
                json.WriteNumberValue(value);
            else
                json.WriteNullValue();
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes <c>{labels, value}</c> of an answer with one step.</summary>
    public static void WriteInstant(Utf8JsonWriter json, MetricAnswer answer, AnswerSeries series)
    {
        json.WriteStartObject();
        WriteLabels(json, answer, series);
        if (series.Values[0] is { } value)
            json.WriteNumber("value", value);
        else
            json.WriteNull("value");
        json.WriteEndObject();
    }

    private static void WriteLabels(Utf8JsonWriter json, MetricAnswer answer, AnswerSeries series)
    {
        json.WriteStartObject("labels");
        for (var i = 0; i < series.LabelValues.Count; i++)
            json.WriteString(answer.LabelNames[i], series.LabelValues[i]);
        json.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter json, string name, MetricType type, string unit, string description, int temporality, bool isMonotonic)
    {
        json.WriteString("name", name);
        json.WriteString("type", TypeWords[(int)type]);
        json.WriteString("unit", unit);
        json.WriteString("description", description);
        switch (temporality)
        {
            case 0:
                break;
            case Delta:
                json.WriteString("temporality", "delta");
                break;
            case Cumulative:
                json.WriteString("temporality", "cumulative");
                break;
            default:
                json.WriteNumber("temporality", temporality);
                break;
        }

        if (type == MetricType.Sum)
            json.WriteBoolean("isMonotonic", isMonotonic);
    }

    private static void WriteValues(Utf8JsonWriter json, MetricPoint point)
    {
        switch (point)
        {
            case MetricPoint.Number number:
                WriteNumber(json, "value", number.Value);
                break;
            case MetricPoint.Histogram histogram:
                WriteDistribution(json, histogram);
                WriteList(json, "bucketCounts", histogram.BucketCounts, (writer, count) => writer.WriteNumberValue(count));
                WriteList(json, "explicitBounds", histogram.ExplicitBounds, WriteDouble);
                break;
            case MetricPoint.Exponential exponential:
                WriteDistribution(json, exponential);
                json.WriteNumber("scale", exponential.Scale);
                json.WriteNumber("zeroCount", exponential.ZeroCount);
                WriteDouble(json, "zeroThreshold", exponential.ZeroThreshold);
                WriteBuckets(json, "positive", exponential.Positive);
                WriteBuckets(json, "negative", exponential.Negative);
                break;
            case MetricPoint.Summary summary:
                json.WriteNumber("count", summary.Count);
                WriteDouble(json, "sum", summary.Sum);
                WriteList(json, "quantileValues", summary.Quantiles, (writer, quantile) =>
                {
                    writer.WriteStartObject();
                    WriteDouble(writer, "quantile", quantile.Quantile);
                    WriteDouble(writer, "value", quantile.Value);
                    writer.WriteEndObject();
                });
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(point), point.GetType().Name, "Not a kind of data point.");
        }
    }

    private static void WriteDistribution(Utf8JsonWriter json, MetricPoint.Distribution point)
    {
        json.WriteNumber("count", point.Count);
        if (point.Sum is { } sum)
            WriteDouble(json, "sum", sum);
        if (point.Min is { } min)
            WriteDouble(json, "min", min);
        if (point.Max is { } max)
            WriteDouble(json, "max", max);
    }

    private static void WriteBuckets(Utf8JsonWriter json, string name, ExponentialBuckets? buckets)
    {
        if (buckets is null)
            return;
        json.WriteStartObject(name);
        json.WriteNumber("offset", buckets.Offset);
        WriteList(json, "bucketCounts", buckets.Counts, (writer, count) => writer.WriteNumberValue(count));
        json.WriteEndObject();
    }

    private static void WriteExemplars(Utf8JsonWriter json, IReadOnlyList<Exemplar> exemplars)
    {
        if (exemplars.Count == 0)
            return;
        WriteList(json, "exemplars", exemplars, (writer, exemplar) =>
        {
            writer.WriteStartObject();
            WriteExemplar(writer, exemplar);
            writer.WriteEndObject();
        });
    }

    internal static void WriteExemplar(Utf8JsonWriter json, Exemplar exemplar)
    {
        AttributesJson.WriteNanos(json, "timeUnixNano", exemplar.TimeUnixNano);
        WriteNumber(json, "value", exemplar.Value);
        AttributesJson.WriteText(json, "traceId", exemplar.TraceId);
        AttributesJson.WriteText(json, "spanId", exemplar.SpanId);
        AttributesJson.Write(json, "attributes", exemplar.FilteredAttributes, droppedCount: 0);
    }

    /// <summary>An integer bare, no value as null.</summary>
    private static void WriteNumber(Utf8JsonWriter json, string name, MetricNumber number)
    {
        switch (number.Kind)
        {
            case NumberKind.Int:
                json.WriteNumber(name, number.IntValue);
                break;
            case NumberKind.Double:
                WriteDouble(json, name, number.Value);
                break;
            default:
                json.WriteNull(name);
                break;
        }
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
            write(json, item);
        json.WriteEndArray();
    }

    private static void WriteDouble(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        WriteDouble(json, value);
    }

    private static void WriteDouble(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
    }
}
