namespace Otelier.Signals.Columns;

/// <summary>Columns of the same rows, filled, taken back and disposed of together.</summary>
public abstract class ColumnSet
{
    private readonly List<Column> _columns = [];

    /// <summary>How much memory all columns hold, in bytes.</summary>
    public long Capacity
    {
        get
        {
            var sum = 0L;
            foreach (var column in _columns)
                sum += column.Capacity;
            return sum;
        }
    }

    /// <summary>Takes back everything after the first <paramref name="count"/> rows of every column.</summary>
    public void Truncate(int count)
    {
        foreach (var column in _columns)
            column.Truncate(count);
    }

    /// <summary>Takes back all rows and keeps the memory.</summary>
    public void Clear()
    {
        foreach (var column in _columns)
            column.Clear();
    }

    /// <summary>Gives the memory of all columns back.</summary>
    public void Release()
    {
        foreach (var column in _columns)
            column.Dispose();
    }

    /// <summary>Makes <paramref name="column"/> one of the set.</summary>
    protected T Own<T>(T column)
        where T : Column
    {
        _columns.Add(column);
        return column;
    }
}
