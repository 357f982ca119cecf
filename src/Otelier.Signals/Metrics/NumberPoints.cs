using Otelier.Signals.Columns;

namespace Otelier.Signals.Metrics;

/// <summary>The data points of gauges and sums.</summary>
public sealed class NumberPoints : PointSet
{
    public NumberPoints()
    {
        Kind = Own(new FixedColumn<NumberKind>());
        Value = Own(new FixedColumn<double>());
        IntValue = Own(new FixedColumn<long>());
    }

    public FixedColumn<NumberKind> Kind { get; }

    /// <summary>
    /// The value whatever its kind: an integer as the nearest double (those next to 2^63 as the largest double below it, so that
    /// it converts back to a 64-bit integer), no value as NaN.
    /// </summary>
    public FixedColumn<double> Value { get; }

    /// <summary>The exact value of an integer; 0 for the other kinds.</summary>
    public FixedColumn<long> IntValue { get; }
}
