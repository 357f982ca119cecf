using System.Text.Json;
using Otelier.Signals.Services;

namespace Otelier.Signals.Api;

/// <summary>Services as the API shows them.</summary>
public static class ServiceJson
{
    private const int MillisPerSecond = 1000;

    private static readonly string[] NodeWords = ["service", "database", "queue", "external"];
    private static readonly string[] CallWords = ["rpc", "database", "queue"];

    /// <summary>Writes a service.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="service">The service.</param>
    /// <param name="apdexNanos">The threshold of its Apdex, in nanoseconds; <see langword="null"/> for none.</param>
    public static void Write(Utf8JsonWriter json, ServiceSummary service, ulong? apdexNanos)
    {
        json.WriteStartObject();
        json.WriteString("name", service.Name);
        json.WriteNumber("requestCount", service.Figures.MeasuredCount);
        json.WriteNumber("requestErrorCount", service.Figures.MeasuredErrorCount);
        WriteFigures(json, service.Figures, service.Seconds, apdexNanos);
        AttributesJson.WriteNanos(json, "firstSeenUnixNano", service.FirstSeenUnixNano);
        AttributesJson.WriteNanos(json, "lastSeenUnixNano", service.LastSeenUnixNano);
        json.WriteEndObject();
    }

    /// <inheritdoc cref="Write(Utf8JsonWriter, ServiceSummary, ulong?)"/>
    public static void Write(Utf8JsonWriter json, OperationSummary operation, ulong? apdexNanos)
    {
        json.WriteStartObject();
        json.WriteString("name", operation.Name);
        json.WriteString("kind", SpanJson.KindWord(operation.Kind));
        WriteFigures(json, operation.Figures, operation.Seconds, apdexNanos);
        json.WriteNumber("durationTotalNanos", operation.Figures.DurationSumNanos);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, RedSeries series)
    {
        json.WriteStartObject();
        if (series.ServiceName is not null)
            json.WriteString("serviceName", series.ServiceName);
        if (series.Name is not null)
            json.WriteString("name", series.Name);
        json.WriteStartArray("points");
        foreach (var point in series.Points)
        {
            json.WriteStartObject();
            json.WriteNumber("timeUnixMillis", point.UnixSeconds * MillisPerSecond);
            json.WriteNumber("spanCount", point.Figures.MeasuredCount);
            json.WriteNumber("errorCount", point.Figures.MeasuredErrorCount);
            WriteDurations(json, point.Figures);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes <c>{id, name, type, …}</c>.</summary>
    public static void Write(Utf8JsonWriter json, ServiceMapNode node)
    {
        json.WriteStartObject();
        json.WriteString("id", node.Id);
        json.WriteString("name", node.Name);
        json.WriteString("type", NodeWords[(int)node.Type]);
        AttributesJson.WriteText(json, "system", node.System);
        json.WriteNumber("spanCount", node.SpanCount);
        json.WriteNumber("errorCount", node.ErrorCount);
        json.WriteNumber("durationP95Nanos", Math.Round(node.DurationP95Nanos));
        json.WriteEndObject();
    }

    /// <summary>Writes <c>{source, target, type, …}</c>.</summary>
    public static void Write(Utf8JsonWriter json, ServiceMapEdge edge)
    {
        var calls = edge.Calls;
        json.WriteStartObject();
        json.WriteString("source", edge.SourceId);
        json.WriteString("target", edge.TargetId);
        json.WriteString("type", CallWords[(int)edge.Type]);
        json.WriteNumber("callCount", calls.Count);
        json.WriteNumber("errorCount", calls.Errors);
        json.WriteNumber("errorRate", (double)calls.Errors / calls.Count);
        json.WriteNumber("ratePerSecond", calls.Count / edge.Seconds);
        json.WriteNumber("durationAverageNanos", Math.Round((double)calls.DurationSumNanos / calls.Count));
        json.WriteNumber("durationP95Nanos", Math.Round(calls.DurationQuantileNanos(0.95)));
        if (calls.CallerDurationQuantileNanos(0.95) is { } caller)
            json.WriteNumber("callerDurationP95Nanos", Math.Round(caller));
        json.WriteEndObject();
    }

    private static void WriteFigures(Utf8JsonWriter json, RedFigures figures, double seconds, ulong? apdexNanos)
    {
        json.WriteNumber("spanCount", figures.SpanCount);
        json.WriteNumber("errorCount", figures.ErrorCount);
        json.WriteNumber("ratePerSecond", figures.MeasuredCount / seconds);
        json.WriteNumber("errorRate", figures.ErrorRate);
        WriteDurations(json, figures);
        json.WriteNumber("durationMaxNanos", figures.DurationMaxNanos);
        if (apdexNanos is { } threshold && figures.Apdex(threshold) is { } apdex)
            json.WriteNumber("apdex", apdex);
    }

    private static void WriteDurations(Utf8JsonWriter json, RedFigures figures)
    {
        json.WriteNumber("durationAverageNanos", Math.Round(figures.DurationAverageNanos));
        json.WriteNumber("durationP50Nanos", Math.Round(figures.DurationQuantileNanos(0.50)));
        json.WriteNumber("durationP95Nanos", Math.Round(figures.DurationQuantileNanos(0.95)));
        json.WriteNumber("durationP99Nanos", Math.Round(figures.DurationQuantileNanos(0.99)));
    }
}
