using System.Runtime.CompilerServices;

namespace Otelier.Signals.Columns;

/// <summary>A column of texts that repeat: the distinct ones, and for every row the number of its own.</summary>
public sealed class DictionaryColumn : Column
{
    private readonly List<Utf8Name> _names = [];
    private readonly FixedColumn<int> _indexes = new();

    public override int Count => _indexes.Count;

    /// <summary>The distinct texts, in the order of their first appearance. Rows that were taken back may leave unused ones.</summary>
    public IReadOnlyList<Utf8Name> Names => _names;

    /// <summary>For every row its place in <see cref="Names"/>.</summary>
    public ReadOnlySpan<int> Indexes => _indexes.Values;

    public override int Capacity => _indexes.Capacity;

    public ReadOnlySpan<byte> this[int row] => _names[_indexes[row]].Bytes;

    public Utf8Name NameOf(int row) => _names[_indexes[row]];

    /// <summary>Makes <paramref name="name"/> one of the distinct texts and returns its place.</summary>
    public int Introduce(Utf8Name name)
    {
        _names.Add(name);
        return _names.Count - 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddIndex(int index) => _indexes.Add(index);

    public override void Truncate(int count) => _indexes.Truncate(count);

    public override void Clear()
    {
        _names.Clear();
        _indexes.Clear();
    }

    public override void Dispose() => _indexes.Dispose();
}
