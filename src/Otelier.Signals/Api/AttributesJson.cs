using System.Text.Json;
using Otelier.Signals.Attributes;
using Otelier.Signals.Otlp;
using Otelier.Signals.Resources;

namespace Otelier.Signals.Api;

/// <summary>
/// Writes attributes, resources and scopes as the API shows them: attributes as an object with typed values, so that the integer 200 is
/// the number 200 and the text "200" a text. Of a key that was sent twice the first is shown; OTLP has both.
/// </summary>
internal static class AttributesJson
{
    public static void Write(Utf8JsonWriter json, string name, AttributeMap attributes, uint droppedCount)
    {
        json.WritePropertyName(name);
        Write(json, attributes);
        if (droppedCount != 0)
            json.WriteNumber("droppedAttributesCount", droppedCount);
    }

    /// <summary>Writes the attributes as an object.</summary>
    public static void Write(Utf8JsonWriter json, AttributeMap attributes)
    {
        json.WriteStartObject();
        ReadOnlySpan<byte> previous = default;
        var isFirst = true;
        foreach (var attribute in attributes)
        {
            if (!isFirst && attribute.Key.SequenceEqual(previous))
                continue;
            isFirst = false;
            previous = attribute.Key;
            json.WritePropertyName(attribute.Key);
            AnyValueText.WriteJson(json, attribute.Value.Text, (byte)attribute.Value.Letter);
        }

        json.WriteEndObject();
    }

    public static void WriteResource(Utf8JsonWriter json, Resource resource)
    {
        json.WriteStartObject("resource");
        Write(json, "attributes", resource.Attributes, resource.DroppedAttributesCount);
        WriteText(json, "schemaUrl", resource.SchemaUrl);
        json.WriteEndObject();
    }

    public static void WriteScope(Utf8JsonWriter json, Scope scope)
    {
        json.WriteStartObject("scope");
        json.WriteString("name", scope.Name);
        WriteText(json, "version", scope.Version);
        Write(json, "attributes", scope.Attributes, scope.DroppedAttributesCount);
        WriteText(json, "schemaUrl", scope.SchemaUrl);
        json.WriteEndObject();
    }

    /// <summary>Leaves an empty text out.</summary>
    public static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        if (text.Length > 0)
            json.WriteString(name, text);
    }

    /// <summary>64-bit nanoseconds are texts: a number would lose digits in most readers.</summary>
    public static void WriteNanos(Utf8JsonWriter json, string name, ulong nanos)
    {
        const int DigitsMax = 20;
        Span<byte> digits = stackalloc byte[DigitsMax];
        nanos.TryFormat(digits, out var length, default, System.Globalization.CultureInfo.InvariantCulture);
        json.WriteString(name, digits[..length]);
    }
}
