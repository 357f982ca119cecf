using System.Runtime.InteropServices;
using System.Text;
using Otelier.Signals.Columns;

namespace Otelier.Signals.Catalog;

/// <summary>
/// Adds up which attribute keys a block uses (exactly), and notes values they were seen with (a sample: enough to complete
/// what a person types, never a count of values). Bounded: values longer than <see cref="ValueBytesMax"/> are left out, at
/// most <see cref="SampledRowsPerShape"/> rows of a shape are looked at per request, and a key stops collecting at
/// <see cref="ValuesPerKeyMax"/> values a day. Not thread-safe.
/// </summary>
public sealed class CatalogRollup
{
    /// <summary>Longest value noted, in bytes.</summary>
    public const int ValueBytesMax = 128;

    /// <summary>Most rows of one shape whose values are looked at, per request.</summary>
    public const int SampledRowsPerShape = 4;

    /// <summary>Most values noted for one key of one tenant and signal in one day.</summary>
    public const int ValuesPerKeyMax = 200;

    /// <summary>Most values remembered as noted, over all keys; then all are forgotten, and may be noted again.</summary>
    public const int NotedValuesMax = 200_000;

    private readonly Dictionary<CatalogLine, long> _lines = [];
    private readonly HashSet<CatalogLine> _noted = [];
    private readonly Dictionary<(string Tenant, Signal Signal, string Key), int> _valuesOfKey = [];
    private readonly Dictionary<string, Utf8Name> _keys = [];
    private int[] _shapeCounts = [];
    private long _day;

    /// <summary>The lines of this block and how many items each stands for.</summary>
    public IReadOnlyDictionary<CatalogLine, long> Lines => _lines;

    /// <summary>Starts a block that was received on <paramref name="day"/> (days since 1970).</summary>
    public void BeginBlock(long day)
    {
        _lines.Clear();
        if (day == _day && _noted.Count < NotedValuesMax)
            return;
        _day = day;
        _noted.Clear();
        _valuesOfKey.Clear();
        _keys.Clear();
    }

    /// <summary>Adds the resources and scopes of a batch. They count once per request, not once per item.</summary>
    public void AddResources(SignalBatch batch, TenantId tenant)
    {
        Add(batch.Signal, AttributeLevel.Resource, tenant, batch.Resources.Attributes, batch.Resources.ServiceName.NameOf);
        Add(batch.Signal, AttributeLevel.Scope, tenant, batch.Scopes.Attributes, scope => batch.Resources.ServiceName.NameOf(batch.Scopes.ResourceIndex[scope]));
    }

    /// <summary>Adds the attributes of a column; <paramref name="serviceOf"/> gives a row's service, and is asked in the order of rows.</summary>
    public void Add(Signal signal, AttributeLevel level, TenantId tenant, AttributesColumn column, Func<int, Utf8Name> serviceOf)
    {
        if (column.Count == 0)
            return;
        var shapes = column.Shapes;
        if (_shapeCounts.Length < shapes.Count)
            _shapeCounts = new int[Math.Max(shapes.Count, _shapeCounts.Length * 2)];
        Array.Clear(_shapeCounts, 0, shapes.Count);

        // Rows of one service lie together, so the counts are carried over to the lines when the service changes.
        var service = serviceOf(0);
        for (var row = 0; row < column.Count; row++)
        {
            var rowService = serviceOf(row);
            if (!ReferenceEquals(rowService, service))
            {
                CarryOver(signal, level, tenant, shapes, service);
                service = rowService;
            }

            var shape = column.ShapeIndexes[row];
            if (_shapeCounts[shape]++ < SampledRowsPerShape)
                NoteValues(signal, level, tenant, column, row, service);
        }

        CarryOver(signal, level, tenant, shapes, service);
    }

    private void CarryOver(Signal signal, AttributeLevel level, TenantId tenant, IReadOnlyList<AttributeShape> shapes, Utf8Name service)
    {
        for (var i = 0; i < shapes.Count; i++)
        {
            if (_shapeCounts[i] == 0)
                continue;
            for (var key = 0; key < shapes[i].Count; key++)
            {
                var line = new CatalogLine(
                    tenant.Value, signal, level, service.Text, KeyName(shapes[i].Key(key)), (AttributeLetter)shapes[i].Signature[key], "");
                CollectionsMarshal.GetValueRefOrAddDefault(_lines, line, out _) += _shapeCounts[i];
            }

            _shapeCounts[i] = 0;
        }
    }

    private void NoteValues(Signal signal, AttributeLevel level, TenantId tenant, AttributesColumn column, int row, Utf8Name service)
    {
        var shape = column.Shape(row);
        var rest = column.ValuesOf(row);
        for (var i = 0; i < shape.Count; i++)
        {
            var text = NativeString.Read(rest, out var size);
            rest = rest[size..];
            var letter = (AttributeLetter)shape.Signature[i];
            if (text.Length is 0 or > ValueBytesMax || letter is not (AttributeLetter.String or AttributeLetter.Int or AttributeLetter.Bool))
                continue;
            var key = KeyName(shape.Key(i));
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_valuesOfKey, (tenant.Value, signal, key.Text), out _);
            if (count >= ValuesPerKeyMax)
                continue;
            var line = new CatalogLine(tenant.Value, signal, level, service.Text, key, letter, Encoding.UTF8.GetString(text));
            if (!_noted.Add(line))
                continue;
            count++;
            CollectionsMarshal.GetValueRefOrAddDefault(_lines, line, out _)++;
        }
    }

    /// <summary>One object per key, so that lines compare by it.</summary>
    private Utf8Name KeyName(ReadOnlySpan<byte> key)
    {
        var lookup = _keys.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> text = stackalloc char[256];
        if (key.Length <= text.Length && lookup.TryGetValue(text[..Encoding.UTF8.GetChars(key, text)], out var name))
            return name;
        var word = Encoding.UTF8.GetString(key);
        if (!_keys.TryGetValue(word, out name))
            _keys[word] = name = new Utf8Name(key.ToArray());
        return name;
    }
}
