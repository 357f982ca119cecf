using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;
using Otelier.Server.Http;
using Otelier.Signals;
using Otelier.Signals.Api;
using Otelier.Signals.Filters;
using Otelier.Signals.Metrics;

namespace Otelier.Server.Metrics;

/// <summary>The body of <c>POST /api/v1/metrics/query</c>.</summary>
internal sealed record MetricQueryRequest
{
    private const long BodyBytesMax = 64 * 1024;
    private const ulong NanosPerMilli = 1_000_000;

    private static readonly string[] Aggregations = ["avg", "sum", "min", "max", "count", "last", "rate", "increase", "quantile"];

    public string? Metric { get; init; }

    /// <summary>One of <see cref="MetricJson.TypeWords"/>; none for the one with the most series.</summary>
    public string? Type { get; init; }

    /// <summary>As in the query strings of searches; a number is read as its digits.</summary>
    public JsonElement? Start { get; init; }

    /// <inheritdoc cref="Start"/>
    public JsonElement? End { get; init; }

    /// <summary>A length of time such as <c>60s</c>, or a number of nanoseconds; none for one that suits the range.</summary>
    public JsonElement? Step { get; init; }

    public string? Aggregation { get; init; }

    public double? Quantile { get; init; }

    public IReadOnlyList<string>? GroupBy { get; init; }

    /// <summary>Attributes, of the point or else of the resource, with the text, number or boolean they have.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Filter { get; init; }

    /// <summary>Reads the body; what is no such request is a problem.</summary>
    public static async Task<(MetricQueryRequest? Request, ProblemHttpResult? Problem)> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = BodyBytesMax;
        try
        {
            var request = await JsonSerializer.DeserializeAsync(context.Request.Body, MetricJsonContext.Default.MetricQueryRequest, context.RequestAborted);
            return request is null ? (null, Problems.BadRequest("The body is empty.")) : (request, null);
        }
        catch (JsonException fault)
        {
            return (null, Problems.BadRequest($"The body is not a metric query: {fault.Message}"));
        }
    }

    /// <summary>The query that is meant; what cannot be understood is a problem that says all that is wrong.</summary>
    public (MetricQuery? Query, ProblemHttpResult? Problem) ToQuery(TenantId tenant, ulong now)
    {
        var parameters = new QueryParameters(RangeParameters(), now);
        if (parameters.Problem is { } refused)
            return (null, refused);
        var problems = new List<string>();
        if (string.IsNullOrEmpty(Metric))
            problems.Add("'metric' is missing.");
        var type = Type is null ? -1 : IndexOf("type", MetricJson.TypeWords.Skip(1).ToArray(), Type, problems) + 1;
        var aggregation = Aggregation is null ? Missing("aggregation", problems) : IndexOf("aggregation", Aggregations, Aggregation, problems);
        if (aggregation == (int)MetricAggregation.Quantile && Quantile is not (>= 0 and <= 1))
            problems.Add("'quantile' is to be from 0 to 1.");
        if (GroupBy?.Count > MetricLimits.GroupLabelsMax)
            problems.Add($"'groupBy' has more than {MetricLimits.GroupLabelsMax} labels.");
        if (GroupBy?.Any(string.IsNullOrEmpty) == true)
            problems.Add("'groupBy' has an empty label.");
        var terms = Terms(problems);
        var grid = ReadGrid(parameters.Range, problems);
        if (problems.Count > 0)
            return (null, Problems.Unprocessable(string.Join(' ', problems)));
        return (new MetricQuery(
            tenant,
            Metric!,
            type < 0 ? null : (MetricType)type,
            grid,
            (MetricAggregation)aggregation,
            Quantile ?? 0,
            [.. (GroupBy ?? []).Distinct()],
            Signals.Filters.Filter.All(terms)), null);
    }

    private QueryCollection RangeParameters()
    {
        var given = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        if (Start is { } start)
            given["start"] = TextOf(start);
        if (End is { } end)
            given["end"] = TextOf(end);
        return new QueryCollection(given);
    }

    private StepGrid ReadGrid(TimeRange range, List<string> problems)
    {
        var step = (ulong)StepGrid.AutomaticNanos(range);
        if (Step is { } given
            && (!TimeText.TryParseDuration(TextOf(given), out step) || step < NanosPerMilli || step > (ulong)SearchLimits.RangeMax.Ticks * 100))
        {
            problems.Add($"'step' is to be a length of time such as 60s, from 1ms to {SearchLimits.RangeMax.TotalDays}d.");
            return default;
        }

        var grid = StepGrid.Over(range, (long)step);
        if (grid.Count > MetricLimits.StepsMax)
            problems.Add($"The range has more than {MetricLimits.StepsMax} steps: take longer ones.");
        return grid;
    }

    private List<Filter> Terms(List<string> problems)
    {
        var terms = new List<Filter>();
        if (Filter?.Count > QueryParameters.ValuesMax)
            problems.Add($"'filter' has more than {QueryParameters.ValuesMax} labels.");
        foreach (var (key, value) in Filter ?? new Dictionary<string, JsonElement>())
        {
            if (ValueOf(value) is { } expected)
                terms.Add(new Filter.Comparison(new FilterField.Attribute(AttributeScope.Any, key), FilterOperator.Equal, expected));
            else
                problems.Add($"'filter' has for '{key}' neither a text nor a number nor a boolean.");
        }

        return terms;
    }

    private static FilterValue? ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => new FilterValue.Text(value.GetString()!),
        JsonValueKind.True or JsonValueKind.False => new FilterValue.Boolean(value.GetBoolean()),
        JsonValueKind.Number when value.TryGetInt64(out var whole) => new FilterValue.Integer(whole),
        JsonValueKind.Number when value.TryGetDouble(out var number) && double.IsFinite(number) => new FilterValue.Number(number),
        _ => null,
    };

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static int IndexOf(string name, string[] words, string word, List<string> problems)
    {
        var index = Array.IndexOf(words, word);
        if (index < 0)
            problems.Add($"'{name}' is to be one of {string.Join(", ", words)}.");
        return index;
    }

    private static int Missing(string name, List<string> problems)
    {
        problems.Add($"'{name}' is missing.");
        return -1;
    }
}

/// <summary>What this folder reads as JSON. A member that is not known is refused, not passed over.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(MetricQueryRequest))]
internal sealed partial class MetricJsonContext : JsonSerializerContext;
