namespace Otelier.Storage.ClickHouse.Transports;

/// <summary>Counts what one query reads, as far as the engine tells. Written by the transport, read by anybody.</summary>
internal sealed class QueryMeter
{
    private long _rows;
    private long _bytes;

    /// <summary>Rows read from tables so far.</summary>
    internal long RowsRead => Interlocked.Read(ref _rows);

    /// <summary>Their size in bytes before compression.</summary>
    internal long BytesRead => Interlocked.Read(ref _bytes);

    internal void Add(long rows, long bytes)
    {
        Interlocked.Add(ref _rows, rows);
        Interlocked.Add(ref _bytes, bytes);
    }
}
