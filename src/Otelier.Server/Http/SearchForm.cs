using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;

namespace Otelier.Server.Http;

/// <summary>
/// What a search was asked for: in the query string, or in a JSON body whose members have the parameters' names. An array is a
/// parameter that stands several times; the member <c>filter</c> is a structured filter.
/// </summary>
/// <param name="Parameters">All but the structured filter, as texts.</param>
/// <param name="Filter">The structured filter, not yet understood.</param>
internal sealed record SearchForm(IQueryCollection Parameters, JsonElement? Filter)
{
    /// <summary>The forms within this one: members that are objects, of the names that were allowed.</summary>
    public IReadOnlyDictionary<string, SearchForm> Parts { get; private init; } = new Dictionary<string, SearchForm>();

    /// <summary>The member with the structured filter.</summary>
    public const string FilterName = "filter";

    /// <summary>The methods of a route that takes both forms.</summary>
    public static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post];

    /// <summary>Largest body.</summary>
    public const long BodyBytesMax = 512 * 1024;

    /// <summary>Reads the form the request's method says; what is no such form is a problem.</summary>
    /// <param name="context">The request.</param>
    /// <param name="parts">The members that may be forms themselves.</param>
    public static async Task<(SearchForm? Form, ProblemHttpResult? Problem)> ReadAsync(HttpContext context, params IReadOnlyList<string> parts)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
            return (new SearchForm(context.Request.Query, null), null);
        if (context.Request.Query.Count > 0)
            return (null, Problems.Unprocessable("A search that is posted has no query string: everything stands in the body."));
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = BodyBytesMax;
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            return Read(body.RootElement, parts);
        }
        catch (JsonException fault)
        {
            return (null, Problems.BadRequest($"The body is not JSON: {fault.Message}"));
        }
    }

    private static (SearchForm? Form, ProblemHttpResult? Problem) Read(JsonElement body, IReadOnlyList<string> parts)
    {
        if (body.ValueKind != JsonValueKind.Object)
            return (null, Problems.Unprocessable("The body is to be a JSON object."));
        var given = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        JsonElement? filter = null;
        var within = new Dictionary<string, SearchForm>(StringComparer.Ordinal);
        foreach (var member in body.EnumerateObject())
        {
            if (member.Name == FilterName)
            {
                if (filter is not null)
                    return (null, Problems.Unprocessable($"'{FilterName}' is given more than once."));
                filter = member.Value.Clone();
                continue;
            }

            if (member.Value.ValueKind == JsonValueKind.Object && parts.Contains(member.Name))
            {
                var (part, problem) = Read(member.Value, []);
                if (part is null)
                    return (null, problem);
                if (!within.TryAdd(member.Name, part))
                    return (null, Problems.Unprocessable($"'{member.Name}' is given more than once."));
                continue;
            }

            if (TextsOf(member.Value) is not { } texts)
                return (null, Problems.Unprocessable($"'{member.Name}' is to be a text, a number, true or false, or an array of those."));
            if (!given.TryAdd(member.Name, texts))
                return (null, Problems.Unprocessable($"'{member.Name}' is given more than once."));
        }

        return (new SearchForm(new QueryCollection(given), filter) { Parts = within }, null);
    }

    private static StringValues? TextsOf(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
            return TextOf(value) is { } single ? new StringValues(single) : default(StringValues?);
        var texts = new List<string>();
        foreach (var element in value.EnumerateArray())
        {
            if (TextOf(element) is not { } text)
                return null;
            texts.Add(text);
        }

        return new StringValues([.. texts]);
    }

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, which JSON can escape but no text can hold.
            return null;
        }
    }
}
