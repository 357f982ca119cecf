using System.Text.Json;
using Otelier.Cli.Otlp;

namespace Otelier.Cli.Verify;

/// <summary>Compares spans and log records in the API's own JSON with what was written. The OTLP form is where every field is compared;
/// here it is names, times, and that attributes keep their types.</summary>
internal static class PlainShape
{
    public static void Span(JsonElement actual, Span expected, List<string> faults)
    {
        var at = $"span {expected.Name}";
        Text(actual, "traceId", Convert.ToHexStringLower(expected.TraceId), at, faults);
        Text(actual, "parentSpanId", Convert.ToHexStringLower(expected.ParentSpanId), at, faults);
        Text(actual, "name", expected.Name, at, faults);
        Text(actual, "startTimeUnixNano", $"{expected.StartNanos}", at, faults);
        Text(actual, "endTimeUnixNano", $"{expected.EndNanos}", at, faults);
        Text(actual, "durationNanos", $"{expected.EndNanos - expected.StartNanos}", at, faults);
        Text(actual, "serviceName", VerifyData.Service, at, faults);
        Name(actual, "kind", (int)expected.Kind, $"{expected.Kind}", at, faults);
        var status = Property(actual, "status");
        Name(status, "code", (int)expected.Status, $"{expected.Status}", at, faults);
        Text(status, "message", expected.StatusMessage, at, faults);
        Count(actual, "events", expected.Events.Count, at, faults);
        Count(actual, "links", expected.Links.Count, at, faults);
        Surroundings(actual, at, faults);
        Attributes(Property(actual, "attributes"), expected.Attributes, at, faults);
    }

    public static void Log(JsonElement actual, LogRecord expected, List<string> faults)
    {
        var at = $"log {expected.SeverityText}";
        Text(actual, "timeUnixNano", $"{expected.TimeNanos}", at, faults);
        Name(actual, "severityNumber", expected.SeverityNumber, expected.SeverityText, at, faults);
        Text(actual, "severityText", expected.SeverityText, at, faults);
        Text(actual, "traceId", Convert.ToHexStringLower(expected.TraceId), at, faults);
        Text(actual, "spanId", Convert.ToHexStringLower(expected.SpanId), at, faults);
        if (expected.Body is AnyValue.Text or AnyValue.Integer or AnyValue.Flag)
            Value(Property(actual, "body"), expected.Body, $"{at} body", faults);
        Surroundings(actual, at, faults);
        Attributes(Property(actual, "attributes"), expected.Attributes, at, faults);
    }

    /// <summary>The member of that name; undefined when there is none.</summary>
    public static JsonElement Property(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) ? value : default;

    /// <summary>Numbers and texts alike as text; absent and null as the empty one.</summary>
    public static string AsText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => "",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };

    private static void Surroundings(JsonElement actual, string at, List<string> faults)
    {
        Text(Property(Property(actual, "resource"), "attributes"), "service.version", "1.0.0", $"{at} resource", faults);
        Text(Property(actual, "scope"), "name", "otelier.verify", $"{at} scope", faults);
        Text(Property(actual, "scope"), "version", "1.2.3", $"{at} scope", faults);
    }

    private static void Attributes(JsonElement actual, AttributeList expected, string at, List<string> faults)
    {
        foreach (var attribute in expected)
            Value(Property(actual, attribute.Key), attribute.Value, $"{at} {attribute.Key}", faults);
    }

    private static void Value(JsonElement actual, AnyValue expected, string at, List<string> faults)
    {
        var kind = actual.ValueKind;
        var equal = expected switch
        {
            AnyValue.Text text => kind == JsonValueKind.String && actual.GetString() == text.Value,
            AnyValue.Flag flag => kind == (flag.Value ? JsonValueKind.True : JsonValueKind.False),
            // Beyond 2^53 a JSON number is not safe for every reader, so a text is as good.
            AnyValue.Integer integer => AsText(actual) == $"{integer.Value}" && (kind == JsonValueKind.Number || Math.Abs((double)integer.Value) > 1L << 53),
            AnyValue.Number number when double.IsFinite(number.Value) => kind == JsonValueKind.Number && actual.GetDouble() == number.Value,
            AnyValue.Sequence sequence => kind == JsonValueKind.Array && actual.GetArrayLength() == sequence.Values.Count,
            AnyValue.Map => kind == JsonValueKind.Object,
            AnyValue.Empty => kind is JsonValueKind.Null or JsonValueKind.Object,
            _ => kind != JsonValueKind.Undefined,
        };
        if (!equal)
            faults.Add($"different: {at} is {(kind == JsonValueKind.Undefined ? "missing" : actual.GetRawText())}, was {expected}");
    }

    private static void Text(JsonElement owner, string name, string expected, string at, List<string> faults)
    {
        var actual = AsText(Property(owner, name));
        if (actual != expected)
            faults.Add($"different: {at}: {name} is '{actual}', was '{expected}'");
    }

    // Enumerations may be given by OTLP's number or by their name, with or without its prefix.
    private static void Name(JsonElement owner, string name, int number, string word, string at, List<string> faults)
    {
        var actual = AsText(Property(owner, name));
        if (actual != $"{number}" && !actual.EndsWith(word, StringComparison.OrdinalIgnoreCase) && !(number == 0 && actual.Length == 0))
            faults.Add($"different: {at}: {name} is '{actual}', was {number} ({word})");
    }

    private static void Count(JsonElement owner, string name, int expected, string at, List<string> faults)
    {
        var list = Property(owner, name);
        var actual = list.ValueKind == JsonValueKind.Array ? list.GetArrayLength() : 0;
        if (actual != expected)
            faults.Add($"different: {at}: {actual} {name}, were {expected}");
    }
}
