using System.Text.Json;
using Otelier.Signals.Catalog;
using Otelier.Signals.Columns;
using Otelier.Signals.Filters;

namespace Otelier.Server.Fields;

/// <summary>A field as <c>/api/v1/fields</c> shows it.</summary>
/// <param name="Name">As it stands in a filter.</param>
/// <param name="Scope">Of an attribute where it stands.</param>
/// <param name="Types">The kinds of its values.</param>
/// <param name="Operators">What it is compared with.</param>
/// <param name="Definition">Of a field of the protocol's own.</param>
/// <param name="Count">Of an attribute on how many items it was seen.</param>
internal sealed record FieldAnswer(
    string Name, string? Scope, IReadOnlyList<string> Types, IReadOnlyList<RuleOperator> Operators, FieldDefinition? Definition, ulong? Count)
{
    public static FieldAnswer Of(FieldDefinition definition) =>
        new(definition.Name, null, [NameOf(definition.Type)], RuleOperators.Of(definition.Type), definition, null);

    public static FieldAnswer Of(AttributeInfo attribute)
    {
        var (scope, word) = attribute.Level switch
        {
            AttributeLevel.Resource => (AttributeScope.Resource, "resource"),
            AttributeLevel.Scope => (AttributeScope.Scope, "scope"),
            AttributeLevel.Event => (AttributeScope.Event, "event"),
            AttributeLevel.Link => (AttributeScope.Link, "link"),
            // A plain name is enough where the key has a dot, by which it is known for an attribute.
            var level => (attribute.Key.Contains('.', StringComparison.Ordinal) ? AttributeScope.Any : AttributeScope.Item, level.ToString().ToLowerInvariant()),
        };
        var name = FieldName.Format(new FilterField.Attribute(scope, attribute.Key));
        return new FieldAnswer(name, word, [.. attribute.Letters.Select(TypeOf).Distinct()], RuleOperators.Of(FieldType.Any), null, attribute.Count);
    }

    public static void Write(Utf8JsonWriter json, FieldAnswer field)
    {
        json.WriteStartObject();
        json.WriteString("name", field.Name);
        json.WriteString("kind", field.Definition is null ? "attribute" : "intrinsic");
        if (field.Scope is { } scope)
            json.WriteString("scope", scope);
        WriteTexts(json, "types", field.Types);
        if (field.Definition?.Unit is { } unit)
            json.WriteString("unit", unit);
        WriteTexts(json, "operators", field.Operators.Select(RuleOperators.Symbol));
        if (field.Definition is { Words.Count: > 0 } worded)
            WriteTexts(json, "words", worded.Words);
        if (field.Count is { } count)
            json.WriteNumber("count", count);
        if (field.Definition is { } definition)
            json.WriteString("description", definition.Description);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, FieldValueInfo value)
    {
        json.WriteStartObject();
        json.WriteString("value", value.Text);
        json.WriteNumber("count", value.Count);
        json.WriteEndObject();
    }

    public static void WriteWord(Utf8JsonWriter json, string word)
    {
        json.WriteStartObject();
        json.WriteString("value", word);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static string NameOf(FieldType type) => type == FieldType.Text ? "string" : type.ToString().ToLowerInvariant();

    private static string TypeOf(AttributeLetter letter) => letter switch
    {
        AttributeLetter.Int or AttributeLetter.Double => "number",
        AttributeLetter.Bool => "boolean",
        AttributeLetter.Bytes => "bytes",
        AttributeLetter.Array => "array",
        AttributeLetter.KeyValueList => "map",
        AttributeLetter.Empty => "empty",
        _ => "string",
    };
}
