using Kind = Otelier.Signals.Otlp.OtlpFieldKind;

namespace Otelier.Signals.Otlp;

/// <summary>
/// The wire contract of OTLP 1.11 (common, resource, traces, logs, metrics and their collector services) as a table. The
/// JSON transcoders walk it, and the coverage test asks of every row where the field is kept.
/// </summary>
public static partial class OtlpSchema
{
    /// <summary>Every message of the table.</summary>
    public static IReadOnlyList<OtlpMessage> Messages => [.. Common, .. Trace, .. Logs, .. Metrics];

    private static OtlpMessage[] Common => [AnyValue, ArrayValue, KeyValueList, KeyValue, InstrumentationScope, EntityRef, Resource];

    // ---- common ----

    public static OtlpMessage AnyValue { get; } = new("AnyValue",
        OneOf(1, "string_value", Kind.String),
        OneOf(2, "bool_value", Kind.Bool),
        OneOf(3, "int_value", Kind.Int64),
        OneOf(4, "double_value", Kind.Double),
        OneOf(5, "array_value", () => ArrayValue!),
        OneOf(6, "kvlist_value", () => KeyValueList!),
        OneOf(7, "bytes_value", Kind.Bytes),
        // Of profiles alone; elsewhere a receiver takes it for no value.
        OneOf(8, "string_value_strindex", Kind.Int32));

    public static OtlpMessage ArrayValue { get; } = new("ArrayValue",
        Many(1, "values", () => AnyValue));

    public static OtlpMessage KeyValueList { get; } = new("KeyValueList",
        Many(1, "values", () => KeyValue!));

    public static OtlpMessage KeyValue { get; } = new("KeyValue",
        One(1, "key", Kind.String),
        One(2, "value", () => AnyValue),
        // Of profiles alone.
        One(3, "key_strindex", Kind.Int32));

    public static OtlpMessage InstrumentationScope { get; } = new("InstrumentationScope",
        One(1, "name", Kind.String),
        One(2, "version", Kind.String),
        Many(3, "attributes", () => KeyValue),
        One(4, "dropped_attributes_count", Kind.UInt32));

    public static OtlpMessage EntityRef { get; } = new("EntityRef",
        One(1, "schema_url", Kind.String),
        One(2, "type", Kind.String),
        Many(3, "id_keys", Kind.String),
        Many(4, "description_keys", Kind.String));

    // ---- resource ----

    public static OtlpMessage Resource { get; } = new("Resource",
        Many(1, "attributes", () => KeyValue),
        One(2, "dropped_attributes_count", Kind.UInt32),
        Many(3, "entity_refs", () => EntityRef));

    private static OtlpField One(int number, string name, Kind kind) =>
        new(number, name, kind, OtlpFieldPresence.Implicit, null);

    private static OtlpField One(int number, string name, Func<OtlpMessage> type) =>
        new(number, name, Kind.Message, OtlpFieldPresence.Implicit, type);

    private static OtlpField Optional(int number, string name, Kind kind) =>
        new(number, name, kind, OtlpFieldPresence.Explicit, null);

    private static OtlpField OneOf(int number, string name, Kind kind) =>
        new(number, name, kind, OtlpFieldPresence.OneOf, null);

    private static OtlpField OneOf(int number, string name, Func<OtlpMessage> type) =>
        new(number, name, Kind.Message, OtlpFieldPresence.OneOf, type);

    private static OtlpField Many(int number, string name, Kind kind) =>
        new(number, name, kind, OtlpFieldPresence.Repeated, null);

    private static OtlpField Many(int number, string name, Func<OtlpMessage> type) =>
        new(number, name, Kind.Message, OtlpFieldPresence.Repeated, type);
}
