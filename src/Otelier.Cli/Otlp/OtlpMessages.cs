using Otelier.Signals;

namespace Otelier.Cli.Otlp;

/// <summary>
/// The messages that traces and logs are made of, field by field, as
/// https://github.com/open-telemetry/opentelemetry-proto numbers and names them. Metrics are in <see cref="MetricMessages"/>.
/// </summary>
internal static class OtlpMessages
{
    private static readonly Field ListValues = new(1, "values");

    public static void Groups<T>(
        IMessageWriter writer, IReadOnlyList<ResourceGroup<T>> groups, Signal signal, Action<IMessageWriter, T> item)
    {
        var (resources, scopes, items) = signal switch
        {
            Signal.Traces => ("resourceSpans", "scopeSpans", "spans"),
            Signal.Logs => ("resourceLogs", "scopeLogs", "logRecords"),
            _ => ("resourceMetrics", "scopeMetrics", "metrics"),
        };
        writer.Repeated(new(1, resources), groups, (w, group) =>
        {
            w.Message(new(1, "resource"), group.Resource, ResourceFields);
            w.Repeated(new(2, scopes), group.Scopes, (w, scope) =>
            {
                w.Message(new(1, "scope"), scope.Scope, ScopeFields);
                w.Repeated(new(2, items), scope.Items, item);
                TextUnlessEmpty(w, new(3, "schemaUrl"), scope.SchemaUrl);
            });
            TextUnlessEmpty(w, new(3, "schemaUrl"), group.SchemaUrl);
        });
    }

    public static void SpanFields(IMessageWriter writer, Span span)
    {
        writer.Id(new(1, "traceId"), span.TraceId);
        writer.Id(new(2, "spanId"), span.SpanId);
        TextUnlessEmpty(writer, new(3, "traceState"), span.TraceState);
        IdUnlessEmpty(writer, new(4, "parentSpanId"), span.ParentSpanId);
        writer.Text(new(5, "name"), span.Name);
        UnlessZero(writer, new(6, "kind"), (uint)span.Kind);
        writer.Fixed64(new(7, "startTimeUnixNano"), span.StartNanos);
        writer.Fixed64(new(8, "endTimeUnixNano"), span.EndNanos);
        Attributes(writer, new(9, "attributes"), span.Attributes);
        UnlessZero(writer, new(10, "droppedAttributesCount"), span.DroppedAttributesCount);
        writer.Repeated(new(11, "events"), span.Events, EventFields);
        UnlessZero(writer, new(12, "droppedEventsCount"), span.DroppedEventsCount);
        writer.Repeated(new(13, "links"), span.Links, LinkFields);
        UnlessZero(writer, new(14, "droppedLinksCount"), span.DroppedLinksCount);
        if (span.Status != StatusCode.Unset || span.StatusMessage.Length > 0)
            writer.Message(new(15, "status"), span, static (w, s) =>
            {
                TextUnlessEmpty(w, new(2, "message"), s.StatusMessage);
                UnlessZero(w, new(3, "code"), (uint)s.Status);
            });
        if (span.Flags != 0)
            writer.Fixed32(new(16, "flags"), span.Flags);
    }

    public static void LogFields(IMessageWriter writer, LogRecord log)
    {
        if (log.TimeNanos != 0)
            writer.Fixed64(new(1, "timeUnixNano"), log.TimeNanos);
        UnlessZero(writer, new(2, "severityNumber"), (uint)log.SeverityNumber);
        TextUnlessEmpty(writer, new(3, "severityText"), log.SeverityText);
        if (log.Body is not null)
            writer.Message(new(5, "body"), log.Body, ValueFields);
        Attributes(writer, new(6, "attributes"), log.Attributes);
        UnlessZero(writer, new(7, "droppedAttributesCount"), log.DroppedAttributesCount);
        if (log.Flags != 0)
            writer.Fixed32(new(8, "flags"), log.Flags);
        IdUnlessEmpty(writer, new(9, "traceId"), log.TraceId);
        IdUnlessEmpty(writer, new(10, "spanId"), log.SpanId);
        if (log.ObservedNanos != 0)
            writer.Fixed64(new(11, "observedTimeUnixNano"), log.ObservedNanos);
        TextUnlessEmpty(writer, new(12, "eventName"), log.EventName);
    }

