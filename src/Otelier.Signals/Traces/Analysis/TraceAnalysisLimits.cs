namespace Otelier.Signals.Traces.Analysis;

/// <summary>The named limits of what is told of one trace.</summary>
public static class TraceAnalysisLimits
{
    /// <summary>Rows of a window where the caller names no number.</summary>
    public const int RowsDefault = 500;

    /// <summary>Most rows of a window.</summary>
    public const int RowsMax = 10_000;

    /// <summary>Most matching rows told at once.</summary>
    public const int MatchRowsMax = 10_000;

    /// <summary>Most spans that can be collapsed at once.</summary>
    public const int CollapsedMax = 10_000;

    /// <summary>Most bars of the small picture of the whole trace.</summary>
    public const int MinimapMax = 500;

    /// <summary>Most sections of a critical path told at once: the longest.</summary>
    public const int SectionsMax = 10_000;

    /// <summary>Most services and most operations told of one trace: those with the most self time.</summary>
    public const int GroupsMax = 1_000;

    /// <summary>Most nodes of a comparison.</summary>
    public const int ComparedNodesMax = 10_000;
}
