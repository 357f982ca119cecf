namespace Otelier.Signals.Columns;

/// <summary>A column of a batch. Not thread-safe while it is being filled.</summary>
public abstract class Column : IDisposable
{
    /// <summary>How many rows it has.</summary>
    public abstract int Count { get; }

    /// <summary>How much memory it holds, in bytes.</summary>
    public abstract int Capacity { get; }

    /// <summary>Takes back everything after the first <paramref name="count"/> rows.</summary>
    public abstract void Truncate(int count);

    /// <summary>Takes back all rows and keeps the memory.</summary>
    public abstract void Clear();

    /// <summary>Gives the memory back; every span taken from the column is invalid afterwards.</summary>
    public abstract void Dispose();
}
