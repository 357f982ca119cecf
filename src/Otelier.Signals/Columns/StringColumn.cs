using System.Runtime.CompilerServices;

namespace Otelier.Signals.Columns;

/// <summary>
/// A column of byte strings (UTF-8 unless said otherwise), kept as length and bytes one after the other, which is the
/// engine's Native form: a block takes <see cref="Encoded"/> as it is.
/// </summary>
public sealed class StringColumn : Column
{
    private readonly ByteBuffer _encoded = new();
    private readonly FixedColumn<int> _ends = new();

    public override int Count => _ends.Count;

    /// <summary>All values, each as LEB128 length and bytes.</summary>
    public ReadOnlySpan<byte> Encoded => _encoded.WrittenSpan;

    public override int Capacity => _encoded.Capacity + _ends.Capacity;

    public ReadOnlySpan<byte> this[int row]
    {
        get => NativeString.Read(EncodedAt(row), out _);
    }

    /// <summary>The row's value as LEB128 length and bytes.</summary>
    public ReadOnlySpan<byte> EncodedAt(int row) => _encoded.WrittenSpan[(row == 0 ? 0 : _ends[row - 1]).._ends[row]];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ReadOnlySpan<byte> value)
    {
        _encoded.AppendString(value);
        _ends.Add(_encoded.Length);
    }

    public override void Truncate(int count)
    {
        _ends.Truncate(count);
        _encoded.Truncate(count == 0 ? 0 : _ends[count - 1]);
    }

    public override void Clear()
    {
        _encoded.Clear();
        _ends.Clear();
    }

    public override void Dispose()
    {
        _encoded.Dispose();
        _ends.Dispose();
    }
}
