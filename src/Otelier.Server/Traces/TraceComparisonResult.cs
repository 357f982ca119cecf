using System.Text.Json;
using Otelier.Server.Http;
using Otelier.Signals;
using Otelier.Signals.Api;
using Otelier.Signals.Ids;
using Otelier.Signals.Traces.Analysis;

namespace Otelier.Server.Traces;

/// <summary>Two traces laid over each other.</summary>
internal sealed class TraceComparisonResult(TraceId leftId, TraceTree left, TraceId rightId, TraceTree right) : JsonAnswer
{
    protected override async Task WriteAsync(Utf8JsonWriter json, HttpContext context)
    {
        var comparison = TraceComparison.Of(left, right);
        json.WriteStartObject();
        json.WriteStartObject("left");
        TraceAnalysisJson.WriteSummary(json, leftId, left);
        json.WriteEndObject();
        json.WriteStartObject("right");
        TraceAnalysisJson.WriteSummary(json, rightId, right);
        json.WriteEndObject();
        json.WriteStartArray("nodes");
        for (var id = 0; id < comparison.Nodes.Count; id++)
        {
            TraceAnalysisJson.Write(json, id, comparison.Nodes[id]);
            await json.FlushWhenLargeAsync(context);
        }

        json.WriteEndArray();
        json.WriteWarnings([.. Warnings(comparison)]);
        json.WriteEndObject();
    }

    private IEnumerable<Warning> Warnings(TraceComparison comparison)
    {
        foreach (var warning in TraceWarnings.Of(left).Concat(TraceWarnings.Of(right)).Distinct())
            yield return warning;
        if (comparison.IsCapped)
            yield return new Warning(Warning.Truncated, $"The traces have more than {TraceAnalysisLimits.ComparedNodesMax} different paths; the rest is left out.");
    }
}
