using System.Text.Json;
using Otelier.Server.Http;
using Otelier.Signals;
using Otelier.Signals.Api;
using Otelier.Signals.Ids;
using Otelier.Signals.Traces.Analysis;

namespace Otelier.Server.Traces;

/// <summary>A window of a trace's rows, written as it goes.</summary>
/// <param name="traceId">The trace.</param>
/// <param name="tree">Its spans.</param>
/// <param name="query">Which rows were asked for.</param>
/// <param name="hasMinimap">Whether the small picture of the whole trace is sent too.</param>
internal sealed class TraceRowsResult(TraceId traceId, TraceTree tree, RowQuery query, bool hasMinimap) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var window = RowWindow.Of(tree, query);
        httpContext.Response.ContentType = ApiJson.MediaType;
        await using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter, ApiJson.Options);
        json.WriteStartObject();
        TraceAnalysisJson.WriteSummary(json, traceId, tree);
        json.WriteNumber("rowCount", window.RowCount);
        json.WriteNumber("offset", window.Offset);
        json.WriteStartArray("rows");
        foreach (var row in window.Rows)
        {
            TraceRowJson.Write(json, tree, row, query);
            await json.FlushWhenLargeAsync(httpContext);
        }

        json.WriteEndArray();
        json.WriteNumber("matchCount", window.MatchCount);
        json.WriteStartArray("matchRows");
        foreach (var place in window.MatchRows)
            json.WriteNumberValue(place);
        json.WriteEndArray();
        if (hasMinimap)
            TraceRowJson.WriteMinimap(json, tree);
        json.WriteWarnings([.. Warnings(window)]);
        json.WriteEndObject();
        await json.FlushAsync(httpContext.RequestAborted);
    }

    private IEnumerable<Warning> Warnings(RowWindow window)
    {
        foreach (var warning in TraceWarnings.Of(tree))
            yield return warning;
        if (query.Around is { } around && tree.RowOf(around) < 0)
            yield return new Warning(Warning.SpanNotFound, $"The trace has no span {around}; the window is where 'offset' says.");
        if (window.MatchCount > window.MatchRows.Count)
            yield return new Warning(Warning.Truncated, $"More than {TraceAnalysisLimits.MatchRowsMax} rows match; 'matchRows' tells the first.");
    }
}
