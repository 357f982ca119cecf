using System.Text.Json;
using Otelier.Signals.Ids;
using Otelier.Signals.Traces.Analysis;

namespace Otelier.Signals.Api;

/// <summary>The analysis of a trace, and the comparison of two, as the API shows them.</summary>
public static class TraceAnalysisJson
{
    private static readonly string[] Changes = ["same", "changed", "added", "removed"];

    /// <summary>Writes what is true of the whole trace, into an object that is open.</summary>
    public static void WriteSummary(Utf8JsonWriter json, TraceId traceId, TraceTree tree)
    {
        json.WriteString("traceId", traceId.ToString());
        AttributesJson.WriteNanos(json, "startTimeUnixNano", tree.StartTimeUnixNano);
        json.WriteNumber("durationNanos", tree.DurationNanos);
        json.WriteNumber("spanCount", tree.Count);
        json.WriteNumber("errorCount", tree.ErrorCount);
        json.WriteNumber("depthMax", tree.DepthMax);
        json.WriteNumber("rootCount", tree.RootCount);
        json.WriteNumber("orphanCount", tree.OrphanCount);
        json.WriteString("rootService", tree[tree.MainRow].ServiceName);
        json.WriteString("rootName", tree[tree.MainRow].Name);
    }

    /// <summary>Writes services and operations, as far as there is room for them.</summary>
    public static void WriteBreakdown(Utf8JsonWriter json, TraceBreakdown breakdown)
    {
        json.WriteStartArray("services");
        foreach (var service in breakdown.Services.Take(TraceAnalysisLimits.GroupsMax))
        {
            json.WriteStartObject();
            json.WriteString("serviceName", service.ServiceName);
            json.WriteNumber("spanCount", service.SpanCount);
            json.WriteNumber("errorCount", service.ErrorCount);
            json.WriteNumber("selfTimeNanos", service.SelfTimeNanos);
            json.WriteNumber("selfTimeShare", breakdown.SelfTimeTotalNanos == 0 ? 0 : (double)service.SelfTimeNanos / breakdown.SelfTimeTotalNanos);
            json.WriteNumber("criticalPathNanos", service.CriticalPathNanos);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("operations");
        foreach (var operation in breakdown.Operations.Take(TraceAnalysisLimits.GroupsMax))
        {
            json.WriteStartObject();
            json.WriteString("serviceName", operation.ServiceName);
            json.WriteString("name", operation.Name);
            json.WriteString("kind", SpanJson.KindWord(operation.Kind));
            json.WriteNumber("spanCount", operation.SpanCount);
            json.WriteNumber("errorCount", operation.ErrorCount);
            json.WriteNumber("durationTotalNanos", operation.DurationTotalNanos);
            json.WriteNumber("durationMaxNanos", operation.DurationMaxNanos);
            json.WriteNumber("selfTimeNanos", operation.SelfTimeNanos);
            json.WriteNumber("criticalPathNanos", operation.CriticalPathNanos);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, TraceTree tree, CriticalPathSection section)
    {
        ref readonly var span = ref tree[section.Row];
        json.WriteStartObject();
        json.WriteString("spanId", span.SpanId.ToString());
        json.WriteString("serviceName", span.ServiceName);
        json.WriteString("name", span.Name);
        AttributesJson.WriteNanos(json, "startTimeUnixNano", section.StartTimeUnixNano);
        AttributesJson.WriteNanos(json, "endTimeUnixNano", section.EndTimeUnixNano);
        json.WriteNumber("durationNanos", section.DurationNanos);
        json.WriteEndObject();
    }

    /// <param name="json">Where to.</param>
    /// <param name="id">The node's place in the comparison.</param>
    /// <param name="node">The node.</param>
    public static void Write(Utf8JsonWriter json, int id, ComparedNode node)
    {
        json.WriteStartObject();
        json.WriteNumber("id", id);
        if (node.Parent >= 0)
            json.WriteNumber("parentId", node.Parent);
        json.WriteNumber("depth", node.Depth);
        json.WriteString("serviceName", node.ServiceName);
        json.WriteString("name", node.Name);
        json.WriteString("kind", SpanJson.KindWord(node.Kind));
        json.WriteNumber("leftCount", node.Left.Count);
        json.WriteNumber("rightCount", node.Right.Count);
        json.WriteNumber("leftDurationNanos", node.Left.DurationNanos);
        json.WriteNumber("rightDurationNanos", node.Right.DurationNanos);
        json.WriteNumber("leftSelfTimeNanos", node.Left.SelfTimeNanos);
        json.WriteNumber("rightSelfTimeNanos", node.Right.SelfTimeNanos);
        json.WriteNumber("leftErrorCount", node.Left.ErrorCount);
        json.WriteNumber("rightErrorCount", node.Right.ErrorCount);
        json.WriteString("change", Changes[(int)node.Change]);
        json.WriteEndObject();
    }
}
