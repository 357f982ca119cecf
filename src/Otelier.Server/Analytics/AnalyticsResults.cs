using Otelier.Server.Http;
using Otelier.Signals.Analytics;
using Otelier.Signals.Api;

namespace Otelier.Server.Analytics;

/// <summary>The answers of this feature as JSON, written as they go.</summary>
internal static class AnalyticsResults
{
    public static IResult Of(AggregateQuery query, AggregateAnswer answer) => JsonAnswer.OfMembers(async (json, context) =>
    {
        AnalyticsJson.WriteColumns(json, query);
        if (query.Grid is { } grid)
        {
            json.WriteNumber("stepNanos", grid.StepNanos);
            await json.WriteListAsync(context, "series", answer.Series, series => AnalyticsJson.Write(json, query, grid, series));
        }
        else
        {
            await json.WriteListAsync(context, "rows", answer.Rows, row => AnalyticsJson.Write(json, query, row));
        }

        json.WriteWarnings(answer.Warnings);
    });

    public static IResult Of(HeatmapQuery query, Heatmap answer) => JsonAnswer.OfMembers(async (json, context) =>
    {
        var lowest = answer.Cells.Count == 0 ? 0 : answer.Cells.Min(cell => cell.Bucket);
        var highest = answer.Cells.Count == 0 ? -1 : answer.Cells.Max(cell => cell.Bucket);
        json.WriteNumber("stepNanos", query.Grid.StepNanos);
        AnalyticsJson.WriteBuckets(json, lowest, highest);
        await json.WriteListAsync(context, "cells", answer.Cells, cell => AnalyticsJson.Write(json, query.Grid, lowest, cell));
        json.WriteWarnings(answer.Warnings);
    });

    public static IResult Of(LogHistogramQuery query, LogHistogram answer) => JsonAnswer.OfMembers(async (json, context) =>
    {
        json.WriteNumber("stepNanos", query.Grid.StepNanos);
        await json.WriteListAsync(context, "series", answer.Series, series => AnalyticsJson.Write(json, query.Grid, series));
        json.WriteNumber("total", answer.Total);
        json.WriteWarnings(answer.Warnings);
    });

    public static IResult Of(FacetQuery query, FacetAnswer answer) => JsonAnswer.OfMembers(async (json, context) =>
    {
        await json.WriteListAsync(context, "facets", query.Fields.Zip(answer.Facets), facet => AnalyticsJson.Write(json, facet.First, facet.Second));
        json.WriteWarnings(answer.Warnings);
    });

    public static IResult Of(ComparisonAnswer answer) => JsonAnswer.OfMembers(async (json, context) =>
    {
        json.WriteNumber("selectionCount", answer.SelectionCount);
        json.WriteNumber("baselineCount", answer.BaselineCount);
        await json.WriteListAsync(context, "fields", answer.Fields, field => AnalyticsJson.Write(json, field));
        json.WriteWarnings(answer.Warnings);
    });
}
