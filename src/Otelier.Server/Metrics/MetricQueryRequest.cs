using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;
using Otelier.Server.Http;
using Otelier.Signals;
using Otelier.Signals.Api;
using Otelier.Signals.Metrics;

namespace Otelier.Server.Metrics;

/// <summary>Of which series what is asked: what the bodies of metric queries have in common.</summary>
internal abstract record MetricSelection
{
    private static readonly string[] Aggregations =
        ["avg", "sum", "min", "max", "count", "last", "rate", "increase", "quantile", "delta", "deriv", "stddev"];

    public string? Metric { get; init; }

    /// <summary>One of <see cref="MetricJson.TypeWords"/>; none for the one with the most series.</summary>
    public string? Type { get; init; }

    public string? Aggregation { get; init; }

    public double? Quantile { get; init; }

    public IReadOnlyList<string>? GroupBy { get; init; }

    /// <summary>A group of rules; or attributes, of the point or else of the resource, with the text, number or boolean they have.</summary>
    public JsonElement? Filter { get; init; }

    /// <summary>The filter language's text.</summary>
    public string? Q { get; init; }

    /// <summary>Only so many series, those with the largest mean.</summary>
    public int? Top { get; init; }

    /// <summary>What is meant; all that cannot be understood is added to the problems.</summary>
    protected MetricQuery? ToQuery(TenantId tenant, StepGrid grid, List<string> problems)
    {
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
        if (Top is < 1 or > MetricLimits.AnswerSeriesMax)
            problems.Add($"'top' is to be from 1 to {MetricLimits.AnswerSeriesMax}.");
        var terms = MetricTerms.Of(Q, Filter, problems);
        return problems.Count > 0
            ? null
            : new MetricQuery(
                tenant,
                Metric!,
                type < 0 ? null : (MetricType)type,
                grid,
                (MetricAggregation)aggregation,
                Quantile ?? 0,
                [.. (GroupBy ?? []).Distinct()],
                Signals.Filters.Filter.All(terms),
                Top);
    }

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

/// <summary>The body of <c>POST /api/v1/metrics/query</c>.</summary>
internal sealed record MetricQueryRequest : MetricSelection
{
    private const ulong NanosPerMilli = 1_000_000;

    /// <summary>As in the query strings of searches; a number is read as its digits.</summary>
    public JsonElement? Start { get; init; }

    /// <inheritdoc cref="Start"/>
    public JsonElement? End { get; init; }

    /// <summary>A length of time such as <c>60s</c>, or a number of nanoseconds; none for one that suits the range.</summary>
    public JsonElement? Step { get; init; }

    /// <summary>The query that is meant; what cannot be understood is a problem that says all that is wrong.</summary>
    public (MetricQuery? Query, ProblemHttpResult? Problem) ToQuery(TenantId tenant, ulong now)
    {
        var parameters = new QueryParameters(RangeParameters(), now);
        if (parameters.Problem is { } refused)
            return (null, refused);
        var problems = new List<string>();
        var query = ToQuery(tenant, ReadGrid(parameters.Range, problems), problems);
        return query is null ? (null, Problems.Unprocessable(string.Join(' ', problems))) : (query, null);
    }

    private QueryCollection RangeParameters()
    {
        var given = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        if (Start is { } start)
            given["start"] = MetricTerms.TextOf(start);
        if (End is { } end)
            given["end"] = MetricTerms.TextOf(end);
        return new QueryCollection(given);
    }

    private StepGrid ReadGrid(TimeRange range, List<string> problems)
    {
        var step = (ulong)StepGrid.AutomaticNanos(range);
        if (Step is { } given
            && (!TimeText.TryParseDuration(MetricTerms.TextOf(given), out step) || step < NanosPerMilli || step > (ulong)SearchLimits.RangeMax.Ticks * 100))
        {
            problems.Add($"'step' is to be a length of time such as 60s, from 1ms to {SearchLimits.RangeMax.TotalDays}d.");
            return default;
        }

        var grid = StepGrid.Over(range, (long)step);
        if (grid.Count > MetricLimits.StepsMax)
            problems.Add($"The range has more than {MetricLimits.StepsMax} steps: take longer ones.");
        return grid;
    }
}

/// <summary>The body of <c>POST /api/v1/metrics/query/instant</c>.</summary>
internal sealed record MetricInstantRequest : MetricSelection
{
    private const ulong NanosPerMilli = 1_000_000;

    /// <summary>When, as in the query strings of searches; none for now.</summary>
    public JsonElement? Time { get; init; }

    /// <summary>How far before that points count: a length of time such as <c>5m</c>, or a number of nanoseconds.</summary>
    public JsonElement? Window { get; init; }

    /// <summary>The query that is meant; what cannot be understood is a problem that says all that is wrong.</summary>
    public (MetricQuery? Query, ProblemHttpResult? Problem) ToQuery(TenantId tenant, ulong now)
    {
        var problems = new List<string>();
        var time = now;
        if (Time is { } given && !TimeText.TryParseTime(MetricTerms.TextOf(given), now, out time))
            problems.Add("'time' is to be a time: RFC 3339, unix seconds, milliseconds, microseconds or nanoseconds, now, or relative such as -15m.");
        var window = (ulong)MetricLimits.InstantWindow.Ticks * 100;
        if (Window is { } length
            && (!TimeText.TryParseDuration(MetricTerms.TextOf(length), out window) || window < NanosPerMilli || window > (ulong)SearchLimits.RangeMax.Ticks * 100))
        {
            problems.Add($"'window' is to be a length of time such as 5m, from 1ms to {SearchLimits.RangeMax.TotalDays}d.");
        }

        var grid = problems.Count == 0 ? StepGrid.EndingAt(Math.Max(time, window), (long)window) : default;
        var query = ToQuery(tenant, grid, problems);
        return query is null ? (null, Problems.Unprocessable(string.Join(' ', problems))) : (query, null);
    }
}

/// <summary>What this folder reads as JSON. A member that is not known is refused, not passed over.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(MetricQueryRequest))]
[JsonSerializable(typeof(MetricInstantRequest))]
internal sealed partial class MetricJsonContext : JsonSerializerContext
{
    private const long BodyBytesMax = 64 * 1024;

    /// <summary>Reads a body; what is no such request is a problem.</summary>
    public static async Task<(T? Request, ProblemHttpResult? Problem)> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : MetricSelection
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = BodyBytesMax;
        try
        {
            var request = await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted);
            return request is null ? (null, Problems.BadRequest("The body is empty.")) : (request, null);
        }
        catch (JsonException fault)
        {
            return (null, Problems.BadRequest($"The body is not a metric query: {fault.Message}"));
        }
    }
}
