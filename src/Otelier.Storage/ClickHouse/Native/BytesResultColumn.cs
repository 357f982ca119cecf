using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Otelier.Storage.ClickHouse.Native;

/// <summary>Texts and bytes, however the engine stores them: String, FixedString or a dictionary.</summary>
internal abstract class BytesResultColumn(string type, int count) : ResultColumn(type, count)
{
    internal abstract ReadOnlySpan<byte> this[int row] { get; }

    /// <summary>A row as text; bytes that are not UTF-8 become replacement characters.</summary>
    internal virtual string GetString(int row) => Encoding.UTF8.GetString(this[row]);
}

/// <summary>String.</summary>
internal sealed class StringResultColumn(string type, ReadOnlyMemory<byte> data, int[] starts, int[] lengths)
    : BytesResultColumn(type, starts.Length)
{
    internal override ReadOnlySpan<byte> this[int row] => data.Span.Slice(starts[row], lengths[row]);
}

/// <summary>FixedString, with its padding of zero bytes.</summary>
internal sealed class FixedStringResultColumn(string type, int count, ReadOnlyMemory<byte> data, int size) : BytesResultColumn(type, count)
{
    internal override ReadOnlySpan<byte> this[int row]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count, nameof(row));
            return data.Span.Slice(row * size, size);
        }
    }
}

/// <summary>LowCardinality: rows are numbers of dictionary entries.</summary>
internal sealed class DictionaryResultColumn(
    string type,
    int count,
    BytesResultColumn dictionary,
    ReadOnlyMemory<byte> indexes,
    int indexSize,
    bool nullable)
    : BytesResultColumn(type, count)
{
    // Dictionaries are small and their texts are asked for again and again.
    private string?[]? _texts;

    /// <summary>The distinct values; where the column is nullable, entry 0 stands for "no value".</summary>
    internal BytesResultColumn Dictionary { get; } = dictionary;

    internal override ReadOnlySpan<byte> this[int row] => Dictionary[Index(row)];

    /// <summary>The dictionary entry of a row.</summary>
    internal int Index(int row) => (int)ReadIndex(indexes.Span, indexSize, row);

    internal override bool IsNull(int row) => nullable && Index(row) == 0;

    internal override string GetString(int row)
    {
        var texts = _texts ??= new string?[Dictionary.Count];
        var index = Index(row);
        return texts[index] ??= Dictionary.GetString(index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong ReadIndex(ReadOnlySpan<byte> indexes, int size, int row) => size switch
    {
        1 => indexes[row],
        2 => MemoryMarshal.Cast<byte, ushort>(indexes)[row],
        4 => MemoryMarshal.Cast<byte, uint>(indexes)[row],
        _ => MemoryMarshal.Cast<byte, ulong>(indexes)[row],
    };
}
