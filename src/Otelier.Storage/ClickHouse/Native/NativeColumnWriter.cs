using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Otelier.Signals.Columns;

namespace Otelier.Storage.ClickHouse.Native;

/// <summary>
/// Writes the columns of one block in the engine's Native format. It holds the scratch memory columns need and is reused
/// from block to block; not thread-safe.
/// </summary>
internal sealed class NativeColumnWriter : IDisposable
{
    private readonly ByteBuffer _text = new();
    private int[] _remap = new int[64];
    private int[][] _shapeKeys = new int[64][];

    /// <summary>Where the column that is being written goes.</summary>
    public IBufferWriter<byte> Output { get; private set; } = null!;

    /// <summary>The dictionary column that is being gathered; cleared by <see cref="BeginDictionary"/>.</summary>
    public LowCardinalityWriter Dictionary { get; } = new();

    /// <summary>Starts a block: the numbers of its columns and rows.</summary>
    public void BeginBlock(IBufferWriter<byte> output, int columns, int rows)
    {
        Output = output;
        WriteVarint((uint)columns);
        WriteVarint((uint)rows);
    }

    /// <summary>Starts a column.</summary>
    public void BeginColumn(string name, string type)
    {
        WriteText(name);
        WriteText(type);
    }

    public void WriteBytes(ReadOnlySpan<byte> bytes) => Output.Write(bytes);

    public void WriteUInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Output.GetSpan(8), value);
        Output.Advance(8);
    }

    /// <summary>Writes values of a fixed size as they lie in memory.</summary>
    public void WriteFixed<T>(ReadOnlySpan<T> values)
        where T : unmanaged => Output.Write(MemoryMarshal.AsBytes(values));

    /// <summary>
    /// Writes what stands between a column's prefix and its values: the offsets of an enclosing array. Used once.
    /// </summary>
    public Action? AfterPrefix { get; set; }

    /// <summary>Ends the column's prefix; columns that have none and stand in an array call it before their values.</summary>
    public void EndPrefix()
    {
        var offsets = AfterPrefix;
        AfterPrefix = null;
        offsets?.Invoke();
    }

    /// <summary>Writes the prefix of a LowCardinality column and makes <see cref="Dictionary"/> ready for its rows.</summary>
    public void BeginDictionary()
    {
        WriteUInt64(LowCardinalityWriter.LayoutVersion);
        EndPrefix();
        Dictionary.Clear();
    }

    /// <summary>Writes the rows gathered in <see cref="Dictionary"/>.</summary>
    public void EndDictionary() => Dictionary.Write(Output);

    /// <summary>Adds a column's rows to the dictionary column being gathered.</summary>
    public void AddRows(DictionaryColumn column)
    {
        var remap = Remap(column);
        var indexes = column.Indexes;
        var rows = Dictionary.AddRows(indexes.Length);
        for (var i = 0; i < indexes.Length; i++)
            rows[i] = remap[indexes[i]];
    }

    /// <summary>For each of a column's distinct texts its number in <see cref="Dictionary"/>.</summary>
    public ReadOnlySpan<int> Remap(DictionaryColumn column)
    {
        var names = column.Names;
        EnsureRemap(names.Count);
        for (var i = 0; i < names.Count; i++)
            _remap[i] = Dictionary.Intern(names[i].Bytes);
        return _remap;
    }

    /// <summary>Adds the map keys of a column's rows, each row's once, to the dictionary column being gathered.</summary>
    public void AddKeys(AttributesColumn column)
    {
        var shapes = InternKeys(column);
        foreach (var index in column.ShapeIndexes)
        {
            var keys = shapes[index];
            keys.CopyTo(Dictionary.AddRows(keys.Length));
        }
    }

    /// <summary>For every row of <paramref name="column"/> the number of its signature in <see cref="Dictionary"/>.</summary>
    public void InternSignatures(AttributesColumn column, Span<int> result)
    {
        var shapes = column.Shapes;
        EnsureRemap(shapes.Count);
        for (var i = 0; i < shapes.Count; i++)
            _remap[i] = shapes[i].HasNested ? -1 : Dictionary.Intern(shapes[i].Signature);
        var indexes = column.ShapeIndexes;
        for (var row = 0; row < indexes.Length; row++)
        {
            var known = _remap[indexes[row]];
            result[row] = known >= 0 ? known : Dictionary.Intern(FullSignature(column, row));
        }
    }

    /// <summary>The letters of a row's values and, after a colon, the nested signatures.</summary>
    private ReadOnlySpan<byte> FullSignature(AttributesColumn column, int row)
    {
        _text.Clear();
        _text.Append(column.Shape(row).Signature);
        _text.Append((byte)':');
        _text.Append(column.NestedSignature(row));
        return _text.WrittenSpan;
    }

    public void Dispose()
    {
        Dictionary.Dispose();
        _text.Dispose();
    }

    /// <summary>For each of a column's shapes the numbers of its keys in <see cref="Dictionary"/>; valid until the next call.</summary>
    public int[][] InternKeys(AttributesColumn column)
    {
        var shapes = column.Shapes;
        if (_shapeKeys.Length < shapes.Count)
            Array.Resize(ref _shapeKeys, Math.Max(shapes.Count, _shapeKeys.Length * 2));
        for (var i = 0; i < shapes.Count; i++)
        {
            if (_shapeKeys[i]?.Length != shapes[i].Count)
                _shapeKeys[i] = new int[shapes[i].Count];
            for (var key = 0; key < shapes[i].Count; key++)
                _shapeKeys[i][key] = Dictionary.Intern(shapes[i].Key(key));
        }

        return _shapeKeys;
    }

    private void EnsureRemap(int count)
    {
        if (_remap.Length < count)
            Array.Resize(ref _remap, Math.Max(count, _remap.Length * 2));
    }

    /// <summary>Writes one String value.</summary>
    public void WriteText(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        WriteVarint((uint)length);
        Encoding.UTF8.GetBytes(text, Output.GetSpan(length));
        Output.Advance(length);
    }

    private void WriteVarint(uint value)
    {
        var span = Output.GetSpan(5);
        var length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        Output.Advance(length);
    }
}
