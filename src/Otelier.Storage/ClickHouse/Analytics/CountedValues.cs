using Otelier.Signals.Analytics;
using Otelier.Storage.ClickHouse.Native;

namespace Otelier.Storage.ClickHouse.Analytics;

/// <summary>Reads what the engine's <c>topK</c> answers: tuples of a value, its count and by how much the count may be too high.</summary>
internal static class CountedValues
{
    /// <param name="column">The column of tuples.</param>
    /// <param name="row">Which row.</param>
    /// <param name="hasErrors">Whether a count may be too high.</param>
    /// <returns>The most frequent first, then by value.</returns>
    public static IReadOnlyList<CountedValue> Read(ArrayResultColumn column, int row, out bool hasErrors)
    {
        var tuple = (TupleResultColumn)column.Items;
        var (start, length) = column[row];
        var texts = TextsOf(tuple.Elements[0]);
        var counts = (FixedResultColumn<ulong>)tuple.Elements[1];
        var errors = (FixedResultColumn<ulong>)tuple.Elements[2];
        var values = new List<CountedValue>(length);
        hasErrors = false;
        for (var i = start; i < start + length; i++)
        {
            values.Add(new CountedValue(texts.GetString(i), counts[i]));
            hasErrors |= errors[i] > 0;
        }

        values.Sort((a, b) => b.Count.CompareTo(a.Count) is not 0 and var byCount ? byCount : string.CompareOrdinal(a.Value, b.Value));
        return values;
    }

    private static BytesResultColumn TextsOf(ResultColumn column) =>
        (BytesResultColumn)(column is NullableResultColumn nullable ? nullable.Values : column);
}
