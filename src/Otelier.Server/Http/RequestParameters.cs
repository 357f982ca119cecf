using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;
using Otelier.Signals;
using Otelier.Signals.Api;
using Otelier.Signals.Filters;

namespace Otelier.Server.Http;

/// <summary>
/// The parameters of a request that has two forms: the query string of a GET, or the members of a POST's JSON body, which have the
/// same names. A list is a parameter given several times; a structured <c>filter</c> is of the body alone. What is wrong is collected.
/// </summary>
internal sealed class RequestParameters
{
    private const long BodyBytesMax = 64 * 1024;
    private const int NestingMax = 32;
    private const string FilterName = "filter";
    private const string TextName = "q";

    private readonly Dictionary<string, StringValues> _values;
    private readonly Dictionary<string, JsonElement> _objects;
    private readonly List<string> _problems;
    private readonly string _path;
    private readonly ulong _now;

    private RequestParameters(
        Dictionary<string, StringValues> values, Dictionary<string, JsonElement> objects, List<string> problems, string path, ulong now)
    {
        _values = values;
        _objects = objects;
        _problems = problems;
        _path = path;
        _now = now;
    }

    /// <summary>What is wrong with the request, or <see langword="null"/>.</summary>
    public ProblemHttpResult? Problem => _problems.Count == 0 ? null : Problems.Unprocessable(string.Join(' ', _problems));

    /// <summary>The range of time, which has its defaults.</summary>
    public TimeRange ReadRange()
    {
        var range = new QueryParameters(Pick("start", "end"), _now);
        if (range.Problem is { ProblemDetails.Detail: { } detail })
            _problems.Add(detail);
        return range.Range;
    }

    /// <summary>Reads a request; the names beside <c>start</c>, <c>end</c>, <c>q</c> and <c>filter</c> are given.</summary>
    /// <returns>The parameters, or why there are none: the body is no JSON object.</returns>
    public static async Task<(RequestParameters? Parameters, ProblemHttpResult? Problem)> ReadAsync(HttpContext context, ulong now, params IReadOnlyList<string> allowed)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            var query = context.Request.Query.ToDictionary(parameter => parameter.Key, parameter => parameter.Value, StringComparer.Ordinal);
            return (new RequestParameters(query, [], [], "", now).Allow(allowed, hasFilter: false), null);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = BodyBytesMax;
        try
        {
            var body = await JsonDocument.ParseAsync(
                context.Request.Body, new JsonDocumentOptions { MaxDepth = NestingMax, AllowDuplicateProperties = false }, context.RequestAborted);
            context.Response.RegisterForDispose(body);
            if (body.RootElement.ValueKind != JsonValueKind.Object)
                return (null, Problems.BadRequest("The body is no JSON object."));
            var parameters = OfObject(body.RootElement, [], "", now);
            foreach (var name in context.Request.Query.Keys)
                parameters._problems.Add($"'{name}' is to be a member of the body.");
            return (parameters.Allow(allowed, hasFilter: true), null);
        }
        catch (JsonException fault)
        {
            return (null, Problems.BadRequest($"The body is no JSON: {fault.Message}"));
        }
    }

    /// <summary>The parameters within a member that is an object, or <see langword="null"/> where there is none. Its problems are collected here.</summary>
    public RequestParameters? Part(string name) =>
        _objects.TryGetValue(name, out var part) ? OfObject(part, _problems, $"{name}.", _now).Allow([], hasFilter: true) : null;

    /// <summary>A parameter that may stand once.</summary>
    public string? Single(string name)
    {
        if (!_values.TryGetValue(name, out var values) || values.Count == 0)
            return null;
        if (values.Count > 1)
            _problems.Add($"'{_path}{name}' is given more than once.");
        return values[0] ?? "";
    }

    /// <summary>A parameter that may stand several times; none where it is missing.</summary>
    public IReadOnlyList<string> List(string name, int countMax)
    {
        if (!_values.TryGetValue(name, out var values))
            return [];
        if (values.Count > countMax)
            _problems.Add($"'{_path}{name}' is given more than {countMax} times.");
        return [.. values.Take(countMax).Select(value => value ?? "")];
    }

    /// <summary>A whole number.</summary>
    public int Whole(string name, int otherwise, int min, int max)
    {
        if (Single(name) is not { } text)
            return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
            return number;
        Refuse(name, text, $"a number from {min} to {max}");
        return otherwise;
    }

    /// <summary>One of some words, the first of which is taken where none is given.</summary>
    public string Word(string name, params IReadOnlyList<string> words)
    {
        if (Single(name) is not { } text)
            return words[0];
        if (words.Contains(text))
            return text;
        Refuse(name, text, $"one of {string.Join(", ", words)}");
        return words[0];
    }

    /// <summary>The filter, as text or structured; <see langword="null"/> where there is none.</summary>
    public Filter? ReadFilter(Signal signal)
    {
        Filter? filter = null;
        FilterError? error = null;
        if (_objects.TryGetValue(FilterName, out var group))
        {
            _ = FilterJson.TryRead(group, signal, out filter, out error);
            if (_values.ContainsKey(TextName))
                _problems.Add($"'{_path}{TextName}' and '{_path}{FilterName}' are given both; one says it.");
        }
        else if (Single(TextName) is { } text)
        {
            _ = FilterText.TryParse(text, signal, out filter, out error);
        }

        if (error is not null)
            _problems.Add($"{_path}{error.Message}.");
        return filter;
    }

    /// <summary>Says that a parameter cannot be understood.</summary>
    public void Refuse(string name, string value, string expected)
    {
        const int QuotedMax = 100;
        _problems.Add($"'{_path}{name}' is '{(value.Length > QuotedMax ? value[..QuotedMax] : value)}'; expected {expected}.");
    }

    /// <summary>Says that something is wrong.</summary>
    public void Refuse(string problem) => _problems.Add(problem);

    private static RequestParameters OfObject(JsonElement body, List<string> problems, string path, ulong now)
    {
        var values = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        var objects = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in body.EnumerateObject())
        {
            switch (member.Value.ValueKind)
            {
                case JsonValueKind.Null:
                    break;
                case JsonValueKind.Object:
                    objects.Add(member.Name, member.Value);
                    break;
                case JsonValueKind.Array when member.Value.EnumerateArray().All(IsPlain):
                    values.Add(member.Name, member.Value.EnumerateArray().Select(TextOf).ToArray());
                    break;
                case JsonValueKind.Array:
                    problems.Add($"'{path}{member.Name}' has an item that is neither a text nor a number.");
                    break;
                default:
                    values.Add(member.Name, TextOf(member.Value));
                    break;
            }
        }

        return new RequestParameters(values, objects, problems, path, now);
    }

    private RequestParameters Allow(IReadOnlyList<string> names, bool hasFilter)
    {
        IReadOnlyList<string> allowed = ["start", "end", TextName, .. hasFilter ? [FilterName] : Array.Empty<string>(), .. names];
        foreach (var name in _values.Keys.Concat(_objects.Keys).Except(allowed))
            _problems.Add($"There is no parameter '{_path}{name}'. Allowed: {string.Join(", ", allowed)}.");
        if (_values.ContainsKey(FilterName))
            _problems.Add($"'{_path}{FilterName}' is to be an object.");
        return this;
    }

    private QueryCollection Pick(params string[] names) =>
        new(_values.Where(value => names.Contains(value.Key)).ToDictionary(value => value.Key, value => value.Value, StringComparer.Ordinal));

    private static bool IsPlain(JsonElement value) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
