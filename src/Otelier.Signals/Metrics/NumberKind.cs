namespace Otelier.Signals.Metrics;

/// <summary>How the value of a data point or exemplar was sent. The numbers are stored and must not change.</summary>
public enum NumberKind : byte
{
    /// <summary>Without a value: a gap, when it is a data point.</summary>
    None = 0,
    Int = 1,
    Double = 2,
}
