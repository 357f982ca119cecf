using Otelier.Signals.Metrics;

namespace Otelier.Storage.ClickHouse.Tables;

/// <summary>A table that takes some of a block's rows: one kind of data points, or the exemplars.</summary>
/// <param name="Table">The table.</param>
/// <param name="RowsOf">How many rows a batch has for it.</param>
internal sealed record MetricTable(Table<Block<MetricBatch>> Table, Func<MetricBatch, int> RowsOf)
{
    /// <summary>How many rows <paramref name="block"/> has for it; a block without any inserts nothing here.</summary>
    public int Rows(Block<MetricBatch> block)
    {
        var rows = 0;
        foreach (var part in block.Parts)
            rows += RowsOf(part.Batch);
        return rows;
    }
}
