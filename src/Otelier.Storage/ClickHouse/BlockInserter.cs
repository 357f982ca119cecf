using System.Buffers;
using System.Collections.Concurrent;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Tables;
using Otelier.Storage.ClickHouse.Transports;

namespace Otelier.Storage.ClickHouse;

/// <summary>Inserts blocks into tables, each under a token of its own, so that a repeated block is stored once.</summary>
internal sealed class BlockInserter(IClickHouseTransport transport) : IDisposable
{
    private readonly ConcurrentBag<NativeColumnWriter> _writers = [];

    /// <summary>Inserts <paramref name="rows"/> rows of <paramref name="block"/>; nothing where there are none.</summary>
    /// <param name="table">The table and how a block becomes its columns.</param>
    /// <param name="block">What is written; read again when an insert is repeated.</param>
    /// <param name="rows">How many rows the block has for this table.</param>
    /// <param name="token">Names the block; the table's name is added.</param>
    /// <param name="cancellationToken">Honoured until the last byte is handed over.</param>
    /// <exception cref="StoreException">The engine did not take it; the same call may be repeated.</exception>
    public async Task InsertAsync<TBlock>(Table<TBlock> table, TBlock block, int rows, string token, CancellationToken cancellationToken)
    {
        if (rows == 0)
            return;
        try
        {
            await transport.InsertAsync(table.Name, table.ColumnNames, $"{token}:{table.Name}", output => Write(table, block, rows, output), cancellationToken);
        }
        catch (ClickHouseException exception)
        {
            throw StoreFaults.Translate(exception);
        }
    }

    /// <summary>Leaves what is kept for the next insert to the garbage collector; for an idle server.</summary>
    public void Trim() => _writers.Clear();

    public void Dispose()
    {
        while (_writers.TryTake(out var writer))
            writer.Dispose();
    }

    private void Write<TBlock>(Table<TBlock> table, TBlock block, int rows, IBufferWriter<byte> output)
    {
        if (!_writers.TryTake(out var writer))
            writer = new NativeColumnWriter();
        table.Write(block, rows, writer, output);
        _writers.Add(writer);
    }
}
