namespace Otelier.Signals.Metrics;

/// <summary>The value of a point or an exemplar, as exact as it was sent.</summary>
/// <param name="Kind">How it was sent.</param>
/// <param name="Value">The value whatever its kind: an integer as the nearest double, no value as NaN.</param>
/// <param name="IntValue">The exact value of an integer; 0 for the other kinds.</param>
public readonly record struct MetricNumber(NumberKind Kind, double Value, long IntValue)
{
    /// <summary>No value.</summary>
    public static MetricNumber None { get; } = new(NumberKind.None, double.NaN, 0);

    /// <summary>An integer.</summary>
    public static MetricNumber Of(long value) => new(NumberKind.Int, value, value);

    /// <summary>A double.</summary>
    public static MetricNumber Of(double value) => new(NumberKind.Double, value, 0);
}
