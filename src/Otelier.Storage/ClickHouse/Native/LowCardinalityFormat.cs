using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Otelier.Storage.ClickHouse.Native;

/// <summary>
/// A dictionary of distinct values, then the entry of each row. Texts stay a dictionary; other values are expanded, so that
/// who reads them need not know of it.
/// </summary>
internal sealed class LowCardinalityFormat(string type, ColumnFormat values, bool nullable) : ColumnFormat(type)
{
    private const ulong Version = 1;
    private const ulong HasGlobalDictionary = 0x100;
    private const ulong HasAdditionalKeys = 0x200;

    internal override bool TryReadPrefix(ref NativeCursor cursor)
    {
        if (!cursor.TryReadUInt64(out var version))
            return false;
        return version == Version
            ? true
            : throw new ClickHouseProtocolException($"Dictionary version {version} is not read here.");
    }

    internal override bool TryRead(ref NativeCursor cursor, int rows, out ResultColumn column)
    {
        column = null!;
        // Without rows the engine writes neither dictionary nor entries.
        if (rows == 0)
            return TryReadEmpty(ref cursor, out column);
        if (!cursor.TryReadUInt64(out var flags))
            return false;
        if ((flags & HasGlobalDictionary) != 0 || (flags & HasAdditionalKeys) == 0 || (flags & 0xff) > 3)
            throw new ClickHouseProtocolException($"Dictionary flags {flags:x} are not read here.");
        var indexSize = 1 << (int)(flags & 0xff);
        if (!TryReadCount(ref cursor, out var entries) || !values.TryRead(ref cursor, entries, out var dictionary)
            || !TryReadCount(ref cursor, out var count))
        {
            return false;
        }

        if (count != rows)
            throw new ClickHouseProtocolException($"A dictionary column has {count} entries for {rows} rows.");
        if (!cursor.TryReadBytes((long)rows * indexSize, out var indexes))
            return false;
        CheckIndexes(indexes.Span, indexSize, rows, entries);
        column = Create(rows, dictionary, indexes, indexSize);
        return true;
    }

    private bool TryReadEmpty(ref NativeCursor cursor, out ResultColumn column)
    {
        if (!values.TryRead(ref cursor, 0, out var dictionary))
        {
            column = null!;
            return false;
        }

        column = Create(0, dictionary, default, 1);
        return true;
    }

    private static bool TryReadCount(ref NativeCursor cursor, out int count)
    {
        count = 0;
        if (!cursor.TryReadUInt64(out var value))
            return false;
        if (value > NativeBlockReader.RowsMax)
            throw new ClickHouseProtocolException($"A dictionary claims {value} entries.");
        count = (int)value;
        return true;
    }

    private static void CheckIndexes(ReadOnlySpan<byte> indexes, int size, int rows, int entries)
    {
        for (var row = 0; row < rows; row++)
        {
            if (DictionaryResultColumn.ReadIndex(indexes, size, row) >= (ulong)entries)
                throw new ClickHouseProtocolException("A row names a dictionary entry that is not there.");
        }
    }

    private ResultColumn Create(int rows, ResultColumn dictionary, ReadOnlyMemory<byte> indexes, int indexSize) => dictionary switch
    {
        BytesResultColumn texts => new DictionaryResultColumn(Type, rows, texts, indexes, indexSize, nullable),
        FixedResultColumn<byte> d => Expand(d, rows, indexes, indexSize),
        FixedResultColumn<sbyte> d => Expand(d, rows, indexes, indexSize),
        FixedResultColumn<ushort> d => Expand(d, rows, indexes, indexSize),
        FixedResultColumn<short> d => Expand(d, rows, indexes, indexSize),
        FixedResultColumn<uint> d => Expand(d, rows, indexes, indexSize),
        FixedResultColumn<int> d => Expand(d, rows, indexes, indexSize),
        FixedResultColumn<ulong> d => Expand(d, rows, indexes, indexSize),
        FixedResultColumn<long> d => Expand(d, rows, indexes, indexSize),
        FixedResultColumn<UInt128> d => Expand(d, rows, indexes, indexSize),
        FixedResultColumn<Int128> d => Expand(d, rows, indexes, indexSize),
        FixedResultColumn<float> d => Expand(d, rows, indexes, indexSize),
        FixedResultColumn<double> d => Expand(d, rows, indexes, indexSize),
        FixedResultColumn<UuidHalves> d => Expand(d, rows, indexes, indexSize),
        _ => throw new ClickHouseProtocolException($"A column of type {Type} is not read here."),
    };

    private ResultColumn Expand<T>(FixedResultColumn<T> dictionary, int rows, ReadOnlyMemory<byte> indexes, int indexSize)
        where T : unmanaged
    {
        var data = new byte[rows * Unsafe.SizeOf<T>()];
        var nulls = nullable ? new byte[rows] : [];
        var expanded = MemoryMarshal.Cast<byte, T>(data.AsSpan());
        for (var row = 0; row < rows; row++)
        {
            var index = (int)DictionaryResultColumn.ReadIndex(indexes.Span, indexSize, row);
            expanded[row] = dictionary[index];
            if (nullable && index == 0)
                nulls[row] = 1;
        }

        var column = ((FixedFormat<T>)values).Create(rows, data);
        return nullable ? new NullableResultColumn(Type, nulls, column) : column;
    }
}
