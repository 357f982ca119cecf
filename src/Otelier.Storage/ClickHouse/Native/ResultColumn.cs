using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Otelier.Storage.ClickHouse.Native;

/// <summary>
/// One column of a block that was read. Columns are views of the block's memory: they are valid as long as they
/// are held, cost nothing per row, and give values without boxing. Rows are numbered from 0.
/// </summary>
internal abstract class ResultColumn(string type, int count)
{
    /// <summary>The type as the engine wrote it.</summary>
    internal string Type { get; } = type;

    internal int Count { get; } = count;

    /// <summary>Whether a row has no value; only nullable columns have such rows.</summary>
    internal virtual bool IsNull(int row) => false;
}

/// <summary>Numbers, times and other values of a fixed size.</summary>
internal class FixedResultColumn<T>(string type, int count, ReadOnlyMemory<byte> data) : ResultColumn(type, count)
    where T : unmanaged
{
    private readonly ReadOnlyMemory<byte> _data = data[..(count * Unsafe.SizeOf<T>())];

    internal ReadOnlySpan<T> Values => MemoryMarshal.Cast<byte, T>(_data.Span);

    internal T this[int row] => Values[row];
}

/// <summary>DateTime64: ticks since 1970 of 10^-<see cref="Scale"/> seconds each.</summary>
internal sealed class DateTime64ResultColumn(string type, int count, ReadOnlyMemory<byte> data, int scale)
    : FixedResultColumn<long>(type, count, data)
{
    private readonly long _nanosPerTick = (long)Math.Pow(10, 9 - scale);

    /// <summary>Decimal places of a second, 0 to 9.</summary>
    internal int Scale { get; } = scale;

    /// <summary>The time in nanoseconds since 1970.</summary>
    internal long UnixNanos(int row) => Values[row] * _nanosPerTick;
}

/// <summary>Enum8 and Enum16.</summary>
internal sealed class EnumResultColumn<T>(string type, int count, ReadOnlyMemory<byte> data, IReadOnlyDictionary<T, string> names)
    : FixedResultColumn<T>(type, count, data), IEnumResultColumn
    where T : unmanaged
{
    /// <summary>The name of a row's value; empty for a number the type does not name.</summary>
    public string Name(int row) => names.TryGetValue(Values[row], out var name) ? name : "";
}

/// <summary>Enum8 and Enum16 by their names.</summary>
internal interface IEnumResultColumn
{
    string Name(int row);
}

/// <summary>UUIDs; the engine writes their two halves as numbers.</summary>
internal sealed class UuidResultColumn(string type, int count, ReadOnlyMemory<byte> data)
    : FixedResultColumn<UuidHalves>(type, count, data)
{
    internal Guid Guid(int row) =>
        new((uint)(Values[row].High >> 32), (ushort)(Values[row].High >> 16), (ushort)Values[row].High,
            (byte)(Values[row].Low >> 56), (byte)(Values[row].Low >> 48), (byte)(Values[row].Low >> 40), (byte)(Values[row].Low >> 32),
            (byte)(Values[row].Low >> 24), (byte)(Values[row].Low >> 16), (byte)(Values[row].Low >> 8), (byte)Values[row].Low);
}

/// <summary>A UUID as the engine writes it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct UuidHalves(ulong High, ulong Low);

/// <summary>A column that may have rows without a value.</summary>
internal sealed class NullableResultColumn(string type, ReadOnlyMemory<byte> nulls, ResultColumn values) : ResultColumn(type, values.Count)
{
    /// <summary>The values; a row without one has the type's zero here.</summary>
    internal ResultColumn Values { get; } = values;

    internal override bool IsNull(int row) => nulls.Span[row] != 0;
}

/// <summary>Arrays, Nested and Map: runs of items.</summary>
internal class ArrayResultColumn(string type, int count, ReadOnlyMemory<byte> offsets, ResultColumn items) : ResultColumn(type, count)
{
    /// <summary>The items of all rows, one after the other.</summary>
    internal ResultColumn Items { get; } = items;

    /// <summary>Where a row's items begin and how many they are.</summary>
    internal (int Start, int Length) this[int row]
    {
        get
        {
            var ends = MemoryMarshal.Cast<byte, ulong>(offsets.Span);
            var start = row == 0 ? 0 : (int)ends[row - 1];
            return (start, (int)ends[row] - start);
        }
    }
}

/// <summary>Maps: runs of keys with values.</summary>
internal sealed class MapResultColumn(string type, int count, ReadOnlyMemory<byte> offsets, TupleResultColumn items)
    : ArrayResultColumn(type, count, offsets, items)
{
    internal ResultColumn Keys => items.Elements[0];

    internal ResultColumn Values => items.Elements[1];
}

/// <summary>Tuples: some columns side by side.</summary>
internal sealed class TupleResultColumn(string type, int count, IReadOnlyList<string> names, IReadOnlyList<ResultColumn> elements)
    : ResultColumn(type, count)
{
    /// <summary>The elements' names, empty for those that have none.</summary>
    internal IReadOnlyList<string> Names { get; } = names;

    internal IReadOnlyList<ResultColumn> Elements { get; } = elements;
}
