namespace Otelier.Storage.ClickHouse.Native;

/// <summary>
/// Reads blocks in Native format from one piece of memory, which the blocks then share and which must not change. What it
/// allocates is bounded by what it was given.
/// </summary>
internal sealed class NativeBlockReader(ReadOnlyMemory<byte> memory, Dictionary<string, ColumnFormat>? formats = null)
{
    /// <summary>Most rows of a block, and most items of its arrays together.</summary>
    internal const int RowsMax = 1 << 26;

    private const int ColumnsMax = 4096;
    private const int NameLengthMax = 64 * 1024;

    private readonly Dictionary<string, ColumnFormat> _formats = formats ?? new(StringComparer.Ordinal);

    private NativeCursor _cursor = new(memory);

    /// <summary>Bytes of whole blocks read so far.</summary>
    internal int Position { get; private set; }

    /// <summary>The next block, or null at the end of the memory.</summary>
    /// <exception cref="ClickHouseProtocolException">Not a block, or only the beginning of one.</exception>
    internal NativeBlock? Read()
    {
        if (_cursor.Remaining == 0)
            return null;
        return TryRead(out var block) ? block : throw new ClickHouseProtocolException("An answer ends in the middle of a block.");
    }

    /// <summary>Reads the next block, if all of it is there.</summary>
    /// <exception cref="ClickHouseProtocolException">Not a block, whatever may follow.</exception>
    internal bool TryRead(out NativeBlock block)
    {
        block = null!;
        var start = _cursor;
        if (!TryReadBlock(ref _cursor, out block))
        {
            _cursor = start;
            return false;
        }

        Position = _cursor.Position;
        return true;
    }

    private bool TryReadBlock(ref NativeCursor cursor, out NativeBlock block)
    {
        block = null!;
        if (!cursor.TryReadLength(ColumnsMax, "columns", out var columnCount) || !cursor.TryReadLength(RowsMax, "rows", out var rowCount))
            return false;
        var names = new string[columnCount];
        var columns = new ResultColumn[columnCount];
        for (var i = 0; i < columnCount; i++)
        {
            if (!cursor.TryReadText(NameLengthMax, "a column's name", out names[i])
                || !cursor.TryReadText(NativeType.LengthMax, "a column's type", out var type))
            {
                return false;
            }

            if (!_formats.TryGetValue(type, out var format))
                _formats[type] = format = ColumnFormat.Of(type);
            // Without rows the engine writes no data at all, so nothing is read from an empty cursor.
            var empty = default(NativeCursor);
            if (rowCount == 0 ? !format.TryRead(ref empty, 0, out columns[i])
                : !format.TryReadPrefix(ref cursor) || !format.TryRead(ref cursor, rowCount, out columns[i]))
            {
                return false;
            }
        }

        block = new NativeBlock(names, columns, rowCount);
        return true;
    }
}
