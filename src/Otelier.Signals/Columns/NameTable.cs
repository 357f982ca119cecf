using System.Runtime.CompilerServices;

namespace Otelier.Signals.Columns;

/// <summary>
/// Finds the one <see cref="Utf8Name"/> for given bytes, and its place in the column being filled. It belongs to one
/// decoder and lives across requests, so that the names of a steady sender are allocated once. It forgets everything
/// when it has reached <see cref="EntriesMax"/> names.
/// </summary>
public sealed class NameTable
{
    /// <summary>Most names remembered.</summary>
    public const int EntriesMax = 16 * 1024;

    private struct Entry
    {
        public ulong Hash;
        public Utf8Name? Name;
        public int Fill;
        public int Index;
    }

    private Entry[] _entries = new Entry[256];
    private int _count;
    private int _last;
    private int _fill;

    /// <summary>From now on another column is filled.</summary>
    public void BeginColumn() => _fill++;

    /// <summary>Adds a row with the text <paramref name="bytes"/> to <paramref name="column"/>.</summary>
    public void Add(DictionaryColumn column, ReadOnlySpan<byte> bytes)
    {
        ref var last = ref _entries[_last];
        if (last.Name is { } name && name.Bytes.SequenceEqual(bytes))
        {
            AddRow(column, ref last);
            return;
        }

        AddRow(column, ref Find(bytes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddRow(DictionaryColumn column, ref Entry entry)
    {
        if (entry.Fill != _fill)
        {
            entry.Fill = _fill;
            entry.Index = column.Introduce(entry.Name!);
        }

        column.AddIndex(entry.Index);
    }

    private ref Entry Find(ReadOnlySpan<byte> bytes)
    {
        var hash = ByteHash.Compute(bytes, ByteHash.ProcessSeed);
        var mask = _entries.Length - 1;
        var slot = (int)hash & mask;
        while (_entries[slot].Name is { } name)
        {
            if (_entries[slot].Hash == hash && name.Bytes.SequenceEqual(bytes))
            {
                _last = slot;
                return ref _entries[slot];
            }

            slot = (slot + 1) & mask;
        }

        if (_count >= _entries.Length / 2)
        {
            Grow();
            return ref Find(bytes);
        }

        _count++;
        _last = slot;
        _entries[slot] = new Entry { Hash = hash, Name = bytes.IsEmpty ? Utf8Name.Empty : new Utf8Name(bytes.ToArray()) };
        return ref _entries[slot];
    }

    private void Grow()
    {
        _last = 0;
        if (_count >= EntriesMax)
        {
            Array.Clear(_entries);
            _count = 0;
            return;
        }

        var old = _entries;
        _entries = new Entry[old.Length * 2];
        var mask = _entries.Length - 1;
        foreach (var entry in old)
        {
            if (entry.Name is null)
                continue;
            var slot = (int)entry.Hash & mask;
            while (_entries[slot].Name is not null)
                slot = (slot + 1) & mask;
            _entries[slot] = entry;
        }
    }
}
