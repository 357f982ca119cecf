using System.Text.Json;
using Otelier.Server.Http;
using Otelier.Signals;
using Otelier.Signals.Api;
using Otelier.Signals.Ids;
using Otelier.Signals.Traces.Analysis;

namespace Otelier.Server.Traces;

/// <summary>Where a trace's time went.</summary>
internal sealed class TraceAnalysisResult(TraceId traceId, TraceTree tree) : JsonAnswer
{
    protected override async Task WriteAsync(Utf8JsonWriter json, HttpContext context)
    {
        var breakdown = TraceBreakdown.Of(tree);
        json.WriteStartObject();
        TraceAnalysisJson.WriteSummary(json, traceId, tree);
        TraceAnalysisJson.WriteBreakdown(json, breakdown);
        await json.WriteListAsync(context, "criticalPath", SectionsToTell(), section => TraceAnalysisJson.Write(json, tree, section));
        json.WriteWarnings([.. Warnings(breakdown)]);
        json.WriteEndObject();
    }

    /// <summary>All sections; of too many the longest, still in order of time.</summary>
    private IEnumerable<CriticalPathSection> SectionsToTell() =>
        tree.CriticalPath.Count <= TraceAnalysisLimits.SectionsMax
            ? tree.CriticalPath
            : tree.CriticalPath
                .OrderByDescending(section => section.DurationNanos)
                .Take(TraceAnalysisLimits.SectionsMax)
                .OrderBy(section => section.StartTimeUnixNano);

    private IEnumerable<Warning> Warnings(TraceBreakdown breakdown)
    {
        foreach (var warning in TraceWarnings.Of(tree))
            yield return warning;
        if (tree.CriticalPath.Count > TraceAnalysisLimits.SectionsMax)
            yield return new Warning(Warning.Truncated, $"The critical path has {tree.CriticalPath.Count} sections; these are the longest {TraceAnalysisLimits.SectionsMax}.");
        if (Math.Max(breakdown.Services.Count, breakdown.Operations.Count) > TraceAnalysisLimits.GroupsMax)
            yield return new Warning(Warning.Truncated, $"There are more than {TraceAnalysisLimits.GroupsMax} services or operations; these have the most self time.");
    }
}
