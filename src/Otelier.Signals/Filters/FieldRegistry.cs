namespace Otelier.Signals.Filters;

/// <summary>The one table of the protocol's own fields, from which parser, formatter and documentation draw.</summary>
public static class FieldRegistry
{
    private static readonly Signal[] All = [Signal.Traces, Signal.Logs, Signal.Metrics];
    private static readonly Signal[] Traces = [Signal.Traces];
    private static readonly Signal[] Logs = [Signal.Logs];
    private static readonly Signal[] Items = [Signal.Traces, Signal.Logs];

    private static readonly FieldDefinition[] Definitions =
    [
        new(IntrinsicField.ServiceName, "service.name", FieldType.Text, All, "The resource's service.name.") { Aliases = ["service", "serviceName", "service_name"] },
        new(IntrinsicField.Name, "name", FieldType.Text, [Signal.Traces, Signal.Metrics], "The name of the span or the metric.") { Aliases = ["spanName", "span_name", "span.name"] },
        new(IntrinsicField.Kind, "kind", FieldType.Word, Traces, "The span's kind.")
        {
            Aliases = ["spanKind", "span_kind", "span.kind"],
            Words = ["unspecified", "internal", "server", "client", "producer", "consumer"],
        },
        new(IntrinsicField.Status, "status", FieldType.Word, Traces, "The span's status.")
        {
            Aliases = ["statusCode", "status_code", "status.code"],
            Words = ["unset", "ok", "error"],
        },
        new(IntrinsicField.StatusMessage, "status.message", FieldType.Text, Traces, "What the span's status says beside its code.") { Aliases = ["statusMessage", "status_message"] },
        new(IntrinsicField.DurationNanos, "duration", FieldType.Duration, Traces, "How long the span took.") { Aliases = ["durationNanos", "duration_nanos"] },
        new(IntrinsicField.TraceId, "traceId", FieldType.Id, Items, "The id of the trace, 32 hexadecimal digits.") { Aliases = ["trace_id"] },
        new(IntrinsicField.SpanId, "spanId", FieldType.Id, Items, "The id of the span, 16 hexadecimal digits.") { Aliases = ["span_id"] },
        new(IntrinsicField.ParentSpanId, "parentSpanId", FieldType.Id, Traces, "The id of the span's parent; empty for a root.") { Aliases = ["parent_span_id"] },
        new(IntrinsicField.IsRoot, "isRoot", FieldType.Boolean, Traces, "Whether the span has no parent.") { Aliases = ["is_root", "root"], Words = ["true", "false"] },
        new(IntrinsicField.LinkTraceId, "linkTraceId", FieldType.Id, Traces, "The trace ids of the span's links; one of them suffices.") { Aliases = ["link_trace_id", "links.traceId"] },
        new(IntrinsicField.SeverityNumber, "severity", FieldType.Severity, Logs, "The severity, as a number from 1 to 24 or a word that stands for four of them.")
        {
            Aliases = ["severityNumber", "severity_number"],
            Words = SeverityWord.All,
        },
        new(IntrinsicField.SeverityText, "severityText", FieldType.Text, Logs, "The severity as its source spelled it.") { Aliases = ["severity_text"] },
        new(IntrinsicField.Body, "body", FieldType.Text, Logs, "The record's body."),
        new(IntrinsicField.EventName, "eventName", FieldType.Text, Items, "The record's event name; of a span the names of its events, of which one suffices.") { Aliases = ["event_name", "events.name"] },
        new(IntrinsicField.ScopeName, "scope.name", FieldType.Text, All, "The name of the instrumentation scope.") { Aliases = ["scopeName", "scope_name"] },
        new(IntrinsicField.ScopeVersion, "scope.version", FieldType.Text, All, "The version of the instrumentation scope.") { Aliases = ["scopeVersion", "scope_version"] },
        new(IntrinsicField.Time, "time", FieldType.Time, Items, "When the span began or the record was made.") { Aliases = ["timestamp", "startTime", "start_time"] },
    ];

    private static readonly Dictionary<IntrinsicField, FieldDefinition> ByField = Definitions.ToDictionary(definition => definition.Field);

    private static readonly Dictionary<string, FieldDefinition> ByName = Definitions
        .SelectMany(definition => definition.Aliases.Prepend(definition.Name).Select(name => (Name: name, Definition: definition)))
        .ToDictionary(entry => entry.Name, entry => entry.Definition, StringComparer.Ordinal);

    /// <summary>The fields of a signal, in the order in which they are shown.</summary>
    public static IReadOnlyList<FieldDefinition> Of(Signal signal) => [.. Definitions.Where(definition => definition.Signals.Contains(signal))];

    /// <summary>The definition of a field.</summary>
    public static FieldDefinition Of(IntrinsicField field) => ByField[field];

    /// <summary>The type of what a filter looks at.</summary>
    public static FieldType TypeOf(FilterField field) => field is FilterField.Intrinsic intrinsic ? ByField[intrinsic.Name].Type : FieldType.Any;

    /// <summary>The field of that name in a signal, or <see langword="null"/>.</summary>
    internal static FieldDefinition? Find(Signal signal, string name) =>
        ByName.TryGetValue(name, out var definition) && definition.Signals.Contains(signal) ? definition : null;

    /// <summary>Whether the name is taken by a field of any signal, so that an attribute of that name must be quoted.</summary>
    internal static bool IsTaken(string name) => ByName.ContainsKey(name);
}
