using System.Diagnostics.CodeAnalysis;
using System.Text;
using Otelier.Signals.Columns;
using Otelier.Signals.Otlp;

namespace Otelier.Signals.Attributes;

/// <summary>
/// The attributes of a span, record, resource or scope as they were sent, keys in ascending byte order. Immutable; maps of
/// one shape share their keys. Equal to a map of the same keys, kinds and texts.
/// </summary>
public sealed class AttributeMap : IEquatable<AttributeMap>
{
    private readonly byte[] _values;
    private readonly byte[] _nestedSignatures;

    /// <param name="shape">The keys and their values' kinds.</param>
    /// <param name="values">The values' texts in the order of the keys, each as a Native String. Ownership passes.</param>
    /// <param name="nestedSignatures">The signatures of the arrays and kvlists among them, in the same order. Ownership passes.</param>
    private AttributeMap(AttributeShape shape, byte[] values, byte[] nestedSignatures)
    {
        Shape = shape;
        _values = values;
        _nestedSignatures = nestedSignatures;
    }

    /// <summary>No attributes.</summary>
    public static AttributeMap Empty { get; } = new(AttributeShape.Empty, [], []);

    public AttributeShape Shape { get; }

    public int Count => Shape.Count;

    /// <summary>
    /// Makes a map from what is stored. Rows that something else than Otelier wrote may have keys in any order and no signature:
    /// those are put in order, and every value is taken for a text.
    /// </summary>
    /// <param name="keys">The keys. Ownership passes.</param>
    /// <param name="values">The values' texts in the order of the keys, each as a Native String. Ownership passes.</param>
    /// <param name="signature">One letter per key, then where there are arrays or kvlists a colon and their signatures.</param>
    /// <param name="like">A map made earlier, whose shape is taken where it is the same.</param>
    public static AttributeMap Create(byte[][] keys, byte[] values, ReadOnlySpan<byte> signature, AttributeMap? like = null)
    {
        if (keys.Length == 0)
            return Empty;
        var colon = signature.IndexOf((byte)':');
        var letters = colon < 0 ? signature : signature[..colon];
        var nested = colon < 0 ? default : signature[(colon + 1)..];
        if (!Fits(letters, nested, keys.Length))
        {
            letters = TextsOnly(keys.Length);
            nested = default;
        }

        if (like is not null && IsShape(like.Shape, keys, letters))
            return new AttributeMap(like.Shape, values, nested.ToArray());
        var shape = new AttributeShape(keys, letters.ToArray());
        for (var i = 0; i < keys.Length; i++)
        {
            if (shape.SentOrder[i] != i)
                return new AttributeMap(new AttributeShape(keys, TextsOnly(keys.Length)), InOrder(values, shape.SentOrder), []);
        }

        return new AttributeMap(shape, values, nested.ToArray());
    }

    /// <summary>The value of <paramref name="key"/>; of equal keys the first.</summary>
    public bool TryGet(ReadOnlySpan<byte> key, out AttributeValue value)
    {
        foreach (var attribute in this)
        {
            if (!attribute.Key.SequenceEqual(key))
                continue;
            value = attribute.Value;
            return true;
        }

        value = default;
        return false;
    }

    /// <inheritdoc cref="TryGet(ReadOnlySpan{byte}, out AttributeValue)"/>
    public bool TryGet(string key, out AttributeValue value) => TryGet(Encoding.UTF8.GetBytes(key), out value);

    public Enumerator GetEnumerator() => new(this);

    public bool Equals([NotNullWhen(true)] AttributeMap? other) =>
        other is not null
        && (ReferenceEquals(Shape, other.Shape) || IsSameShape(Shape, other.Shape))
        && _values.AsSpan().SequenceEqual(other._values)
        && _nestedSignatures.AsSpan().SequenceEqual(other._nestedSignatures);

    public override bool Equals(object? obj) => Equals(obj as AttributeMap);

    public override int GetHashCode() => (int)ByteHash.Compute(_values, ByteHash.Compute(Shape.Signature, ByteHash.ProcessSeed));

    private static bool Fits(ReadOnlySpan<byte> letters, ReadOnlySpan<byte> nested, int count)
    {
        if (letters.Length != count)
            return false;
        foreach (var letter in letters)
        {
            if (letter is (byte)AttributeLetter.Array or (byte)AttributeLetter.KeyValueList && !AnyValueText.TryTakeSignature(ref nested, out _))
                return false;
        }

        return nested.IsEmpty;
    }

    private static byte[] TextsOnly(int count)
    {
        var letters = new byte[count];
        letters.AsSpan().Fill((byte)AttributeLetter.String);
        return letters;
    }

    private static byte[] InOrder(byte[] values, ReadOnlySpan<int> order)
    {
        var ends = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            var start = i == 0 ? 0 : ends[i - 1];
            NativeString.Read(values.AsSpan(start), out var size);
            ends[i] = start + size;
        }

        var ordered = new byte[values.Length];
        var position = 0;
        foreach (var from in order)
        {
            var start = from == 0 ? 0 : ends[from - 1];
            var value = values.AsSpan(start, ends[from] - start);
            value.CopyTo(ordered.AsSpan(position));
            position += value.Length;
        }

        return ordered;
    }

    private static bool IsShape(AttributeShape shape, byte[][] keys, ReadOnlySpan<byte> letters)
    {
        if (!shape.Signature.SequenceEqual(letters))
            return false;
        for (var i = 0; i < keys.Length; i++)
        {
            if (!shape.Key(i).SequenceEqual(keys[i]))
                return false;
        }

        return true;
    }

    private static bool IsSameShape(AttributeShape a, AttributeShape b)
    {
        if (!a.Signature.SequenceEqual(b.Signature))
            return false;
        for (var i = 0; i < a.Count; i++)
        {
            if (!a.Key(i).SequenceEqual(b.Key(i)))
                return false;
        }

        return true;
    }

    /// <summary>A key with its value.</summary>
    public readonly ref struct Entry(ReadOnlySpan<byte> key, AttributeValue value)
    {
        public ReadOnlySpan<byte> Key { get; } = key;

        public AttributeValue Value { get; } = value;
    }

    /// <summary>Walks the attributes in key order.</summary>
    public ref struct Enumerator
    {
        private readonly AttributeShape _shape;
        private ReadOnlySpan<byte> _values;
        private ReadOnlySpan<byte> _nested;
        private int _index = -1;

        internal Enumerator(AttributeMap map)
        {
            _shape = map.Shape;
            _values = map._values;
            _nested = map._nestedSignatures;
        }

        public Entry Current { get; private set; }

        public bool MoveNext()
        {
            if (++_index >= _shape.Count)
                return false;
            var letter = (AttributeLetter)_shape.Signature[_index];
            var text = NativeString.Read(_values, out var size);
            _values = _values[size..];
            ReadOnlySpan<byte> nested = default;
            if (letter is AttributeLetter.Array or AttributeLetter.KeyValueList)
            {
                var rest = _nested;
                AnyValueText.TryTakeSignature(ref rest, out _);
                nested = _nested[..^rest.Length];
                _nested = rest;
            }

            Current = new Entry(_shape.Key(_index), new AttributeValue(letter, text, nested));
            return true;
        }
    }
}