    public static void Attributes(IMessageWriter writer, Field field, AttributeList attributes) =>
        writer.Repeated(field, attributes, AttributeFields);

    public static void TextUnlessEmpty(IMessageWriter writer, Field field, string value)
    {
        if (value.Length > 0)
            writer.Text(field, value);
    }

    public static void IdUnlessEmpty(IMessageWriter writer, Field field, byte[] value)
    {
        if (value.Length > 0)
            writer.Id(field, value);
    }

    public static void UnlessZero(IMessageWriter writer, Field field, uint value)
    {
        if (value != 0)
            writer.UInt32(field, value);
    }

    private static void ResourceFields(IMessageWriter writer, Resource resource)
    {
        Attributes(writer, new(1, "attributes"), resource.Attributes);
        UnlessZero(writer, new(2, "droppedAttributesCount"), resource.DroppedAttributesCount);
    }

    private static void ScopeFields(IMessageWriter writer, Scope scope)
    {
        TextUnlessEmpty(writer, new(1, "name"), scope.Name);
        TextUnlessEmpty(writer, new(2, "version"), scope.Version);
        Attributes(writer, new(3, "attributes"), scope.Attributes);
        UnlessZero(writer, new(4, "droppedAttributesCount"), scope.DroppedAttributesCount);
    }

    private static void EventFields(IMessageWriter writer, SpanEvent item)
    {
        writer.Fixed64(new(1, "timeUnixNano"), item.TimeNanos);
        writer.Text(new(2, "name"), item.Name);
        Attributes(writer, new(3, "attributes"), item.Attributes);
        UnlessZero(writer, new(4, "droppedAttributesCount"), item.DroppedAttributesCount);
    }

    private static void LinkFields(IMessageWriter writer, SpanLink link)
    {
        writer.Id(new(1, "traceId"), link.TraceId);
        writer.Id(new(2, "spanId"), link.SpanId);
        TextUnlessEmpty(writer, new(3, "traceState"), link.TraceState);
        Attributes(writer, new(4, "attributes"), link.Attributes);
        UnlessZero(writer, new(5, "droppedAttributesCount"), link.DroppedAttributesCount);
        if (link.Flags != 0)
            writer.Fixed32(new(6, "flags"), link.Flags);
    }

    private static void AttributeFields(IMessageWriter writer, AttributeEntry attribute)
    {
        writer.Text(new(1, "key"), attribute.Key);
        writer.Message(new(2, "value"), attribute.Value, ValueFields);
    }

    private static void ValueFields(IMessageWriter writer, AnyValue value)
    {
        switch (value)
        {
            case AnyValue.Text text:
                writer.Text(new(1, "stringValue"), text.Value);
                break;
            case AnyValue.Flag flag:
                writer.Bool(new(2, "boolValue"), flag.Value);
                break;
            case AnyValue.Integer integer:
                writer.Int64(new(3, "intValue"), integer.Value);
                break;
            case AnyValue.Number number:
                writer.Double(new(4, "doubleValue"), number.Value);
                break;
            case AnyValue.Sequence sequence:
                writer.Message(new(5, "arrayValue"), sequence, static (w, s) => w.Repeated(ListValues, s.Values, ValueFields));
                break;
            case AnyValue.Map map:
                writer.Message(new(6, "kvlistValue"), map, static (w, m) => Attributes(w, ListValues, m.Entries));
                break;
            case AnyValue.Binary binary:
                writer.Bytes(new(7, "bytesValue"), binary.Value);
                break;
        }
    }
}
