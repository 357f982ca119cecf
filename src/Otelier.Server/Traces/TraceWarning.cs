using System.Text.Json;
using Otelier.Signals.Traces;
using Otelier.Signals.Traces.Analysis;

namespace Otelier.Server.Traces;

/// <summary>In what way an answer about a trace is less than what was asked for.</summary>
/// <param name="Code">For programs; does not change.</param>
/// <param name="Message">For people; may change.</param>
internal readonly record struct TraceWarning(string Code, string Message)
{
    /// <summary>What was remarkable about a trace's own spans.</summary>
    public static IEnumerable<TraceWarning> Of(TraceTree tree)
    {
        if (tree.IsCapped)
            yield return new TraceWarning("capped", $"The trace has more than {TraceLimits.SpansMax} spans; these are the earliest.");
        if (tree.CycleCount > 0)
            yield return new TraceWarning("cycle", $"{tree.CycleCount} circles of parents were cut at their earliest span.");
        if (tree.DuplicateCount > 0)
            yield return new TraceWarning("duplicates", $"{tree.DuplicateCount} spans are stored more than once and shown once.");
    }

    /// <summary>Writes <c>"warnings": […]</c>.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<TraceWarning> warnings)
    {
        json.WriteStartArray("warnings");
        foreach (var warning in warnings)
        {
            json.WriteStartObject();
            json.WriteString("code", warning.Code);
            json.WriteString("message", warning.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
