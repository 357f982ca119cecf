namespace Otelier.Signals.Columns;

/// <summary>
/// A column of attribute maps: for every row its <see cref="AttributeShape"/> and, in the order of the sorted keys, the
/// texts of its values, each as length and bytes (the engine's Native String).
/// </summary>
public sealed class AttributesColumn : Column
{
    private readonly List<AttributeShape> _shapes = [];
    private readonly FixedColumn<int> _shapeIndexes = new();
    private readonly FixedColumn<int> _valueEnds = new();
    private readonly FixedColumn<int> _nestedCounts = new();
    private readonly ByteBuffer _values = new();
    private Dictionary<AttributeShape, int>? _copiedShapes;

    public override int Count => _shapeIndexes.Count;

    /// <summary>The distinct shapes, in the order of their first appearance.</summary>
    public IReadOnlyList<AttributeShape> Shapes => _shapes;

    /// <summary>For every row its place in <see cref="Shapes"/>.</summary>
    public ReadOnlySpan<int> ShapeIndexes => _shapeIndexes.Values;

    /// <summary>For every row where its values end in <see cref="Values"/>.</summary>
    public ReadOnlySpan<int> ValueEnds => _valueEnds.Values;

    /// <summary>The texts of all rows' values, one after the other.</summary>
    public ReadOnlySpan<byte> Values => _values.WrittenSpan;

    /// <summary>The nested signatures of the rows whose shape has any, in row order.</summary>
    public StringColumn NestedSignatures { get; } = new();

    public override int Capacity => _values.Capacity + _shapeIndexes.Capacity + _valueEnds.Capacity + NestedSignatures.Capacity;

    public AttributeShape Shape(int row) => _shapes[_shapeIndexes[row]];

    /// <summary>The texts of a row's values, in the order of its shape's keys.</summary>
    public ReadOnlySpan<byte> ValuesOf(int row)
    {
        var start = row == 0 ? 0 : _valueEnds[row - 1];
        return _values.WrittenSpan[start.._valueEnds[row]];
    }

    /// <summary>The nested signature of <paramref name="row"/>; empty where no value is an array or a kvlist.</summary>
    public ReadOnlySpan<byte> NestedSignature(int row) => Shape(row).HasNested ? NestedSignatures[_nestedCounts[row] - 1] : default;

    /// <summary>
    /// A hash of the row's keys, values and their kinds, the same for every order they may be sent in. It goes into stored ids and
    /// must never change.
    /// </summary>
    public ulong Hash(int row)
    {
        var shape = Shape(row);
        var hash = ByteHash.Compute(ValuesOf(row), shape.Hash);
        return shape.HasNested ? ByteHash.Compute(NestedSignature(row), hash) : hash;
    }

    /// <summary>The text of the attribute <paramref name="key"/>, or <see langword="false"/> where the row has none.</summary>
    public bool TryGet(int row, ReadOnlySpan<byte> key, out AttributeLetter letter, out ReadOnlySpan<byte> text)
    {
        var shape = Shape(row);
        var index = shape.IndexOf(key);
        if (index < 0)
        {
            letter = AttributeLetter.Empty;
            text = default;
            return false;
        }

        var rest = ValuesOf(row);
        for (var i = 0; i < index; i++)
        {
            NativeString.Read(rest, out var size);
            rest = rest[size..];
        }

        letter = (AttributeLetter)shape.Signature[index];
        text = NativeString.Read(rest, out _);
        return true;
    }

    /// <summary>Adds a row equal to <paramref name="row"/> of <paramref name="source"/>.</summary>
    public void CopyRow(AttributesColumn source, int row)
    {
        var shape = source.Shape(row);
        _copiedShapes ??= [];
        if (!_copiedShapes.TryGetValue(shape, out var index))
        {
            index = Introduce(shape);
            _copiedShapes.Add(shape, index);
        }

        _values.Append(source.ValuesOf(row));
        EndRow(index, source.NestedSignature(row));
    }

    internal int Introduce(AttributeShape shape)
    {
        _shapes.Add(shape);
        return _shapes.Count - 1;
    }

    /// <summary>Where the values of the row being added are written; <see cref="EndRow"/> closes the row.</summary>
    internal ByteBuffer OpenRow => _values;

    internal void EndRow(int shapeIndex, ReadOnlySpan<byte> nestedSignature)
    {
        _shapeIndexes.Add(shapeIndex);
        _valueEnds.Add(_values.Length);
        if (_shapes[shapeIndex].HasNested)
            NestedSignatures.Add(nestedSignature);
        _nestedCounts.Add(NestedSignatures.Count);
    }

    public override void Truncate(int count)
    {
        _shapeIndexes.Truncate(count);
        _valueEnds.Truncate(count);
        _nestedCounts.Truncate(count);
        _values.Truncate(count == 0 ? 0 : _valueEnds[count - 1]);
        NestedSignatures.Truncate(count == 0 ? 0 : _nestedCounts[count - 1]);
    }

    public override void Clear()
    {
        _shapes.Clear();
        _copiedShapes?.Clear();
        _shapeIndexes.Clear();
        _valueEnds.Clear();
        _nestedCounts.Clear();
        _values.Clear();
        NestedSignatures.Clear();
    }

    public override void Dispose()
    {
        _shapeIndexes.Dispose();
        _valueEnds.Dispose();
        _nestedCounts.Dispose();
        _values.Dispose();
        NestedSignatures.Dispose();
    }
}
