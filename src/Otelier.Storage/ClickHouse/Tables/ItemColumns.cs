using System.Buffers;
using System.Text;
using Otelier.Signals;
using Otelier.Signals.Columns;
using Otelier.Signals.Ids;
using Otelier.Storage.ClickHouse.Native;

namespace Otelier.Storage.ClickHouse.Tables;

/// <summary>The kinds of columns that take one value from every item of a batch.</summary>
internal static class ItemColumns<TBatch>
    where TBatch : SignalBatch
{
    public static TableColumn<Block<TBatch>> Fixed<T>(string name, string type, Func<TBatch, FixedColumn<T>> select)
        where T : unmanaged => new(name, type, (block, writer) =>
        {
            foreach (var part in block.Parts)
                writer.WriteFixed(select(part.Batch).Values);
        });

    /// <summary>A column whose values <paramref name="compute"/> works out for all items of a part at once.</summary>
    public static TableColumn<Block<TBatch>> Computed<T>(string name, string type, Func<TBatch, int> count, FillRows<TBatch, T> compute)
        where T : unmanaged => new(name, type, (block, writer) =>
        {
            foreach (var part in block.Parts)
            {
                var values = ArrayPool<T>.Shared.Rent(Math.Max(count(part.Batch), 1));
                var rows = values.AsSpan(0, count(part.Batch));
                compute(part, rows);
                writer.WriteFixed<T>(rows);
                ArrayPool<T>.Shared.Return(values);
            }
        });

    public static TableColumn<Block<TBatch>> Strings(string name, Func<TBatch, StringColumn> select) => new(name, "String", (block, writer) =>
    {
        foreach (var part in block.Parts)
            writer.WriteBytes(select(part.Batch).Encoded);
    });

    public static TableColumn<Block<TBatch>> Hex(string name, Func<TBatch, FixedColumn<TraceId>> select) => new(name, "String", (block, writer) =>
    {
        foreach (var part in block.Parts)
            HexWriter.Write(select(part.Batch).Bytes, TraceId.Size, writer.Output);
    });

    public static TableColumn<Block<TBatch>> Hex(string name, Func<TBatch, FixedColumn<SpanId>> select) => new(name, "String", (block, writer) =>
    {
        foreach (var part in block.Parts)
            HexWriter.Write(select(part.Batch).Bytes, SpanId.Size, writer.Output);
    });

    public static TableColumn<Block<TBatch>> Dictionary(string name, Func<TBatch, DictionaryColumn> select) =>
        new(name, TypeNames.LowCardinality, (block, writer) =>
        {
            writer.BeginDictionary();
            foreach (var part in block.Parts)
                writer.AddRows(select(part.Batch));
            writer.EndDictionary();
        });

    /// <summary>A number that a table shows as a word: the protocol's name, or the number itself where it has none.</summary>
    public static TableColumn<Block<TBatch>> Words(string name, IReadOnlyList<string> words, Func<TBatch, FixedColumn<int>> select)
    {
        var known = words.Select(Encoding.UTF8.GetBytes).ToArray();
        return new(name, TypeNames.LowCardinality, (block, writer) =>
        {
            writer.BeginDictionary();
            foreach (var word in known)
                writer.Dictionary.Intern(word);
            foreach (var part in block.Parts)
            {
                var numbers = select(part.Batch).Values;
                var rows = writer.Dictionary.AddRows(numbers.Length);
                for (var i = 0; i < numbers.Length; i++)
                    rows[i] = (uint)numbers[i] < (uint)known.Length ? numbers[i] : writer.Dictionary.Intern(Encoding.UTF8.GetBytes($"{numbers[i]}"));
            }

            writer.EndDictionary();
        });
    }

    public static TableColumn<Block<TBatch>> Map(string name, Func<TBatch, AttributesColumn> select) => new(name, TypeNames.Map, (block, writer) =>
    {
        writer.BeginDictionary();
        WriteMapOffsets(block, writer, select);
        foreach (var part in block.Parts)
            writer.AddKeys(select(part.Batch));
        writer.EndDictionary();
        foreach (var part in block.Parts)
            writer.WriteBytes(select(part.Batch).Values);
    });

    public static TableColumn<Block<TBatch>> Signature(string name, Func<TBatch, AttributesColumn> select) =>
        new(name, TypeNames.LowCardinality, (block, writer) =>
        {
            writer.BeginDictionary();
            foreach (var part in block.Parts)
            {
                var column = select(part.Batch);
                writer.InternSignatures(column, writer.Dictionary.AddRows(column.Count));
            }

            writer.EndDictionary();
        });

    public static TableColumn<Block<TBatch>> Tenant(Func<TBatch, int> count) => new("Tenant", TypeNames.LowCardinality, (block, writer) =>
    {
        writer.BeginDictionary();
        foreach (var part in block.Parts)
            writer.Dictionary.AddRows(count(part.Batch)).Fill(writer.Dictionary.Intern(Encoding.UTF8.GetBytes(part.Tenant.Value)));
        writer.EndDictionary();
    });

    private static void WriteMapOffsets(Block<TBatch> block, NativeColumnWriter writer, Func<TBatch, AttributesColumn> select)
    {
        var end = 0UL;
        foreach (var part in block.Parts)
        {
            var column = select(part.Batch);
            var shapes = column.Shapes;
            var offsets = ArrayPool<ulong>.Shared.Rent(Math.Max(column.Count, 1));
            var indexes = column.ShapeIndexes;
            for (var row = 0; row < indexes.Length; row++)
            {
                end += (ulong)shapes[indexes[row]].Count;
                offsets[row] = end;
            }

            writer.WriteFixed<ulong>(offsets.AsSpan(0, indexes.Length));
            ArrayPool<ulong>.Shared.Return(offsets);
        }
    }
}
