using System.Buffers;
using System.Runtime.InteropServices;
using Otelier.Signals;
using Otelier.Signals.Columns;
using Otelier.Storage.ClickHouse.Native;

namespace Otelier.Storage.ClickHouse.Tables;

/// <summary>
/// The columns that repeat an item's resource and scope on its row. Items of one scope lie together, so each is written
/// once and copied for the run.
/// </summary>
internal sealed class ResourceColumns<TBatch>(Func<TBatch, FixedColumn<int>> scopeIndex)
    where TBatch : SignalBatch
{
    private enum Level
    {
        Resource,
        Scope,
    }

    public TableColumn<Block<TBatch>> ServiceName { get; } = new("ServiceName", TypeNames.LowCardinality, (block, writer) =>
    {
        writer.BeginDictionary();
        foreach (var part in block.Parts)
        {
            var column = part.Batch.Resources.ServiceName;
            var numbers = writer.Remap(column);
            var runs = new ScopeRuns(scopeIndex(part.Batch).Values);
            while (runs.MoveNext())
                writer.Dictionary.AddRows(runs.Rows).Fill(numbers[column.Indexes[ResourceOf(part.Batch, runs.Scope)]]);
        }

        writer.EndDictionary();
    });

    /// <summary>All columns but the service name.</summary>
    /// <param name="scopeVersion">The exporter has a String here for traces and a LowCardinality(String) for logs.</param>
    public IReadOnlyList<TableColumn<Block<TBatch>>> All(TableColumn<Block<TBatch>> scopeVersion) =>
    [
        Map("ResourceAttributes", Level.Resource, b => b.Resources.Attributes),
        Signature("ResourceAttributesSignature", Level.Resource, b => b.Resources.Attributes),
        Texts("ResourceSchemaUrl", Level.Resource, b => b.Resources.SchemaUrl),
        Counts("ResourceDroppedAttributesCount", Level.Resource, b => b.Resources.DroppedAttributesCount),
        Texts("ResourceEntityRefs", Level.Resource, b => b.Resources.EntityRefs),
        Strings("ScopeName", b => b.Scopes.Name),
        scopeVersion,
        Map("ScopeAttributes", Level.Scope, b => b.Scopes.Attributes),
        Signature("ScopeAttributesSignature", Level.Scope, b => b.Scopes.Attributes),
        Counts("ScopeDroppedAttributesCount", Level.Scope, b => b.Scopes.DroppedAttributesCount),
        Texts("ScopeSchemaUrl", Level.Scope, b => b.Scopes.SchemaUrl),
    ];

    public TableColumn<Block<TBatch>> Texts(string name, Func<TBatch, StringColumn> select) => Texts(name, Level.Scope, select);

    private static int ResourceOf(TBatch batch, int scope) => batch.Scopes.ResourceIndex[scope];

    private static int RowOf(TBatch batch, int scope, Level level) => level == Level.Scope ? scope : ResourceOf(batch, scope);

    public TableColumn<Block<TBatch>> Strings(string name, Func<TBatch, StringColumn> select) => new(name, "String", (block, writer) =>
    {
        foreach (var part in block.Parts)
        {
            var column = select(part.Batch);
            var runs = new ScopeRuns(scopeIndex(part.Batch).Values);
            while (runs.MoveNext())
                WriteRepeated(column.EncodedAt(runs.Scope), runs.Rows, writer.Output);
        }
    });

    private TableColumn<Block<TBatch>> Texts(string name, Level level, Func<TBatch, StringColumn> select) =>
        new(name, TypeNames.LowCardinality, (block, writer) =>
        {
            writer.BeginDictionary();
            foreach (var part in block.Parts)
            {
                var column = select(part.Batch);
                var runs = new ScopeRuns(scopeIndex(part.Batch).Values);
                while (runs.MoveNext())
                    writer.Dictionary.AddRows(runs.Rows).Fill(writer.Dictionary.Intern(column[RowOf(part.Batch, runs.Scope, level)]));
            }

            writer.EndDictionary();
        });

    private TableColumn<Block<TBatch>> Counts(string name, Level level, Func<TBatch, FixedColumn<uint>> select) => new(name, "UInt32", (block, writer) =>
    {
        foreach (var part in block.Parts)
        {
            var column = select(part.Batch);
            var runs = new ScopeRuns(scopeIndex(part.Batch).Values);
            while (runs.MoveNext())
            {
                var value = column[RowOf(part.Batch, runs.Scope, level)];
                WriteRepeated(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in value)), runs.Rows, writer.Output);
            }
        }
    });

    private TableColumn<Block<TBatch>> Map(string name, Level level, Func<TBatch, AttributesColumn> select) => new(name, TypeNames.RepeatedMap, (block, writer) =>
    {
        // The prefixes of keys and values come first, each other's contents after them.
        writer.WriteUInt64(LowCardinalityWriter.LayoutVersion);
        writer.BeginDictionary();
        var end = 0UL;
        foreach (var part in block.Parts)
        {
            var column = select(part.Batch);
            var runs = new ScopeRuns(scopeIndex(part.Batch).Values);
            while (runs.MoveNext())
                end = WriteOffsets(end, column.Shape(RowOf(part.Batch, runs.Scope, level)).Count, runs.Rows, writer.Output);
        }

        foreach (var part in block.Parts)
            AddKeys(part.Batch, select(part.Batch), level, writer.InternKeys(select(part.Batch)), writer.Dictionary);
        writer.EndDictionary();

        writer.Dictionary.Clear();
        foreach (var part in block.Parts)
            AddValues(part.Batch, select(part.Batch), level, writer.Dictionary);
        writer.EndDictionary();
    });

    private TableColumn<Block<TBatch>> Signature(string name, Level level, Func<TBatch, AttributesColumn> select) =>
        new(name, TypeNames.LowCardinality, (block, writer) =>
        {
            writer.BeginDictionary();
            foreach (var part in block.Parts)
            {
                var column = select(part.Batch);
                var signatures = ArrayPool<int>.Shared.Rent(Math.Max(column.Count, 1));
                writer.InternSignatures(column, signatures);
                var runs = new ScopeRuns(scopeIndex(part.Batch).Values);
                while (runs.MoveNext())
                    writer.Dictionary.AddRows(runs.Rows).Fill(signatures[RowOf(part.Batch, runs.Scope, level)]);
                ArrayPool<int>.Shared.Return(signatures);
            }

            writer.EndDictionary();
        });

    private void AddKeys(TBatch batch, AttributesColumn column, Level level, int[][] keys, LowCardinalityWriter dictionary)
    {
        var runs = new ScopeRuns(scopeIndex(batch).Values);
        while (runs.MoveNext())
            Repeat(keys[column.ShapeIndexes[RowOf(batch, runs.Scope, level)]], runs.Rows, dictionary);
    }

    private void AddValues(TBatch batch, AttributesColumn column, Level level, LowCardinalityWriter dictionary)
    {
        var runs = new ScopeRuns(scopeIndex(batch).Values);
        while (runs.MoveNext())
        {
            var row = RowOf(batch, runs.Scope, level);
            var count = column.Shape(row).Count;
            var numbers = ArrayPool<int>.Shared.Rent(Math.Max(count, 1));
            var rest = column.ValuesOf(row);
            for (var i = 0; i < count; i++)
            {
                numbers[i] = dictionary.Intern(NativeString.Read(rest, out var size));
                rest = rest[size..];
            }

            Repeat(numbers.AsSpan(0, count), runs.Rows, dictionary);
            ArrayPool<int>.Shared.Return(numbers);
        }
    }

    /// <summary>Adds the entries of one row for each of some rows.</summary>
    private static void Repeat(ReadOnlySpan<int> row, int rows, LowCardinalityWriter dictionary)
    {
        var target = dictionary.AddRows(row.Length * rows);
        for (var i = 0; i < rows; i++)
            row.CopyTo(target[(i * row.Length)..]);
    }

    private static ulong WriteOffsets(ulong end, int count, int rows, IBufferWriter<byte> output)
    {
        var bytes = output.GetSpan(rows * sizeof(ulong));
        var offsets = MemoryMarshal.Cast<byte, ulong>(bytes);
        for (var i = 0; i < rows; i++)
            offsets[i] = end += (ulong)count;
        output.Advance(rows * sizeof(ulong));
        return end;
    }

    /// <summary>Writes the same bytes again and again, in pieces that a buffer can be asked for.</summary>
    private static void WriteRepeated(ReadOnlySpan<byte> bytes, int times, IBufferWriter<byte> output)
    {
        const int PieceBytesMax = 256 * 1024;
        if (bytes.IsEmpty)
            return;
        var atOnce = Math.Max(1, PieceBytesMax / bytes.Length);
        while (times > 0)
        {
            var copies = Math.Min(times, atOnce);
            var target = output.GetSpan(bytes.Length * copies);
            for (var i = 0; i < copies; i++)
                bytes.CopyTo(target[(i * bytes.Length)..]);
            output.Advance(bytes.Length * copies);
            times -= copies;
        }
    }
}
