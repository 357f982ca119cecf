namespace Otelier.Signals.Metrics;

/// <summary>Which of a histogram point's optional fields were sent. The bits are stored and must not change.</summary>
[Flags]
public enum HistogramFields : byte
{
    None = 0,
    Sum = 1,
    Min = 2,
    Max = 4,
    Positive = 8,
    Negative = 16,
}
