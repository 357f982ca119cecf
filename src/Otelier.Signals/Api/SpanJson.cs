using System.Globalization;
using System.Text.Json;
using Otelier.Signals.Traces;

namespace Otelier.Signals.Api;

/// <summary>Spans and traces as the API shows them.</summary>
public static class SpanJson
{
    private static readonly string[] Kinds = ["unspecified", "internal", "server", "client", "producer", "consumer"];
    private static readonly string[] StatusCodes = ["unset", "ok", "error"];

    /// <summary>The words of the span kinds, by the protocol's numbers.</summary>
    public static IReadOnlyList<string> KindWords => Kinds;

    public static void Write(Utf8JsonWriter json, Span span)
    {
        json.WriteStartObject();
        json.WriteString("traceId", span.TraceId.ToString());
        json.WriteString("spanId", span.SpanId.ToString());
        if (!span.ParentSpanId.IsZero)
            json.WriteString("parentSpanId", span.ParentSpanId.ToString());
        AttributesJson.WriteText(json, "traceState", span.TraceState);
        json.WriteNumber("flags", span.Flags);
        json.WriteString("name", span.Name);
        json.WriteString("kind", KindWord(span.Kind));
        json.WriteString("serviceName", span.Resource.ServiceName);
        AttributesJson.WriteNanos(json, "startTimeUnixNano", span.StartTimeUnixNano);
        AttributesJson.WriteNanos(json, "endTimeUnixNano", span.EndTimeUnixNano);
        json.WriteNumber("durationNanos", span.DurationNanos);
        json.WriteStartObject("status");
        json.WriteString("code", StatusWord(span.StatusCode));
        AttributesJson.WriteText(json, "message", span.StatusMessage);
        json.WriteEndObject();
        AttributesJson.Write(json, "attributes", span.Attributes, span.DroppedAttributesCount);
        json.WritePropertyName("events");
        WriteEvents(json, span);
        if (span.DroppedEventsCount != 0)
            json.WriteNumber("droppedEventsCount", span.DroppedEventsCount);
        json.WritePropertyName("links");
        WriteLinks(json, span);
        if (span.DroppedLinksCount != 0)
            json.WriteNumber("droppedLinksCount", span.DroppedLinksCount);
        AttributesJson.WriteResource(json, span.Resource);
        AttributesJson.WriteScope(json, span.Scope);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, TraceSummary trace)
    {
        json.WriteStartObject();
        json.WriteString("traceId", trace.TraceId.ToString());
        json.WriteString("rootService", trace.RootService);
        json.WriteString("rootName", trace.RootName);
        AttributesJson.WriteNanos(json, "startTimeUnixNano", trace.StartTimeUnixNano);
        json.WriteNumber("durationNanos", trace.DurationNanos);
        json.WriteNumber("spanCount", trace.SpanCount);
        json.WriteNumber("errorCount", trace.ErrorCount);
        json.WriteStartArray("services");
        foreach (var service in trace.Services)
            json.WriteStringValue(service);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Begins <c>{traceId, startTimeUnixNano, spans: [</c>, after which the spans are written.</summary>
    public static void BeginTrace(Utf8JsonWriter json, Span first)
    {
        json.WriteStartObject();
        json.WriteString("traceId", first.TraceId.ToString());
        AttributesJson.WriteNanos(json, "startTimeUnixNano", first.StartTimeUnixNano);
        json.WriteStartArray("spans");
    }

    private static void WriteEvent(Utf8JsonWriter json, SpanEvent e)
    {
        json.WriteStartObject();
        AttributesJson.WriteNanos(json, "timeUnixNano", e.TimeUnixNano);
        json.WriteString("name", e.Name);
        AttributesJson.Write(json, "attributes", e.Attributes, e.DroppedAttributesCount);
        json.WriteEndObject();
    }

    private static void WriteLink(Utf8JsonWriter json, SpanLink link)
    {
        json.WriteStartObject();
        json.WriteString("traceId", link.TraceId);
        json.WriteString("spanId", link.SpanId);
        AttributesJson.WriteText(json, "traceState", link.TraceState);
        json.WriteNumber("flags", link.Flags);
        AttributesJson.Write(json, "attributes", link.Attributes, link.DroppedAttributesCount);
        json.WriteEndObject();
    }

    internal static string KindWord(int number) => Word(Kinds, number);

    internal static string StatusWord(int number) => Word(StatusCodes, number);

    internal static void WriteEvents(Utf8JsonWriter json, Span span)
    {
        json.WriteStartArray();
        foreach (var e in span.Events)
            WriteEvent(json, e);
        json.WriteEndArray();
    }

    internal static void WriteLinks(Utf8JsonWriter json, Span span)
    {
        json.WriteStartArray();
        foreach (var link in span.Links)
            WriteLink(json, link);
        json.WriteEndArray();
    }

    private static string Word(string[] words, int number) =>
        (uint)number < (uint)words.Length ? words[number] : number.ToString(CultureInfo.InvariantCulture);
}
