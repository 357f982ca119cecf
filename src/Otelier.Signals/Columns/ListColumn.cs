namespace Otelier.Signals.Columns;

/// <summary>
/// A column whose rows are lists of values of one fixed size: the values of all rows one after the other, and where each
/// row's end. Values added without <see cref="EndRow"/> belong to no row and are taken back by <see cref="Truncate"/>.
/// </summary>
public sealed class ListColumn<T> : Column
    where T : unmanaged
{
    public override int Count => Ends.Count;

    /// <summary>The values of all rows.</summary>
    public FixedColumn<T> Values { get; } = new();

    /// <summary>For every row where its values end in <see cref="Values"/>.</summary>
    public FixedColumn<int> Ends { get; } = new();

    public override int Capacity => Values.Capacity + Ends.Capacity;

    /// <summary>The values of one row.</summary>
    public ReadOnlySpan<T> this[int row] => Values.Values[(row == 0 ? 0 : Ends[row - 1])..Ends[row]];

    /// <summary>How many values have been added since the last row ended.</summary>
    public int OpenCount => Values.Count - (Ends.Count == 0 ? 0 : Ends[Ends.Count - 1]);

    /// <summary>Closes the row whose values were added to <see cref="Values"/>.</summary>
    public void EndRow() => Ends.Add(Values.Count);

    public override void Truncate(int count)
    {
        Ends.Truncate(count);
        Values.Truncate(count == 0 ? 0 : Ends[count - 1]);
    }

    public override void Clear()
    {
        Ends.Clear();
        Values.Clear();
    }

    public override void Dispose()
    {
        Ends.Dispose();
        Values.Dispose();
    }
}
