using System.Globalization;
using System.Text;
using System.Text.Json;
using Otelier.Signals.Attributes;
using Otelier.Signals.Columns;
using Otelier.Signals.Otlp;
using Otelier.Signals.Resources;
using Otelier.Signals.Traces;

namespace Otelier.Signals.Api;

/// <summary>
/// Spans as Jaeger's UI and those who read its JSON expect them: times in microseconds, attributes as typed tags, events as logs, and what
/// OTLP has beside the attributes as the tags that OpenTelemetry's mapping to Jaeger names.
/// </summary>
public static class JaegerJson
{
    private const ulong MicroNanos = 1_000;

    private const uint W3CFlags = 0xff;

    // What JavaScript can count to; Jaeger writes larger integers as texts.
    private const long NumberMax = 9_007_199_254_740_991;

    private static readonly string[] Kinds = ["", "internal", "server", "client", "producer", "consumer"];

    /// <summary>The kind as Jaeger calls it; empty where it has no name for it.</summary>
    public static string KindWord(int kind) => (uint)kind < (uint)Kinds.Length ? Kinds[kind] : "";

    /// <param name="json">Where to.</param>
    /// <param name="span">The span.</param>
    /// <param name="process">The number of its resource among the trace's processes.</param>
    public static void Write(Utf8JsonWriter json, Span span, int process)
    {
        json.WriteStartObject();
        json.WriteString("traceID", span.TraceId.ToString());
        json.WriteString("spanID", span.SpanId.ToString());
        // OTLP keeps more than the W3C flags there, which Jaeger does not know.
        if ((span.Flags & W3CFlags) != 0)
            json.WriteNumber("flags", span.Flags & W3CFlags);
        json.WriteString("operationName", span.Name);
        WriteReferences(json, span);
        json.WriteNumber("startTime", span.StartTimeUnixNano / MicroNanos);
        json.WriteNumber("duration", span.DurationNanos / MicroNanos);
        json.WriteStartArray("tags");
        WriteTags(json, span.Attributes);
        WriteOwnTags(json, span);
        json.WriteEndArray();
        json.WriteStartArray("logs");
        foreach (var e in span.Events)
            WriteLog(json, e);
        json.WriteEndArray();
        json.WriteString("processID", ProcessName(process));
        json.WriteNull("warnings");
        json.WriteEndObject();
    }

    /// <summary>Writes <c>"p1": {…}</c>.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="process">Its number among the trace's processes, from 0 on.</param>
    /// <param name="resource">What sent the spans.</param>
    public static void WriteProcess(Utf8JsonWriter json, int process, Resource resource)
    {
        json.WriteStartObject(ProcessName(process));
        json.WriteString("serviceName", resource.ServiceName);
        json.WriteStartArray("tags");
        WriteTags(json, resource.Attributes, without: "service.name"u8);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string ProcessName(int process) => string.Create(CultureInfo.InvariantCulture, $"p{process + 1}");

    private static void WriteReferences(Utf8JsonWriter json, Span span)
    {
        var (trace, parent) = (span.TraceId.ToString(), span.ParentSpanId.ToString());
        json.WriteStartArray("references");
        var isParentLinked = span.Links.Any(link => link.SpanId == parent && link.TraceId == trace && KindOf(link).Length > 0);
        if (!span.ParentSpanId.IsZero && !isParentLinked)
            WriteReference(json, "CHILD_OF", trace, parent);
        foreach (var link in span.Links)
            WriteReference(json, KindOf(link) == "child_of" ? "CHILD_OF" : "FOLLOWS_FROM", link.TraceId, link.SpanId);
        json.WriteEndArray();

        static string KindOf(SpanLink link) => link.Attributes.TryGet("opentracing.ref_type"u8, out var kind) ? kind.ToString() : "";
    }

    private static void WriteReference(Utf8JsonWriter json, string kind, string traceId, string spanId)
    {
        json.WriteStartObject();
        json.WriteString("refType", kind);
        json.WriteString("traceID", traceId);
        json.WriteString("spanID", spanId);
        json.WriteEndObject();
    }

    private static void WriteOwnTags(Utf8JsonWriter json, Span span)
    {
        WriteText(json, "otel.scope.name", span.Scope.Name);
        WriteText(json, "otel.scope.version", span.Scope.Version);
        WriteText(json, "span.kind", KindWord(span.Kind));
        WriteText(json, "otel.status_code", span.StatusCode switch { 1 => "OK", 2 => "ERROR", _ => "" });
        WriteText(json, "otel.status_description", span.StatusMessage);
        WriteText(json, "w3c.tracestate", span.TraceState);
        if (span.StatusCode != 2 || span.Attributes.TryGet("error"u8, out _))
            return;
        BeginTag(json, "error", "bool");
        json.WriteBoolean("value", true);
        json.WriteEndObject();
    }

    private static void WriteLog(Utf8JsonWriter json, SpanEvent e)
    {
        json.WriteStartObject();
        json.WriteNumber("timestamp", e.TimeUnixNano / MicroNanos);
        json.WriteStartArray("fields");
        if (!e.Attributes.TryGet("event"u8, out _))
            WriteText(json, "event", e.Name);
        WriteTags(json, e.Attributes);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTags(Utf8JsonWriter json, AttributeMap attributes, ReadOnlySpan<byte> without = default)
    {
        foreach (var attribute in attributes)
        {
            if (!without.IsEmpty && attribute.Key.SequenceEqual(without))
                continue;
            BeginTag(json, Encoding.UTF8.GetString(attribute.Key), TypeOf(attribute.Value.Letter));
            WriteValue(json, attribute.Value);
            json.WriteEndObject();
        }
    }

    private static void WriteValue(Utf8JsonWriter json, AttributeValue value)
    {
        json.WritePropertyName("value");
        // Jaeger has no lists: they are texts of JSON, which is how they are stored.
        if (value.Letter is AttributeLetter.String or AttributeLetter.Array or AttributeLetter.KeyValueList or AttributeLetter.Empty or AttributeLetter.Bytes)
            json.WriteStringValue(value.Text);
        else if (value.TryGetInt64(out var whole) && whole is > NumberMax or < -NumberMax)
            json.WriteStringValue(value.Text);
        else
            AnyValueText.WriteJson(json, value.Text, (byte)value.Letter);
    }

    private static string TypeOf(AttributeLetter letter) => letter switch
    {
        AttributeLetter.Int => "int64",
        AttributeLetter.Double => "float64",
        AttributeLetter.Bool => "bool",
        AttributeLetter.Bytes => "binary",
        _ => "string",
    };

    private static void WriteText(Utf8JsonWriter json, string key, string value)
    {
        if (value.Length == 0)
            return;
        BeginTag(json, key, "string");
        json.WriteString("value", value);
        json.WriteEndObject();
    }

    private static void BeginTag(Utf8JsonWriter json, string key, string type)
    {
        json.WriteStartObject();
        json.WriteString("key", key);
        json.WriteString("type", type);
    }
}
