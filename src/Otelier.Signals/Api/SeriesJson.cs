using System.Globalization;
using System.Text;
using System.Text.Json;
using Otelier.Signals.Metrics;

namespace Otelier.Signals.Api;

/// <summary>What is told of the series of a metric, as the API shows it.</summary>
public static class SeriesJson
{
    private static readonly byte[] ServiceName = "service.name"u8.ToArray();

    public static void Write(Utf8JsonWriter json, MetricLabel label)
    {
        json.WriteStartObject();
        json.WriteString("name", label.Name);
        json.WriteString("scope", label.IsOfResource ? "resource" : "point");
        json.WriteNumber("valueCount", label.ValueCount);
        json.WriteNumber("seriesCount", label.SeriesCount);
        json.WriteStartArray("values");
        foreach (var (value, seriesCount) in label.Values)
        {
            json.WriteStartObject();
            json.WriteString("value", value);
            json.WriteNumber("seriesCount", seriesCount);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, SeriesSeen seen)
    {
        var series = seen.Series;
        json.WriteStartObject();
        WriteLabels(json, "labels", series);
        json.WriteString("seriesId", series.Id.ToString("x16", CultureInfo.InvariantCulture));
        json.WriteString("type", MetricJson.TypeWords[(int)series.Metric.Type]);
        json.WriteString("unit", series.Metric.Unit);
        json.WriteString("serviceName", series.Resource.ServiceName);
        if (seen.FirstSeenUnixNano is { } first)
            AttributesJson.WriteNanos(json, "firstSeenUnixNano", first);
        if (seen.LastSeenUnixNano is { } last)
            AttributesJson.WriteNanos(json, "lastSeenUnixNano", last);
        AttributesJson.Write(json, "attributes", series.Attributes, droppedCount: 0);
        AttributesJson.WriteResource(json, series.Resource);
        AttributesJson.WriteScope(json, series.Scope);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, SeriesExemplar exemplar)
    {
        json.WriteStartObject();
        MetricJson.WriteExemplar(json, exemplar.Exemplar);
        if (exemplar.Series is { } series)
            WriteLabels(json, "seriesLabels", series);
        json.WriteEndObject();
    }

    /// <summary>The attributes of the points as texts, and the service, unless the points have one of their own.</summary>
    private static void WriteLabels(Utf8JsonWriter json, string name, SeriesDescription series)
    {
        json.WriteStartObject(name);
        if (!series.Attributes.TryGet(ServiceName, out _))
            json.WriteString(ServiceName, series.Resource.ServiceName);
        foreach (var entry in series.Attributes)
            json.WriteString(Encoding.UTF8.GetString(entry.Key), entry.Value.ToString());
        json.WriteEndObject();
    }
}
