using Otelier.Signals.Columns;

namespace Otelier.Storage.ClickHouse.Native;

/// <summary>Numbers distinct byte strings in the order of their first appearance. Reused from block to block.</summary>
internal sealed class ByteDictionary : IDisposable
{
    private struct Slot
    {
        public ulong Hash;

        /// <summary>Number of the entry plus one; zero means free.</summary>
        public int Entry;
    }

    private readonly ByteBuffer _bytes = new(4096);
    private readonly FixedColumn<int> _ends = new();
    private Slot[] _slots = new Slot[1024];

    public int Count => _ends.Count;

    /// <summary>All entries as Native strings, one after the other.</summary>
    public ReadOnlySpan<byte> Encoded => _bytes.WrittenSpan;

    public void Clear()
    {
        if (_ends.Count > 0)
            Array.Clear(_slots);
        _bytes.Clear();
        _ends.Clear();
    }

    /// <summary>The number of <paramref name="value"/>, which is added when it is new.</summary>
    public int Intern(ReadOnlySpan<byte> value)
    {
        var hash = ByteHash.Compute(value, ByteHash.ProcessSeed);
        var mask = _slots.Length - 1;
        var at = (int)hash & mask;
        while (_slots[at].Entry != 0)
        {
            if (_slots[at].Hash == hash && this[_slots[at].Entry - 1].SequenceEqual(value))
                return _slots[at].Entry - 1;
            at = (at + 1) & mask;
        }

        if (_ends.Count >= _slots.Length / 2)
        {
            Grow();
            return Intern(value);
        }

        _bytes.AppendString(value);
        _ends.Add(_bytes.Length);
        _slots[at] = new Slot { Hash = hash, Entry = _ends.Count };
        return _ends.Count - 1;
    }

    public void Dispose()
    {
        _bytes.Dispose();
        _ends.Dispose();
    }

    private ReadOnlySpan<byte> this[int entry]
    {
        get
        {
            var start = entry == 0 ? 0 : _ends[entry - 1];
            return NativeString.Read(_bytes.WrittenSpan[start.._ends[entry]], out _);
        }
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new Slot[old.Length * 2];
        var mask = _slots.Length - 1;
        foreach (var slot in old)
        {
            if (slot.Entry == 0)
                continue;
            var at = (int)slot.Hash & mask;
            while (_slots[at].Entry != 0)
                at = (at + 1) & mask;
            _slots[at] = slot;
        }
    }
}
