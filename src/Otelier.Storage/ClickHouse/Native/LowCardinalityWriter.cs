using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Otelier.Storage.ClickHouse.Native;

/// <summary>
/// Gathers one LowCardinality(String) column of a block: a dictionary, and for every row a number in it. The layout is the
/// engine's "shared dictionary with additional keys" in one granule. Reused from column to column.
/// </summary>
internal sealed class LowCardinalityWriter : IDisposable
{
    /// <summary>The column's prefix: which layout follows.</summary>
    public const ulong LayoutVersion = 1;

    private const ulong HasAdditionalKeys = 1 << 9;
    private const ulong NeedsNewDictionary = 1 << 10;

    private readonly ByteDictionary _keys = new();
    private int[] _indexes = new int[1024];
    private int _count;

    public void Clear()
    {
        _keys.Clear();
        _count = 0;
    }

    public int Intern(ReadOnlySpan<byte> key) => _keys.Intern(key);

    /// <summary>Room for the numbers of the next <paramref name="rows"/> rows, to be filled by the caller.</summary>
    public Span<int> AddRows(int rows)
    {
        if (_indexes.Length - _count < rows)
            Array.Resize(ref _indexes, checked(Math.Max(_indexes.Length * 2, _count + rows)));
        var span = _indexes.AsSpan(_count, rows);
        _count += rows;
        return span;
    }

    /// <summary>Writes the column without its prefix. A column without rows is written as nothing at all.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        if (_count == 0)
            return;
        var width = _keys.Count <= 1 << 8 ? 1 : _keys.Count <= 1 << 16 ? 2 : 4;
        var head = output.GetSpan(16);
        BinaryPrimitives.WriteUInt64LittleEndian(head, HasAdditionalKeys | NeedsNewDictionary | (ulong)(width >> 1));
        BinaryPrimitives.WriteUInt64LittleEndian(head[8..], (ulong)_keys.Count);
        output.Advance(16);
        output.Write(_keys.Encoded);
        BinaryPrimitives.WriteUInt64LittleEndian(output.GetSpan(8), (ulong)_count);
        output.Advance(8);

        var indexes = _indexes.AsSpan(0, _count);
        if (width == 1)
            WriteBytes(output, indexes);
        else if (width == 2)
            WriteShorts(output, indexes);
        else
            output.Write(MemoryMarshal.AsBytes(indexes));
    }

    public void Dispose() => _keys.Dispose();

    private static void WriteBytes(IBufferWriter<byte> output, ReadOnlySpan<int> indexes)
    {
        const int Step = 16 * 1024;
        while (!indexes.IsEmpty)
        {
            var part = indexes[..Math.Min(Step, indexes.Length)];
            var target = output.GetSpan(part.Length);
            var i = 0;
            for (; i <= part.Length - 16; i += 16)
            {
                var low = Vector128.Narrow(Vector128.Create(part[i..]), Vector128.Create(part[(i + 4)..]));
                var high = Vector128.Narrow(Vector128.Create(part[(i + 8)..]), Vector128.Create(part[(i + 12)..]));
                Vector128.Narrow(low, high).AsByte().CopyTo(target[i..]);
            }

            for (; i < part.Length; i++)
                target[i] = (byte)part[i];
            output.Advance(part.Length);
            indexes = indexes[part.Length..];
        }
    }

    private static void WriteShorts(IBufferWriter<byte> output, ReadOnlySpan<int> indexes)
    {
        const int Step = 16 * 1024;
        while (!indexes.IsEmpty)
        {
            var part = indexes[..Math.Min(Step, indexes.Length)];
            var target = MemoryMarshal.Cast<byte, ushort>(output.GetSpan(part.Length * 2));
            var i = 0;
            for (; i <= part.Length - 8; i += 8)
            {
                Vector128.Narrow(Vector128.Create(part[i..]), Vector128.Create(part[(i + 4)..])).AsUInt16().CopyTo(target[i..]);
            }

            for (; i < part.Length; i++)
                target[i] = (ushort)part[i];
            output.Advance(part.Length * Unsafe.SizeOf<ushort>());
            indexes = indexes[part.Length..];
        }
    }
}
