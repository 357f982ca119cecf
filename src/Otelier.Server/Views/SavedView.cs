using System.Text.Json.Serialization;

namespace Otelier.Server.Views;

/// <summary>A view in the catalog.</summary>
internal sealed record ViewDocument(string Name, string Page, string Search, DateTimeOffset CreatedAt, string CreatedBy);

/// <summary>The body of a view that is made or replaced.</summary>
/// <param name="Name">For people.</param>
/// <param name="Page">Which page of the UI it belongs to.</param>
/// <param name="Search">That page's query string: everything it shows.</param>
internal sealed record ViewRequest(string? Name, string? Page, string? Search)
{
    private const int NameLengthMax = 200;
    private const int PageLengthMax = 100;
    private const int SearchLengthMax = 8 * 1024;

    /// <summary>What is wrong with it, or <see langword="null"/>.</summary>
    public string? Problem()
    {
        if (Name is not { Length: > 0 and <= NameLengthMax } || Name.Any(char.IsControl))
            return $"'name' is to be 1 to {NameLengthMax} characters.";
        if (Page is not { Length: > 0 and <= PageLengthMax } || Page.Any(char.IsControl))
            return $"'page' is to be 1 to {PageLengthMax} characters.";
        return Search is not { Length: <= SearchLengthMax } ? $"'search' is to be a text of at most {SearchLengthMax} characters." : null;
    }
}

/// <summary>A view as the API tells of it.</summary>
internal sealed record ViewAnswer(string Id, string Name, string Page, string Search, DateTimeOffset CreatedAt, string CreatedBy);

/// <summary>Every type this folder reads or writes as JSON, in the catalog and over HTTP.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ViewDocument))]
[JsonSerializable(typeof(ViewRequest))]
[JsonSerializable(typeof(ViewAnswer))]
internal sealed partial class ViewJsonContext : JsonSerializerContext;
