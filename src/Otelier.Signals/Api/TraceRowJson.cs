using System.Text.Json;
using Otelier.Signals.Traces.Analysis;

namespace Otelier.Signals.Api;

/// <summary>Rows of a trace as the API shows them: what a waterfall draws, without the insides of the spans.</summary>
public static class TraceRowJson
{
    public static void Write(Utf8JsonWriter json, TraceTree tree, int row, RowQuery query)
    {
        ref readonly var span = ref tree[row];
        json.WriteStartObject();
        json.WriteString("spanId", span.SpanId.ToString());
        if (!span.ParentSpanId.IsZero)
            json.WriteString("parentSpanId", span.ParentSpanId.ToString());
        json.WriteString("name", span.Name);
        json.WriteString("serviceName", span.ServiceName);
        json.WriteString("kind", SpanJson.KindWord(span.Kind));
        json.WriteString("status", SpanJson.StatusWord(span.StatusCode));
        json.WriteNumber("depth", tree.DepthOf(row));
        json.WriteNumber("childCount", tree.ChildCountOf(row));
        json.WriteNumber("descendantCount", tree.DescendantCountOf(row));
        json.WriteNumber("descendantErrorCount", tree.DescendantErrorCountOf(row));
        AttributesJson.WriteNanos(json, "startTimeUnixNano", span.StartTimeUnixNano);
        json.WriteNumber("durationNanos", span.DurationNanos);
        json.WriteNumber("selfTimeNanos", tree.SelfTimeNanos(row));
        if (tree.SkewNanos(row) != 0)
            json.WriteNumber("skewNanos", tree.SkewNanos(row));
        json.WriteBoolean("isRoot", tree.IsRoot(row));
        json.WriteBoolean("isOrphan", tree.IsOrphan(row));
        json.WriteBoolean("isCritical", tree.IsCritical(row));
        json.WriteBoolean("isCollapsed", query.IsCollapsed(tree, row));
        json.WriteBoolean("isMatch", query.IsMatch(span.SpanId));
        json.WriteNumber("eventCount", span.EventCount);
        json.WriteNumber("linkCount", span.LinkCount);
        json.WriteEndObject();
    }

    /// <summary>Writes <c>"minimap": […]</c>.</summary>
    public static void WriteMinimap(Utf8JsonWriter json, TraceTree tree)
    {
        json.WriteStartArray("minimap");
        foreach (var row in Minimap.Of(tree))
        {
            json.WriteStartObject();
            json.WriteString("serviceName", tree[row].ServiceName);
            json.WriteNumber("startOffsetNanos", tree[row].StartTimeUnixNano - tree.StartTimeUnixNano);
            json.WriteNumber("durationNanos", tree[row].DurationNanos);
            json.WriteNumber("depth", tree.DepthOf(row));
            json.WriteBoolean("isError", tree[row].IsError);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
