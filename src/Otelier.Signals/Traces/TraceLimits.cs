namespace Otelier.Signals.Traces;

/// <summary>The named limits of reading one trace.</summary>
public static class TraceLimits
{
    /// <summary>Most spans of one trace that are read; of a larger one the earliest.</summary>
    public const int SpansMax = 100_000;

    /// <summary>Most spans that are read of one span id: usually there is one, and two where a call's sides share it.</summary>
    public const int SameIdMax = 10;
}
