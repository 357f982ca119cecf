using System.Runtime.InteropServices;

namespace Otelier.Storage.ClickHouse.Native;

/// <summary>A byte per row that says whether it has no value, then the values.</summary>
internal sealed class NullableFormat(string type, ColumnFormat values) : ColumnFormat(type)
{
    internal override bool TryReadPrefix(ref NativeCursor cursor) => values.TryReadPrefix(ref cursor);

    internal override bool TryRead(ref NativeCursor cursor, int rows, out ResultColumn column)
    {
        column = null!;
        if (!cursor.TryReadBytes(rows, out var nulls) || !values.TryRead(ref cursor, rows, out var inner))
            return false;
        column = new NullableResultColumn(Type, nulls, inner);
        return true;
    }
}

/// <summary>Where each row's items end, then all items.</summary>
internal class ArrayFormat(string type, ColumnFormat items) : ColumnFormat(type)
{
    internal override bool TryReadPrefix(ref NativeCursor cursor) => items.TryReadPrefix(ref cursor);

    internal override bool TryRead(ref NativeCursor cursor, int rows, out ResultColumn column)
    {
        column = null!;
        if (!cursor.TryReadBytes((long)rows * sizeof(ulong), out var offsets))
            return false;
        ulong end = 0;
        foreach (var next in MemoryMarshal.Cast<byte, ulong>(offsets.Span))
        {
            if (next < end || next > NativeBlockReader.RowsMax)
                throw new ClickHouseProtocolException("An array's offsets fall or are too large.");
            end = next;
        }

        if (!items.TryRead(ref cursor, (int)end, out var inner))
            return false;
        column = Create(rows, offsets, inner);
        return true;
    }

    protected virtual ResultColumn Create(int rows, ReadOnlyMemory<byte> offsets, ResultColumn items) =>
        new ArrayResultColumn(Type, rows, offsets, items);
}

/// <summary>An array of keys and values.</summary>
internal sealed class MapFormat(string type, TupleFormat items) : ArrayFormat(type, items)
{
    protected override ResultColumn Create(int rows, ReadOnlyMemory<byte> offsets, ResultColumn items) =>
        new MapResultColumn(Type, rows, offsets, (TupleResultColumn)items);
}

/// <summary>The elements, each for all rows.</summary>
internal sealed class TupleFormat(string type, IReadOnlyList<string> names, IReadOnlyList<ColumnFormat> elements) : ColumnFormat(type)
{
    internal override bool TryReadPrefix(ref NativeCursor cursor)
    {
        foreach (var element in elements)
        {
            if (!element.TryReadPrefix(ref cursor))
                return false;
        }

        return true;
    }

    internal override bool TryRead(ref NativeCursor cursor, int rows, out ResultColumn column)
    {
        column = null!;
        var columns = new ResultColumn[elements.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            if (!elements[i].TryRead(ref cursor, rows, out columns[i]))
                return false;
        }

        column = new TupleResultColumn(Type, rows, names, columns);
        return true;
    }
}
