using Otelier.Signals;
using Otelier.Signals.Catalog;
using Otelier.Storage.ClickHouse.Tables;

namespace Otelier.Storage.ClickHouse;

/// <summary>Writes what the blocks of one signal add to the attribute catalog. Blocks come one after the other.</summary>
internal sealed class CatalogWriter(BlockInserter inserter)
{
    private const long NanosPerSecond = 1_000_000_000;
    private const long SecondsPerDay = 86_400;

    private readonly CatalogRollup _rollup = new();
    private CatalogRows _rows = new([], 0);
    private string _token = "";

    /// <summary>
    /// Works out the lines of a block. What is worked out for a block whose insert failed is kept for its repetition: the
    /// same token must mean the same rows.
    /// </summary>
    public void Prepare<TBatch>(Block<TBatch> block, Action<CatalogRollup, BlockPart<TBatch>> addItems)
        where TBatch : SignalBatch
    {
        if (block.Token == _token)
            return;
        var seconds = block.Parts.Count == 0 ? 0 : block.Parts.Max(part => part.ReceivedUnixNano) / NanosPerSecond;
        _rollup.BeginBlock(seconds / SecondsPerDay);
        foreach (var part in block.Parts)
        {
            _rollup.AddResources(part.Batch, part.Tenant);
            addItems(_rollup, part);
        }

        _rows = new CatalogRows([.. _rollup.Lines], (uint)Math.Clamp(seconds, 0, uint.MaxValue));
        _token = block.Token;
    }

    /// <summary>Inserts the lines prepared last.</summary>
    public Task InsertAsync(CancellationToken cancellationToken) =>
        inserter.InsertAsync(CatalogTable.Table, _rows, _rows.Lines.Count, _token, cancellationToken);
}
