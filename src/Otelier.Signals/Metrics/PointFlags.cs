namespace Otelier.Signals.Metrics;

/// <summary>The bits of a data point's <c>flags</c> that the protocol defines; all others are kept as sent.</summary>
public static class PointFlags
{
    /// <summary>The series has ended or paused: the point is a gap and carries no value.</summary>
    public const uint NoRecordedValue = 1;
}
