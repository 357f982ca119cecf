using Otelier.Signals;
using Otelier.Signals.Filters;

namespace Otelier.Server.Compat.Jaeger;

/// <summary>A search for traces: those with a span for which all of it holds.</summary>
/// <param name="Filter">Service, operation, duration and tags of the span.</param>
/// <param name="Range">When it started; cut to the newest part where it is longer than is searched.</param>
/// <param name="Limit">Most traces.</param>
internal sealed record JaegerSearch(Filter? Filter, TimeRange Range, int Limit)
{
    private const ulong MicroNanos = 1_000;

    /// <summary>Reads the parameters of the first API; <see cref="JaegerParameters.Problem"/> says what is wrong.</summary>
    public static JaegerSearch OfFirst(JaegerParameters parameters, ulong now)
    {
        var tags = new List<KeyValuePair<string, string>>();
        foreach (var tag in parameters.Texts("tag"))
        {
            var colon = tag.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
                parameters.Refuse($"malformed 'tag' parameter, expecting key:value, received: {tag}");
            else
                tags.Add(new(tag[..colon], tag[(colon + 1)..]));
        }

        foreach (var text in parameters.Texts("tags"))
            ReadTags(parameters, "tags", text, tags);
        var end = parameters.UnixTime("end", MicroNanos) ?? now;
        // "custom" says that start and end are given, which they are.
        var lookback = parameters.Text("lookback") is null or "custom" ? null : parameters.Duration("lookback");
        var start = parameters.UnixTime("start", MicroNanos) ?? end - Math.Min(end, lookback ?? Nanos(JaegerLimits.LookbackDefault));
        if (parameters.Text("service") is null)
            parameters.Refuse("parameter 'service' is required");
        return Of(
            parameters, parameters.Text("service"), parameters.Text("operation"), tags, parameters.Duration("minDuration"), parameters.Duration("maxDuration"),
            new TimeRange(start, end), parameters.Limit("limit"));
    }

    /// <summary>Reads the parameters of the third API, by today's names or yesterday's.</summary>
    public static JaegerSearch OfThird(JaegerParameters parameters)
    {
        var tags = new List<KeyValuePair<string, string>>();
        if (parameters.Text("query.attributes") is { } attributes)
            ReadTags(parameters, "query.attributes", attributes, tags);
        var start = parameters.Time("query.startTimeMin", "query.start_time_min");
        var end = parameters.Time("query.startTimeMax", "query.start_time_max");
        if (start is null || end is null)
            parameters.Refuse("query.startTimeMin and query.startTimeMax are required");
        return Of(
            parameters,
            parameters.Text("query.serviceName", "query.service_name"),
            parameters.Text("query.operationName", "query.operation_name"),
            tags,
            parameters.Duration("query.durationMin", "query.duration_min"),
            parameters.Duration("query.durationMax", "query.duration_max"),
            new TimeRange(start ?? 0, end ?? 0),
            parameters.Limit("query.searchDepth", "query.search_depth", "query.num_traces"));
    }

    private static JaegerSearch Of(
        JaegerParameters parameters,
        string? service,
        string? operation,
        List<KeyValuePair<string, string>> tags,
        ulong? durationMin,
        ulong? durationMax,
        TimeRange range,
        int limit)
    {
        if (range.StartUnixNano >= range.EndUnixNano)
            parameters.Refuse("the start of the search is not before its end");
        if (tags.Count > JaegerLimits.TagsMax)
            parameters.Refuse($"there are more than {JaegerLimits.TagsMax} tags");
        if (durationMin > durationMax)
            parameters.Refuse("'maxDuration' should be greater than 'minDuration'");
        var terms = new List<Filter>();
        if (service is not null)
            terms.Add(Compare(IntrinsicField.ServiceName, FilterOperator.Equal, new FilterValue.Text(service)));
        if (operation is not null)
            terms.Add(Compare(IntrinsicField.Name, FilterOperator.Equal, new FilterValue.Text(operation)));
        if (durationMin is { } min)
            terms.Add(Compare(IntrinsicField.DurationNanos, FilterOperator.GreaterOrEqual, new FilterValue.Integer((long)min)));
        if (durationMax is { } max)
            terms.Add(Compare(IntrinsicField.DurationNanos, FilterOperator.LessOrEqual, new FilterValue.Integer((long)max)));
        foreach (var (key, value) in tags)
            terms.Add(JaegerTags.ToFilter(key, value));
        var earliest = range.EndUnixNano - Math.Min(range.EndUnixNano, Nanos(SearchLimits.RangeMax));
        return new JaegerSearch(Filter.All(terms), range with { StartUnixNano = Math.Max(range.StartUnixNano, earliest) }, limit);
    }

    private static void ReadTags(JaegerParameters parameters, string name, string text, List<KeyValuePair<string, string>> tags)
    {
        var isRead = text.TrimStart().StartsWith('{') ? JaegerTags.TryReadJson(text, tags) : JaegerTags.TryReadLogfmt(text, tags);
        if (!isRead)
            parameters.Refuse($"malformed '{name}' parameter, cannot read tags: {text}");
    }

    private static Filter.Comparison Compare(IntrinsicField field, FilterOperator op, FilterValue value) => new(new FilterField.Intrinsic(field), op, value);

    private static ulong Nanos(TimeSpan span) => (ulong)span.Ticks * 100;
}
