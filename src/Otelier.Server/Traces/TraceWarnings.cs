using Otelier.Signals;
using Otelier.Signals.Traces;
using Otelier.Signals.Traces.Analysis;

namespace Otelier.Server.Traces;

/// <summary>What is remarkable about a trace's own spans.</summary>
internal static class TraceWarnings
{
    public static IEnumerable<Warning> Of(TraceTree tree)
    {
        if (tree.IsCapped)
            yield return new Warning(Warning.Capped, $"The trace has more than {TraceLimits.SpansMax} spans; these are the earliest.");
        if (tree.CycleCount > 0)
            yield return new Warning(Warning.Cycle, $"{tree.CycleCount} circles of parents were cut at their earliest span.");
        if (tree.DuplicateCount > 0)
            yield return new Warning(Warning.Duplicates, $"{tree.DuplicateCount} spans are stored more than once and shown once.");
    }
}
