using Otelier.Signals.Columns;
using Otelier.Signals.Metrics;

namespace Otelier.Signals.Otlp;

/// <summary>The value of a number data point or exemplar: <c>oneof value { double as_double; sfixed64 as_int; }</c>.</summary>
internal static class NumberValue
{
    /// <summary>
    /// Integers that would round to 2^63 become this: a double that converts back to a 64-bit integer everywhere, so that value
    /// and difference give the exact integer in every language.
    /// </summary>
    private const double BelowTwoTo63 = 9223372036854774784;

    /// <param name="kind">Which of the two was sent.</param>
    /// <param name="bits">Its 8 bytes on the wire.</param>
    /// <param name="kinds">Where the kind goes.</param>
    /// <param name="values">Where the value goes as a double.</param>
    /// <param name="integers">Where an exact integer goes.</param>
    public static void Add(
        NumberKind kind, ulong bits, FixedColumn<NumberKind> kinds, FixedColumn<double> values, FixedColumn<long> integers)
    {
        kinds.Add(kind);
        values.Add(kind switch
        {
            NumberKind.Double => BitConverter.UInt64BitsToDouble(bits),
            NumberKind.Int => Math.Min((long)bits, BelowTwoTo63),
            _ => double.NaN,
        });
        integers.Add(kind == NumberKind.Int ? (long)bits : 0);
    }
}
