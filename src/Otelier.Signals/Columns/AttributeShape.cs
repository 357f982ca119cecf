namespace Otelier.Signals.Columns;

/// <summary>
/// The keys of an attribute map and the kinds of its values, without the values. Spans of one operation share it, so it is
/// worked out once. Immutable; shared by batches and decoders.
/// </summary>
public sealed class AttributeShape
{
    private readonly byte[][] _keys;
    private readonly byte[] _signature;
    private readonly int[] _order;

    /// <param name="keys">The keys as they were sent.</param>
    /// <param name="letters">For every key its value's letter (<see cref="AttributeLetter"/>).</param>
    internal AttributeShape(byte[][] keys, byte[] letters)
    {
        _order = new int[keys.Length];
        for (var i = 0; i < _order.Length; i++)
            _order[i] = i;
        // Equal keys keep the order they were sent in, so that the outcome is the same every time.
        Array.Sort(_order, (a, b) => keys[a].AsSpan().SequenceCompareTo(keys[b]) is var byKey and not 0 ? byKey : a.CompareTo(b));
        _keys = new byte[keys.Length][];
        _signature = new byte[keys.Length];
        for (var i = 0; i < _order.Length; i++)
        {
            _keys[i] = keys[_order[i]];
            _signature[i] = letters[_order[i]];
        }

        HasNested = _signature.AsSpan().ContainsAny((byte)AttributeLetter.Array, (byte)AttributeLetter.KeyValueList);
        Hash = ByteHash.Compute(_signature, 0);
        foreach (var key in _keys)
            Hash = ByteHash.Compute(key, Hash);
    }

    /// <summary>A map without attributes.</summary>
    public static AttributeShape Empty { get; } = new([], []);

    public int Count => _keys.Length;

    /// <summary>One letter per key, in the order of the sorted keys.</summary>
    public ReadOnlySpan<byte> Signature => _signature;

    /// <summary>Whether a value is an array or a kvlist, so that a row's signature continues after the letters.</summary>
    public bool HasNested { get; }

    /// <summary>A hash of the sorted keys and their letters. It goes into stored ids and must never change.</summary>
    public ulong Hash { get; }

    /// <summary>For every place among the sorted keys, the place at which it was sent.</summary>
    internal ReadOnlySpan<int> SentOrder => _order;

    /// <summary>The key at <paramref name="index"/> in ascending byte order.</summary>
    public ReadOnlySpan<byte> Key(int index) => _keys[index];

    /// <summary>Where <paramref name="key"/> stands among the sorted keys, or -1. Of equal keys the first.</summary>
    public int IndexOf(ReadOnlySpan<byte> key)
    {
        for (var i = 0; i < _keys.Length; i++)
        {
            if (_keys[i].AsSpan().SequenceEqual(key))
                return i;
        }

        return -1;
    }
}
