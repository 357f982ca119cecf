using System.Text.Json;
using Otelier.Server.Http;
using Otelier.Signals.Analytics;
using Otelier.Signals.Api;

namespace Otelier.Server.Analytics;

/// <summary>The answers of this feature as JSON, written as they go.</summary>
internal static class AnalyticsResults
{
    public static IResult Of(AggregateQuery query, AggregateAnswer answer) => new JsonAnswer(async (json, context) =>
    {
        AnalyticsJson.WriteColumns(json, query);
        if (query.Grid is { } grid)
        {
            json.WriteNumber("stepNanos", grid.StepNanos);
            await WriteListAsync(json, context, "series", answer.Series, series => AnalyticsJson.Write(json, query, grid, series));
        }
        else
        {
            await WriteListAsync(json, context, "rows", answer.Rows, row => AnalyticsJson.Write(json, query, row));
        }

        json.WriteWarnings(answer.Warnings);
    });

    public static IResult Of(HeatmapQuery query, Heatmap answer) => new JsonAnswer(async (json, context) =>
    {
        var lowest = answer.Cells.Count == 0 ? 0 : answer.Cells.Min(cell => cell.Bucket);
        var highest = answer.Cells.Count == 0 ? -1 : answer.Cells.Max(cell => cell.Bucket);
        json.WriteNumber("stepNanos", query.Grid.StepNanos);
        AnalyticsJson.WriteBuckets(json, lowest, highest);
        await WriteListAsync(json, context, "cells", answer.Cells, cell => AnalyticsJson.Write(json, query.Grid, lowest, cell));
        json.WriteWarnings(answer.Warnings);
    });

    public static IResult Of(LogHistogramQuery query, LogHistogram answer) => new JsonAnswer(async (json, context) =>
    {
        json.WriteNumber("stepNanos", query.Grid.StepNanos);
        await WriteListAsync(json, context, "series", answer.Series, series => AnalyticsJson.Write(json, query.Grid, series));
        json.WriteNumber("total", answer.Total);
        json.WriteWarnings(answer.Warnings);
    });

    public static IResult Of(FacetQuery query, FacetAnswer answer) => new JsonAnswer(async (json, context) =>
    {
        await WriteListAsync(json, context, "facets", query.Fields.Zip(answer.Facets), facet => AnalyticsJson.Write(json, facet.First, facet.Second));
        json.WriteWarnings(answer.Warnings);
    });

    public static IResult Of(ComparisonAnswer answer) => new JsonAnswer(async (json, context) =>
    {
        json.WriteNumber("selectionCount", answer.SelectionCount);
        json.WriteNumber("baselineCount", answer.BaselineCount);
        await WriteListAsync(json, context, "fields", answer.Fields, field => AnalyticsJson.Write(json, field));
        json.WriteWarnings(answer.Warnings);
    });

    private static async Task WriteListAsync<T>(Utf8JsonWriter json, HttpContext context, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(item);
            await json.FlushWhenLargeAsync(context);
        }

        json.WriteEndArray();
    }

    /// <summary>An object whose members are written by what was handed in.</summary>
    private sealed class JsonAnswer(Func<Utf8JsonWriter, HttpContext, Task> writeMembersAsync) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = ApiJson.MediaType;
            await using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter, ApiJson.Options);
            json.WriteStartObject();
            await writeMembersAsync(json, httpContext);
            json.WriteEndObject();
            await json.FlushAsync(httpContext.RequestAborted);
        }
    }
}
