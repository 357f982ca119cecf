namespace Otelier.Signals.Traces;

/// <summary>The named limits of reading one trace.</summary>
public static class TraceLimits
{
    /// <summary>Most spans of one trace that are read; of a larger one the earliest.</summary>
    public const int SpansMax = 100_000;
}
