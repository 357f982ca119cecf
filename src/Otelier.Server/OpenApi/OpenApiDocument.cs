using System.Reflection;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Otelier.Server.OpenApi;

/// <summary>
/// The description of the API, OpenAPI 3.1. It is written by hand, each feature's part beside its code in <c>*openapi.yaml</c>, and put
/// together here; a test holds it against the routes.
/// </summary>
internal sealed class OpenApiDocument
{
    private const string ResourcePrefix = "openapi/";

    private readonly YamlMappingNode _root = new();

    private OpenApiDocument()
    {
    }

    /// <summary>Puts together the parts that were built into the server.</summary>
    /// <exception cref="InvalidOperationException">A part is no YAML mapping, or two parts contradict each other.</exception>
    public static OpenApiDocument Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var parts = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        var document = new OpenApiDocument();
        foreach (var name in parts)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            document.Add(name, reader);
        }

        document.Set("info", "version", assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0");
        return document;
    }

    /// <summary>Adds a part: mappings and lists are united, everything else must be the same in every part that says it.</summary>
    /// <inheritdoc cref="Load" path="/exception"/>
    public void Add(string name, TextReader part)
    {
        var stream = new YamlStream();
        stream.Load(part);
        if (stream.Documents is not [{ RootNode: YamlMappingNode root }])
            throw new InvalidOperationException($"{name} is not one YAML mapping.");
        Unite(_root, root, name);
    }

    public byte[] ToJson()
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output))
            Write(json, _root);
        return output.ToArray();
    }

    private static void Unite(YamlMappingNode into, YamlMappingNode from, string name)
    {
        foreach (var (key, value) in from.Children)
        {
            if (!into.Children.TryGetValue(key, out var known))
                into.Add(key, value);
            else if (known is YamlMappingNode mapping && value is YamlMappingNode more)
                Unite(mapping, more, $"{name} {key}");
            else if (known is YamlSequenceNode list && value is YamlSequenceNode items)
                AddAll(list, items);
            else if (!known.Equals(value))
                throw new InvalidOperationException($"{name} says '{key}', which another part says differently.");
        }
    }

    private static void AddAll(YamlSequenceNode list, YamlSequenceNode items)
    {
        foreach (var item in items)
            list.Add(item);
    }

    private void Set(string section, string key, string value)
    {
        if (_root.Children.TryGetValue(section, out var node) && node is YamlMappingNode mapping)
            mapping.Children[key] = new YamlScalarNode(value) { Style = ScalarStyle.DoubleQuoted };
    }

    private static void Write(Utf8JsonWriter json, YamlNode node)
    {
        switch (node)
        {
            case YamlMappingNode mapping:
                json.WriteStartObject();
                foreach (var (key, value) in mapping.Children)
                {
                    json.WritePropertyName(((YamlScalarNode)key).Value ?? "");
                    Write(json, value);
                }

                json.WriteEndObject();
                break;
            case YamlSequenceNode list:
                json.WriteStartArray();
                foreach (var item in list)
                    Write(json, item);
                json.WriteEndArray();
                break;
            case YamlScalarNode scalar:
                Write(json, scalar);
                break;
            default:
                throw new InvalidOperationException($"A {node.NodeType} cannot be said in JSON.");
        }
    }

    /// <summary>An unquoted scalar is what JSON would take it for; a quoted one, or one over several lines, is a text.</summary>
    private static void Write(Utf8JsonWriter json, YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any))
            json.WriteStringValue(text);
        else if (text is "true" or "false")
            json.WriteBooleanValue(text == "true");
        else if (text is "null" or "~" or "")
            json.WriteNullValue();
        else if (IsJsonNumber(text))
            json.WriteRawValue(text);
        else
            json.WriteStringValue(text);
    }

    private static bool IsJsonNumber(string text)
    {
        if (text[0] != '-' && !char.IsAsciiDigit(text[0]))
            return false;
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Number;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
