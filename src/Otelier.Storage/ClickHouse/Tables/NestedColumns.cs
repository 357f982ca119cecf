using System.Buffers;
using System.Runtime.InteropServices;
using Otelier.Signals;
using Otelier.Signals.Columns;

namespace Otelier.Storage.ClickHouse.Tables;

/// <summary>
/// Array columns whose elements lie one item's after the other's in columns of their own: events, links, exemplars.
/// </summary>
/// <param name="prefix">The name before the dot; empty where the array stands by itself.</param>
/// <param name="ends">For every item where its elements end.</param>
internal sealed class NestedColumns<TBatch>(string prefix, Func<TBatch, FixedColumn<int>> ends)
    where TBatch : SignalBatch
{
    public TableColumn<Block<TBatch>> Fixed<T>(string name, string type, Func<TBatch, FixedColumn<T>> select)
        where T : unmanaged => Array(ItemColumns<TBatch>.Fixed(name, type, select));

    public TableColumn<Block<TBatch>> Strings(string name, Func<TBatch, StringColumn> select) => Array(ItemColumns<TBatch>.Strings(name, select));

    public TableColumn<Block<TBatch>> Dictionary(string name, Func<TBatch, DictionaryColumn> select) => Array(ItemColumns<TBatch>.Dictionary(name, select));

    public TableColumn<Block<TBatch>> Map(string name, Func<TBatch, AttributesColumn> select) => Array(ItemColumns<TBatch>.Map(name, select));

    public TableColumn<Block<TBatch>> Signature(string name, Func<TBatch, AttributesColumn> select) => Array(ItemColumns<TBatch>.Signature(name, select));

    /// <summary>
    /// The elements' column with the arrays' offsets before it. A dictionary's prefix stands before the offsets, so the
    /// offsets are handed to the writer, which puts them where the elements begin.
    /// </summary>
    private TableColumn<Block<TBatch>> Array(TableColumn<Block<TBatch>> elements) =>
        new(prefix.Length == 0 ? elements.Name : $"{prefix}.{elements.Name}", TypeNames.ArrayOf(elements.Type), (block, writer) =>
        {
            var startsWithPrefix = elements.Type is TypeNames.LowCardinality or TypeNames.Map;
            writer.AfterPrefix = () => WriteOffsets(block, writer.Output);
            if (!startsWithPrefix)
                writer.EndPrefix();
            elements.Write(block, writer);
        });

    private void WriteOffsets(Block<TBatch> block, IBufferWriter<byte> output)
    {
        var before = 0UL;
        foreach (var part in block.Parts)
        {
            var rows = ends(part.Batch).Values;
            var bytes = output.GetSpan(rows.Length * sizeof(ulong));
            var offsets = MemoryMarshal.Cast<byte, ulong>(bytes);
            for (var i = 0; i < rows.Length; i++)
                offsets[i] = before + (ulong)rows[i];
            output.Advance(rows.Length * sizeof(ulong));
            if (rows.Length > 0)
                before += (ulong)rows[^1];
        }
    }
}
