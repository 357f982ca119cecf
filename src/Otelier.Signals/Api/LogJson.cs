using System.Text.Json;
using Otelier.Signals.Logs;
using Otelier.Signals.Otlp;

namespace Otelier.Signals.Api;

/// <summary>Log records as the API shows them.</summary>
public static class LogJson
{
    public static void Write(Utf8JsonWriter json, LogRecord record)
    {
        json.WriteStartObject();
        if (record.Id is { } id)
            json.WriteString("id", id.ToString());
        // The time by which the record is found; the sender's own may be missing.
        AttributesJson.WriteNanos(json, "timestampUnixNano", record.TimestampUnixNano);
        if (record.TimeUnixNano != 0)
            AttributesJson.WriteNanos(json, "timeUnixNano", record.TimeUnixNano);
        if (record.ObservedTimeUnixNano != 0)
            AttributesJson.WriteNanos(json, "observedTimeUnixNano", record.ObservedTimeUnixNano);
        json.WriteNumber("severityNumber", record.SeverityNumber);
        AttributesJson.WriteText(json, "severityText", record.SeverityText);
        json.WriteString("serviceName", record.Resource.ServiceName);
        if (record.Body is { } body)
        {
            json.WritePropertyName("body");
            AnyValueText.WriteJson(json, body.Value.Text, (byte)body.Value.Letter);
        }

        AttributesJson.Write(json, "attributes", record.Attributes, record.DroppedAttributesCount);
        json.WriteNumber("flags", record.Flags);
        if (!record.TraceId.IsZero)
            json.WriteString("traceId", record.TraceId.ToString());
        if (!record.SpanId.IsZero)
            json.WriteString("spanId", record.SpanId.ToString());
        AttributesJson.WriteText(json, "eventName", record.EventName);
        AttributesJson.WriteResource(json, record.Resource);
        AttributesJson.WriteScope(json, record.Scope);
        json.WriteEndObject();
    }
}
