namespace Otelier.Storage.Metrics;

/// <summary>
/// A bounded memory of what has been stored, by 64-bit key. It keeps two generations: what is used moves to the young one,
/// and when that is full the old one is forgotten. So it holds at least the last <paramref name="entriesMax"/> distinct keys
/// used and at most twice as many, at 16 bytes each per generation. Forgetting is harmless: the row is stored once more
/// and the engine merges the two. Not thread-safe.
/// </summary>
/// <param name="entriesMax">Most keys of one generation, 1 to 2^28.</param>
internal sealed class KnownSeries(int entriesMax)
{
    private const int SlotsMin = 1024;

    private ulong[] _young = new ulong[SlotsMin];
    private ulong[] _old = [];
    private int _youngCount;
    private int _oldCount;
    private readonly int _entriesMax = entriesMax is > 0 and <= 1 << 28
        ? entriesMax
        : throw new ArgumentOutOfRangeException(nameof(entriesMax), entriesMax, "1 to 2^28 entries are possible.");

    /// <summary>How many keys are remembered, those used in both generations twice.</summary>
    public int Count => _youngCount + _oldCount;

    /// <summary>Whether <paramref name="key"/> is remembered.</summary>
    public bool Contains(ulong key)
    {
        key = NotZero(key);
        if (_young[Slot(_young, key)] == key)
            return true;
        if (_oldCount == 0 || _old[Slot(_old, key)] != key)
            return false;
        Add(key);
        return true;
    }

    /// <summary>Remembers <paramref name="key"/>.</summary>
    public void Add(ulong key)
    {
        key = NotZero(key);
        var slot = Slot(_young, key);
        if (_young[slot] == key)
            return;
        if (_youngCount == _entriesMax)
        {
            StartGeneration();
            slot = Slot(_young, key);
        }
        else if (_youngCount == _young.Length / 2)
        {
            Grow();
            slot = Slot(_young, key);
        }

        _young[slot] = key;
        _youngCount++;
    }

    /// <summary>Forgets all of them.</summary>
    public void Clear()
    {
        (_young, _old) = (new ulong[SlotsMin], []);
        (_youngCount, _oldCount) = (0, 0);
    }

    /// <summary>Where <paramref name="key"/> is or would go. Tables are at most half full, so there is always a free slot.</summary>
    private static int Slot(ulong[] slots, ulong key)
    {
        var mask = slots.Length - 1;
        var at = (int)key & mask;
        while (slots[at] != 0 && slots[at] != key)
            at = (at + 1) & mask;
        return at;
    }

    /// <summary>0 marks a free slot, so the key 0 takes another number.</summary>
    private static ulong NotZero(ulong key) => key == 0 ? ulong.MaxValue : key;

    private void StartGeneration()
    {
        (_young, _old) = (_old.Length == 0 ? new ulong[_young.Length] : _old, _young);
        Array.Clear(_young);
        _oldCount = _youngCount;
        _youngCount = 0;
    }

    private void Grow()
    {
        var slots = new ulong[_young.Length * 2];
        foreach (var key in _young)
        {
            if (key != 0)
                slots[Slot(slots, key)] = key;
        }

        _young = slots;
    }
}
