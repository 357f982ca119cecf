using Otelier.Server.Http;
using Otelier.Signals;
using Otelier.Signals.Analytics;
using Otelier.Signals.Filters;
using Otelier.Signals.Metrics;

namespace Otelier.Server.Analytics;

/// <summary>Reads the parameters of this feature's requests into the questions they mean.</summary>
internal static class AnalyticsRequest
{
    private const ulong NanosPerMilli = 1_000_000;

    private static readonly string[] SpanFacets = ["service.name", "name", "kind", "status", "resource.deployment.environment.name"];
    private static readonly string[] LogFacets = ["service.name", "severityText", "eventName", "scope.name", "resource.deployment.environment.name"];

    public static Selection ReadSelection(RequestParameters parameters, TenantId tenant, Signal signal)
    {
        var (range, filter) = parameters.ReadRows(signal);
        return new Selection(tenant, signal, range, filter);
    }

    public static AggregateQuery ReadAggregates(RequestParameters parameters, TenantId tenant, Signal signal)
    {
        var selection = ReadSelection(parameters, tenant, signal);
        var aggregates = ReadAggregateList(parameters, signal);
        var groupBy = ReadFields(parameters, "groupBy", signal, AnalyticsLimits.GroupFieldsMax);
        StepGrid? grid = parameters.Single("step") is null ? null : ReadGrid(parameters, selection.Range);
        var limit = parameters.Whole("limit", AnalyticsLimits.GroupsDefault, 1, AnalyticsLimits.GroupsMax);
        if (grid is not null && aggregates.FirstOrDefault(aggregate => !aggregate.IsNumber) is { } top)
            parameters.Refuse($"{top.Name} has no values over time; leave out 'step'.");
        var (orderBy, isDescending) = ReadOrder(parameters, aggregates);
        return new AggregateQuery(selection, aggregates, groupBy, grid, limit, orderBy, isDescending);
    }

    public static FacetQuery ReadFacets(RequestParameters parameters, TenantId tenant, Signal signal)
    {
        var selection = ReadSelection(parameters, tenant, signal);
        var fields = ReadFields(parameters, "fields", signal, AnalyticsLimits.FacetFieldsMax);
        if (fields.Count == 0)
            fields = [.. (signal == Signal.Traces ? SpanFacets : LogFacets).Select(name => Known(signal, name))];
        return new FacetQuery(selection, fields, parameters.Whole("limit", AnalyticsLimits.FacetValuesDefault, 1, AnalyticsLimits.FacetValuesMax));
    }

    public static ComparisonQuery ReadComparison(RequestParameters parameters, TenantId tenant, Signal signal)
    {
        var selection = ReadSelection(parameters, tenant, signal);
        var baseline = parameters.Part("baseline");
        return new ComparisonQuery(selection, baseline is null ? null : ReadSelection(baseline, tenant, signal));
    }

    /// <summary>The steps asked for, or such as suit the range.</summary>
    public static StepGrid ReadGrid(RequestParameters parameters, TimeRange range)
    {
        var step = (ulong)StepGrid.AutomaticNanos(range);
        if (parameters.Single("step") is { } text && text != "auto"
            && (!TimeText.TryParseDuration(text, out step) || step < NanosPerMilli || step > (ulong)SearchLimits.RangeMax.Ticks * 100))
        {
            parameters.Refuse("step", text, $"auto, or a length of time such as 60s, from 1ms to {SearchLimits.RangeMax.TotalDays}d");
            return default;
        }

        var grid = StepGrid.Over(range, (long)step);
        if (grid.Count > AnalyticsLimits.StepsMax)
        {
            var suggested = StepGrid.NaturalNanos(range, AnalyticsLimits.StepsMax - 1) / (long)NanosPerMilli / 1000;
            parameters.Refuse($"The range has {grid.Count} steps of this length; at most {AnalyticsLimits.StepsMax} are answered. Take step={suggested}s or longer.");
        }

        return grid;
    }

    private static List<Aggregate> ReadAggregateList(RequestParameters parameters, Signal signal)
    {
        var aggregates = new List<Aggregate>();
        foreach (var text in parameters.List("aggregates", AnalyticsLimits.AggregatesMax))
        {
            if (!AggregateText.TryParse(signal, text, out var aggregate, out var problem))
                parameters.Refuse($"'aggregates': {problem}.");
            else if (aggregates.Exists(known => known.Name == aggregate.Name))
                parameters.Refuse($"'aggregates' has {aggregate.Name} more than once.");
            else
                aggregates.Add(aggregate);
        }

        return aggregates.Count > 0 ? aggregates : [new Aggregate("count", AggregateFunction.Count)];
    }

    private static List<NamedField> ReadFields(RequestParameters parameters, string name, Signal signal, int countMax)
    {
        var fields = new List<NamedField>();
        foreach (var text in parameters.List(name, countMax))
        {
            if (!FieldName.TryParse(signal, text, out var field, out var problem))
                parameters.Refuse(name, text, problem);
            else if (fields.Exists(known => known.Name == text))
                parameters.Refuse($"'{name}' has {text} more than once.");
            else
                fields.Add(new NamedField(text, field));
        }

        return fields;
    }

    private static (int? OrderBy, bool IsDescending) ReadOrder(RequestParameters parameters, List<Aggregate> aggregates)
    {
        var numbers = aggregates.Where(aggregate => aggregate.IsNumber).ToList();
        if (parameters.Single("orderBy") is not { } text)
            return (numbers.Count > 0 ? aggregates.IndexOf(numbers[0]) : null, true);
        var isDescending = text.StartsWith('-');
        var name = (isDescending ? text[1..] : text).Trim();
        if (numbers.Find(aggregate => aggregate.Name == name) is { } found)
            return (aggregates.IndexOf(found), isDescending);
        parameters.Refuse("orderBy", text, $"one of {string.Join(", ", numbers.Select(aggregate => aggregate.Name))}, with - before it for the largest first");
        return (null, true);
    }

    private static NamedField Known(Signal signal, string name) =>
        FieldName.TryParse(signal, name, out var field, out var problem)
            ? new NamedField(name, field)
            : throw new InvalidOperationException($"A default facet is no field: {problem}.");
}
