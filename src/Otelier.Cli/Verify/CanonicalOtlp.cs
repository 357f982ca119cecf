using System.Globalization;
using System.Text.Json;
using Otelier.Signals;

namespace Otelier.Cli.Verify;

/// <summary>One span, log record or data point with everything that surrounds it, as path → value.</summary>
/// <param name="Key">What tells it from every other: ids, a number, or series and time.</param>
/// <param name="Fields">Every value that is not a default, by its path.</param>
internal sealed record CanonicalItem(string Key, SortedDictionary<string, string> Fields);

/// <summary>
/// Turns OTLP/JSON into flat items that are equal exactly when the messages mean the same: attributes by key instead of by order,
/// 64-bit numbers as text or number, defaults absent or written out.
/// </summary>
internal static class CanonicalOtlp
{
    private const int DepthMax = 64;

    // Fields with presence: for them zero or empty is something else than absent.
    private static readonly HashSet<string> WithPresence =
        ["stringValue", "boolValue", "intValue", "doubleValue", "bytesValue", "arrayValue", "kvlistValue", "asInt", "asDouble", "sum", "min", "max"];

    private static readonly HashSet<string> Doubles =
        ["doubleValue", "asDouble", "sum", "min", "max", "quantile", "value", "zeroThreshold", "explicitBounds"];

    private static readonly HashSet<string> AttributeLists = ["attributes", "filteredAttributes", "metadata"];

    private static readonly string[] MetricKinds = ["gauge", "sum", "histogram", "exponentialHistogram", "summary"];

    /// <summary>The items of an Export…ServiceRequest (or what <c>format=otlp</c> answers) in JSON.</summary>
    public static List<CanonicalItem> Read(JsonElement root, Signal signal)
    {
        var (resources, scopes, items) = signal switch
        {
            Signal.Traces => ("resourceSpans", "scopeSpans", "spans"),
            Signal.Logs => ("resourceLogs", "scopeLogs", "logRecords"),
            _ => ("resourceMetrics", "scopeMetrics", "metrics"),
        };
        var result = new List<CanonicalItem>();
        foreach (var resource in Elements(root, resources))
        {
            foreach (var scope in Elements(resource, scopes))
            {
                var around = new SortedDictionary<string, string>(StringComparer.Ordinal);
                Flatten(around, "resource", resource, "resource");
                Flatten(around, "resource.schemaUrl", resource, "schemaUrl");
                Flatten(around, "scope", scope, "scope");
                Flatten(around, "scope.schemaUrl", scope, "schemaUrl");
                foreach (var item in Elements(scope, items))
                    result.AddRange(signal == Signal.Metrics ? Points(item, around) : [Item(item, around, signal)]);
            }
        }

        return result;
    }

    private static CanonicalItem Item(JsonElement item, SortedDictionary<string, string> around, Signal signal)
    {
        var fields = new SortedDictionary<string, string>(around, StringComparer.Ordinal);
        Flatten(fields, "", item, DepthMax);
        var key = signal == Signal.Traces
            ? $"span {fields.GetValueOrDefault("traceId")}/{fields.GetValueOrDefault("spanId")}"
            : $"log {fields.GetValueOrDefault($"attributes[{VerifyData.ItemKey}].intValue")}";
        return new CanonicalItem(key, fields);
    }

    private static IEnumerable<CanonicalItem> Points(JsonElement metric, SortedDictionary<string, string> around)
    {
        var head = new SortedDictionary<string, string>(around, StringComparer.Ordinal);
        foreach (var property in metric.EnumerateObject().Where(p => !MetricKinds.Contains(p.Name)))
            Flatten(head, property.Name, metric, property.Name);
        foreach (var kind in MetricKinds)
        {
            if (!metric.TryGetProperty(kind, out var data) || data.ValueKind != JsonValueKind.Object)
                continue;
            head["kind"] = kind;
            Flatten(head, "aggregationTemporality", data, "aggregationTemporality");
            Flatten(head, "isMonotonic", data, "isMonotonic");
            foreach (var point in Elements(data, "dataPoints"))
            {
                var fields = new SortedDictionary<string, string>(head, StringComparer.Ordinal);
                Flatten(fields, "point", point, DepthMax);
                var labels = fields.Where(f => f.Key.StartsWith("point.attributes[", StringComparison.Ordinal)).Select(f => f.Value);
                yield return new CanonicalItem($"point {head.GetValueOrDefault("name")} {string.Join('/', labels)} {fields.GetValueOrDefault("point.timeUnixNano")}", fields);
            }
        }
    }

    private static JsonElement.ArrayEnumerator Elements(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var array) && array.ValueKind == JsonValueKind.Array
            ? array.EnumerateArray()
            : default;

    private static void Flatten(SortedDictionary<string, string> fields, string path, JsonElement owner, string property)
    {
        if (owner.TryGetProperty(property, out var value))
            Flatten(fields, path, property, value, DepthMax);
    }

    private static void Flatten(SortedDictionary<string, string> fields, string path, JsonElement value, int depthLeft)
    {
        foreach (var property in value.EnumerateObject())
            Flatten(fields, path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.Name, property.Value, depthLeft - 1);
    }

    private static void Flatten(SortedDictionary<string, string> fields, string path, string name, JsonElement value, int depthLeft)
    {
        if (depthLeft <= 0)
            throw new JsonException($"OTLP nested deeper than {DepthMax} at {path}");
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                break;
            case JsonValueKind.Object:
                if (WithPresence.Contains(name))
                    fields[path] = "{}";
                if (name == "kvlistValue")
                    Entries(fields, path, value, "values", depthLeft);
                else
                    Flatten(fields, path, value, depthLeft);
                break;
            case JsonValueKind.Array when AttributeLists.Contains(name):
                Entries(fields, path, value, depthLeft);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var element in value.EnumerateArray())
                    ListElement(fields, $"{path}[{index++}]", name, element, depthLeft);
                break;
            default:
                Scalar(fields, path, name, value);
                break;
        }
    }

    private static void ListElement(SortedDictionary<string, string> fields, string path, string name, JsonElement element, int depthLeft)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            // An element counts even when all it holds is default.
            fields[path] = "{}";
            Flatten(fields, path, element, depthLeft - 1);
        }
        else
        {
            fields[path] = Text(name, element);
        }
    }

    private static void Entries(SortedDictionary<string, string> fields, string path, JsonElement map, string name, int depthLeft)
    {
        if (map.TryGetProperty(name, out var entries))
            Entries(fields, path, entries, depthLeft - 1);
    }

    private static void Entries(SortedDictionary<string, string> fields, string path, JsonElement entries, int depthLeft)
    {
        foreach (var entry in entries.EnumerateArray())
        {
            var place = $"{path}[{(entry.TryGetProperty("key", out var key) ? key.GetString() : "")}]";
            fields[place] = fields.ContainsKey(place) ? "twice" : "{}";
            if (entry.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Object)
                Flatten(fields, place, value, depthLeft - 1);
        }
    }

    private static void Scalar(SortedDictionary<string, string> fields, string path, string name, JsonElement value)
    {
        var text = Text(name, value);
        if (WithPresence.Contains(name) || text is not ("" or "0" or "false"))
            fields[path] = text;
    }

    private static string Text(string name, JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (Doubles.Contains(name) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return number.ToString("R", CultureInfo.InvariantCulture);
        return name is "traceId" or "spanId" or "parentSpanId" ? text.ToLowerInvariant() : text;
    }
}
