using System.Globalization;
using System.Text.Json;
using Otelier.Signals.Filters;

namespace Otelier.Server.Compat.Jaeger;

/// <summary>
/// Turns the tags of a search into a filter. Values are texts whatever was sent, so a tag matches a text, a number or a boolean that
/// reads so. The tags by which Jaeger shows fields of OTLP search those fields.
/// </summary>
internal static class JaegerTags
{
    /// <summary>Reads <c>{"key":"value"}</c>; values that are no texts are taken as they are written.</summary>
    public static bool TryReadJson(string text, List<KeyValuePair<string, string>> tags)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return false;
            foreach (var tag in document.RootElement.EnumerateObject())
                tags.Add(new(tag.Name, tag.Value.ValueKind == JsonValueKind.String ? tag.Value.GetString()! : tag.Value.GetRawText()));
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Reads <c>error=true db.statement="select 1"</c>; a key alone means true.</summary>
    public static bool TryReadLogfmt(string text, List<KeyValuePair<string, string>> tags)
    {
        var at = 0;
        while (at < text.Length)
        {
            if (text[at] == ' ')
            {
                at++;
                continue;
            }

            var keyStart = at;
            while (at < text.Length && text[at] is not ('=' or ' ' or '"'))
                at++;
            if (at == keyStart || (at < text.Length && text[at] == '"'))
                return false;
            var key = text[keyStart..at];
            var value = "true";
            if (at < text.Length && text[at] == '=' && !TryReadValue(text, ref at, out value))
                return false;
            tags.Add(new(key, value));
        }

        return true;
    }

    /// <summary>What holds for a span with the tag.</summary>
    public static Filter ToFilter(string key, string value) => key switch
    {
        "error" when value is "true" or "false" => Error(value == "true"),
        "span.kind" => Is(IntrinsicField.Kind, value.ToLowerInvariant()),
        "otel.status_code" => Is(IntrinsicField.Status, value.ToLowerInvariant()),
        "otel.status_description" => Is(IntrinsicField.StatusMessage, value),
        "otel.scope.name" or "otel.library.name" => Is(IntrinsicField.ScopeName, value),
        "otel.scope.version" or "otel.library.version" => Is(IntrinsicField.ScopeVersion, value),
        // Jaeger shows an event's name as a field of a log, and searches those.
        "event" => new Filter.Or([Attribute(AttributeScope.Any, key, value), Is(IntrinsicField.EventName, value)]),
        // Where OpenTelemetry keeps exceptions. Other keys are not looked for on events, since no index could say beforehand where they are.
        _ when key.StartsWith("exception.", StringComparison.Ordinal) =>
            new Filter.Or([Attribute(AttributeScope.Any, key, value), Attribute(AttributeScope.Event, key, value)]),
        _ => Attribute(AttributeScope.Any, key, value),
    };

    private static bool TryReadValue(string text, ref int at, out string value)
    {
        var start = ++at;
        if (at >= text.Length || text[at] != '"')
        {
            while (at < text.Length && text[at] != ' ')
                at++;
            value = text[start..at];
            return true;
        }

        var unquoted = new System.Text.StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                at++;
                value = unquoted.ToString();
                return true;
            }

            if (text[at] == '\\' && at + 1 < text.Length)
                at++;
            unquoted.Append(text[at]);
        }

        value = "";
        return false;
    }

    private static Filter Error(bool isError)
    {
        var failed = new Filter.Or([Is(IntrinsicField.Status, "error"), new Filter.In(new FilterField.Attribute(AttributeScope.Item, "error"), Values("true"))]);
        return isError ? failed : new Filter.Not(failed);
    }

    private static Filter.In Attribute(AttributeScope scope, string key, string value) => new(new FilterField.Attribute(scope, key), Values(value));

    private static Filter.Comparison Is(IntrinsicField field, string value) =>
        new(new FilterField.Intrinsic(field), FilterOperator.Equal, new FilterValue.Text(value));

    private static List<FilterValue> Values(string value)
    {
        var values = new List<FilterValue> { new FilterValue.Text(value) };
        if (value is "true" or "false")
            values.Add(new FilterValue.Boolean(value == "true"));
        else if (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            values.Add(new FilterValue.Integer(whole));
        else if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            values.Add(new FilterValue.Number(number));
        return values;
    }
}
