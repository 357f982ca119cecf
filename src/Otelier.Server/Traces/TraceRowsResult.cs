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
internal sealed class TraceRowsResult(TraceId traceId, TraceTree tree, RowQuery query, bool hasMinimap) : JsonAnswer
{
    protected override async Task WriteAsync(Utf8JsonWriter json, HttpContext context)
    {
        var window = RowWindow.Of(tree, query);
        json.WriteStartObject();
        TraceAnalysisJson.WriteSummary(json, traceId, tree);
        json.WriteNumber("rowCount", window.RowCount);
        json.WriteNumber("offset", window.Offset);
        await json.WriteListAsync(context, "rows", window.Rows, row => TraceRowJson.Write(json, tree, row, query));
        json.WriteNumber("matchCount", window.MatchCount);
        json.WriteStartArray("matchRows");
        foreach (var place in window.MatchRows)
            json.WriteNumberValue(place);
        json.WriteEndArray();
        if (hasMinimap)
            TraceRowJson.WriteMinimap(json, tree);
        json.WriteWarnings([.. Warnings(window)]);
        json.WriteEndObject();
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
