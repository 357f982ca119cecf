using System.Runtime.CompilerServices;

namespace Otelier.Storage.ClickHouse.Native;

/// <summary>Values of a fixed size, one after the other.</summary>
internal class FixedFormat<T>(string type) : ColumnFormat(type)
    where T : unmanaged
{
    internal override bool TryRead(ref NativeCursor cursor, int rows, out ResultColumn column)
    {
        column = null!;
        if (!cursor.TryReadBytes((long)rows * Unsafe.SizeOf<T>(), out var data))
            return false;
        column = Create(rows, data);
        return true;
    }

    /// <summary>The column over values that were expanded from a dictionary, or read as they stand.</summary>
    internal virtual FixedResultColumn<T> Create(int rows, ReadOnlyMemory<byte> data) => new(Type, rows, data);
}

internal sealed class DateTime64Format(string type, int scale) : FixedFormat<long>(type)
{
    internal override FixedResultColumn<long> Create(int rows, ReadOnlyMemory<byte> data) =>
        new DateTime64ResultColumn(Type, rows, data, scale);
}

internal sealed class EnumFormat<T>(string type, IReadOnlyDictionary<T, string> names) : FixedFormat<T>(type)
    where T : unmanaged
{
    internal override FixedResultColumn<T> Create(int rows, ReadOnlyMemory<byte> data) =>
        new EnumResultColumn<T>(Type, rows, data, names);
}

internal sealed class UuidFormat(string type) : FixedFormat<UuidHalves>(type)
{
    internal override FixedResultColumn<UuidHalves> Create(int rows, ReadOnlyMemory<byte> data) => new UuidResultColumn(Type, rows, data);
}

internal sealed class FixedStringFormat(string type, int size) : ColumnFormat(type)
{
    internal override bool TryRead(ref NativeCursor cursor, int rows, out ResultColumn column)
    {
        column = null!;
        if (!cursor.TryReadBytes((long)rows * size, out var data))
            return false;
        column = new FixedStringResultColumn(Type, rows, data, size);
        return true;
    }
}

/// <summary>Length and bytes of each row.</summary>
internal sealed class StringFormat(string type) : ColumnFormat(type)
{
    internal override bool TryRead(ref NativeCursor cursor, int rows, out ResultColumn column)
    {
        column = null!;
        // Each row has at least its length's byte: this bounds what is allocated by what was sent.
        if (cursor.Remaining < rows)
            return false;
        var whole = cursor;
        var starts = new int[rows];
        var lengths = new int[rows];
        for (var i = 0; i < rows; i++)
        {
            if (!cursor.TryReadLength(int.MaxValue, "bytes of text", out lengths[i]))
                return false;
            starts[i] = cursor.Position - whole.Position;
            if (!cursor.TrySkip(lengths[i]))
                return false;
        }

        whole.TryReadBytes(cursor.Position - whole.Position, out var data);
        column = new StringResultColumn(Type, data, starts, lengths);
        return true;
    }
}
