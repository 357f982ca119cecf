using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Otelier.Server.Http;
using Otelier.Signals;
using Otelier.Signals.Api;
using Otelier.Signals.Filters;
using Otelier.Signals.Ids;
using Otelier.Signals.Traces;
using Otelier.Signals.Traces.Analysis;

namespace Otelier.Server.Traces;

/// <summary>
/// Which rows of a trace are asked for, from the query string or, with the same names, from a JSON body, where a structured filter may
/// stand beside <c>q</c>. What is wrong is collected and answered with 422.
/// </summary>
internal sealed class TraceRowsRequest
{
    // Room for CollapsedMax ids and a filter.
    private const long BodyBytesMax = 512 * 1024;
    private const int SearchLengthMax = 4096;

    private static readonly string[] Names = ["offset", "limit", "around", "collapsed", "q", "minimap", "start", "end"];

    private readonly List<string> _problems = [];
    private readonly HashSet<SpanId> _collapsed = [];
    private TraceSearch? _search;
    private Filter? _filter;
    private bool _hasFilter;

    public int Offset { get; private set; }

    public int Limit { get; private set; } = TraceAnalysisLimits.RowsDefault;

    public SpanId? Around { get; private set; }

    public IReadOnlySet<SpanId> Collapsed => _collapsed;

    /// <summary>What is looked for among the rows, or <see langword="null"/>.</summary>
    public TraceSearch? Search =>
        _filter is null ? _search : new TraceSearch(_search?.Filter is { } inText ? new Filter.And([inText, _filter]) : _filter, _search?.Text);

    /// <summary>Whether the small picture of the whole trace is asked for; <see langword="null"/> where nothing is said.</summary>
    public bool? HasMinimap { get; private set; }

    /// <summary>Where all spans of the trace are known to start.</summary>
    public TimeRange? Hint { get; private set; }

    /// <summary>What is wrong with the request, or <see langword="null"/>.</summary>
    public ProblemHttpResult? Problem => _problems.Count == 0 ? null : Problems.Unprocessable(string.Join(' ', _problems));

    public static TraceRowsRequest Of(IQueryCollection query, ulong now)
    {
        var request = new TraceRowsRequest();
        foreach (var (name, values) in query)
        {
            if (values.Count > 1 && name != "collapsed")
                request._problems.Add($"'{name}' is given more than once.");
            foreach (var value in values)
                request.Take(name, value ?? "");
        }

        request.TakeRange(query["start"], query["end"], now);
        return request;
    }

    /// <summary>Reads the body of a POST; one that is no JSON object is a problem of its own.</summary>
    public static async Task<(TraceRowsRequest? Request, ProblemHttpResult? Problem)> ReadAsync(HttpContext context, ulong now)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = BodyBytesMax;
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            if (body.RootElement.ValueKind != JsonValueKind.Object)
                return (null, Problems.BadRequest("The body is to be a JSON object."));
            var request = new TraceRowsRequest();
            var range = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var member in body.RootElement.EnumerateObject())
            {
                if (member.Name is "start" or "end")
                    range[member.Name] = TextOf(member.Value);
                if (member.Name == SearchForm.FilterName)
                    request.TakeFilter(member.Value);
                else if (member.Name != "collapsed")
                    request.Take(member.Name, TextOf(member.Value));
                else if (member.Value.ValueKind == JsonValueKind.Array)
                    request.TakeCollapsed(member.Value.EnumerateArray().Select(TextOf));
                else
                    request._problems.Add("'collapsed' is to be a list of span ids.");
            }

            request.TakeRange(range.GetValueOrDefault("start"), range.GetValueOrDefault("end"), now);
            return (request, null);
        }
        catch (JsonException fault)
        {
            return (null, Problems.BadRequest($"The body is no JSON: {fault.Message}"));
        }
    }

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private void Take(string name, string value)
    {
        switch (name)
        {
            case "offset":
                Offset = Number(name, value, 0, int.MaxValue);
                break;
            case "limit":
                Limit = Number(name, value, 1, TraceAnalysisLimits.RowsMax);
                break;
            case "around":
                Around = Id(name, value);
                break;
            case "collapsed":
                TakeCollapsed(value.Split(',', StringSplitOptions.RemoveEmptyEntries));
                break;
            case "q":
                TakeSearch(value.Trim());
                break;
            case "minimap":
                if (value is not ("true" or "false"))
                    Refuse(name, value, "true or false");
                HasMinimap = value == "true";
                break;
            case "start" or "end":
                break;
            default:
                _problems.Add($"There is no parameter '{name}'. Allowed: {string.Join(", ", Names)}.");
                break;
        }
    }

    private void TakeCollapsed(IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            if (Id("collapsed", id) is not { } span)
                return;
            _collapsed.Add(span);
            if (_collapsed.Count <= TraceAnalysisLimits.CollapsedMax)
                continue;
            _problems.Add($"'collapsed' has more than {TraceAnalysisLimits.CollapsedMax} span ids.");
            return;
        }
    }

    /// <summary>A filter where it reads as one; else, if it has no sign of a comparison, a text to look for.</summary>
    private void TakeSearch(string text)
    {
        if (text.Length > SearchLengthMax)
            _problems.Add($"'q' is longer than {SearchLengthMax} characters.");
        else if (FilterText.TryParse(text, Signal.Traces, out var filter, out var error))
            _search = filter is null ? null : new TraceSearch(filter, null);
        else if (text.AsSpan().ContainsAny("=<>~"))
            _problems.Add($"'q': {error.Message}.");
        else
            _search = new TraceSearch(null, text);
    }

    /// <summary>What must hold beside <c>q</c>.</summary>
    private void TakeFilter(JsonElement group)
    {
        if (_hasFilter)
            _problems.Add($"'{SearchForm.FilterName}' is given more than once.");
        else if (!FilterJson.TryRead(group, Signal.Traces, out var filter, out var error))
            _problems.Add($"'{SearchForm.FilterName}': {error.Message}.");
        else
            _filter = filter;
        _hasFilter = true;
    }

    private void TakeRange(string? start, string? end, ulong now)
    {
        if (start is null && end is null)
            return;
        var (from, to) = (0UL, now);
        if (start is not null && !TimeText.TryParseTime(start, now, out from))
            Refuse("start", start, "a time");
        if (end is not null && !TimeText.TryParseTime(end, now, out to))
            Refuse("end", end, "a time");
        if (from >= to)
            _problems.Add("'start' is not before 'end'.");
        Hint = new TimeRange(from, to);
    }

    private int Number(string name, string value, int min, int max)
    {
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < min || number > max)
            Refuse(name, value, $"a number from {min} to {max}");
        return number;
    }

    private SpanId? Id(string name, string value)
    {
        if (SpanId.TryParse(value, out var id) && !id.IsZero)
            return id;
        Refuse(name, value, $"{SpanId.Size * 2} hexadecimal digits");
        return null;
    }

    private void Refuse(string name, string value, string expected)
    {
        const int QuotedMax = 100;
        _problems.Add($"'{name}' is '{(value.Length > QuotedMax ? value[..QuotedMax] : value)}'; expected {expected}.");
    }
}
