using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Otelier.Server.OpenApi;
using Otelier.Tests.Architecture;
using Otelier.Tests.Auth;
using Otelier.Tests.EndToEnd;
using Xunit;

namespace Otelier.Tests.Api;

/// <summary>The description of the API is whole and true to its own rules.</summary>
[Collection(EngineCollection.Name)]
public sealed class OpenApiTests
{
    private static readonly string[] Methods = ["get", "post", "put", "delete", "patch"];

    private static readonly JsonElement Document = JsonDocument.Parse(OpenApiDocument.Load().ToJson()).RootElement;

    [Fact]
    public void Every_reference_leads_somewhere()
    {
        var lost =
            from node in Descend(Document, "#")
            where node.Value.ValueKind == JsonValueKind.String && node.Path.EndsWith("/$ref", StringComparison.Ordinal)
            where Resolve(node.Value.GetString()!) is null
            select $"{node.Path}: {node.Value.GetString()}";

        Findings.AssertNone(lost);
    }

    [Fact]
    public async Task Every_route_is_described_and_everything_described_is_a_route()
    {
        await using var server = await SecureServer.StartAsync();
        var routes =
            from route in server.Routes
            let pattern = route.RoutePattern.RawText!
            where pattern != "/openapi/v1.json"
            from method in route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
            select $"{method.ToLowerInvariant()} {pattern.Replace("**", "", StringComparison.Ordinal)}";
        var described = Operations().Select(operation => $"{operation.Method} {operation.Path}").ToList();

        Findings.AssertNone(routes.Except(described).Select(route => $"{route} is not described"));
        Findings.AssertNone(described.Except(routes).Select(route => $"{route} is described, but no route"));
    }

    [Fact]
    public void Every_operation_has_a_name_of_its_own_and_says_what_it_does()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var faults = new List<string>();
        foreach (var (path, method, operation) in Operations())
        {
            foreach (var member in (string[])["operationId", "summary", "tags", "responses"])
            {
                if (!operation.TryGetProperty(member, out _))
                    faults.Add($"{method} {path} has no {member}");
            }

            if (operation.TryGetProperty("operationId", out var id) && !seen.Add(id.GetString()!))
                faults.Add($"{method} {path}: {id} is taken");
        }

        Findings.AssertNone(faults);
    }

    [Fact]
    public void Every_property_and_parameter_is_described()
    {
        var silent =
            from node in Descend(Document, "#")
            where node.Value.ValueKind == JsonValueKind.Object && node.Path.Contains("/schema", StringComparison.Ordinal)
            let parent = node.Path[..node.Path.LastIndexOf('/')]
            where parent.EndsWith("/properties", StringComparison.Ordinal)
            where !node.Value.TryGetProperty("description", out _) && !node.Value.TryGetProperty("$ref", out _)
            select node.Path;
        var parameters =
            from operation in Operations()
            where operation.Operation.TryGetProperty("parameters", out _)
            from parameter in operation.Operation.GetProperty("parameters").EnumerateArray()
            where !parameter.TryGetProperty("$ref", out _) && !parameter.TryGetProperty("description", out _)
            select $"{operation.Method} {operation.Path}: {parameter}";

        Findings.AssertNone(silent.Concat(parameters));
    }

    private static IEnumerable<(string Path, string Method, JsonElement Operation)> Operations() =>
        from path in Document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        where Methods.Contains(operation.Name)
        select (path.Name, operation.Name, operation.Value);

    private static IEnumerable<(string Path, JsonElement Value)> Descend(JsonElement element, string path)
    {
        yield return (path, element);
        var children = element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().Select(member => (member.Name.Replace("/", "~1", StringComparison.Ordinal), member.Value)),
            JsonValueKind.Array => element.EnumerateArray().Select((item, i) => ($"{i}", item)),
            _ => [],
        };
        foreach (var (name, child) in children)
        {
            foreach (var node in Descend(child, $"{path}/{name}"))
                yield return node;
        }
    }

    private static JsonElement? Resolve(string reference)
    {
        var element = Document;
        foreach (var name in reference.Split('/').Skip(1))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name.Replace("~1", "/", StringComparison.Ordinal), out element))
                return null;
        }

        return element;
    }
}
