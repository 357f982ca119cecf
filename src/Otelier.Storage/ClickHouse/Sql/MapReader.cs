using Otelier.Signals.Attributes;
using Otelier.Signals.Columns;
using Otelier.Storage.ClickHouse.Native;

namespace Otelier.Storage.ClickHouse.Sql;

/// <summary>Reads the rows of an attribute map column with their signatures.</summary>
internal sealed class MapReader(MapResultColumn maps, BytesResultColumn signatures)
{
    private readonly BytesResultColumn _keys = (BytesResultColumn)maps.Keys;
    private readonly BytesResultColumn _values = (BytesResultColumn)maps.Values;
    private readonly Dictionary<int, byte[]> _keyBytes = [];
    private AttributeMap? _last;

    public static MapReader Of(NativeBlock block, string map) => new(block.GetMap(map), block.GetBytes($"{map}Signature"));

    /// <summary>The maps that are elements of an array column.</summary>
    public static MapReader OfItems(NativeBlock block, string array) =>
        new((MapResultColumn)block.GetArray(array).Items, (BytesResultColumn)block.GetArray($"{array}Signature").Items);

    public AttributeMap this[int row]
    {
        get
        {
            var (start, length) = maps[row];
            if (length == 0)
                return AttributeMap.Empty;
            var keys = new byte[length][];
            var size = 0;
            for (var i = 0; i < length; i++)
            {
                keys[i] = Key(start + i);
                size += _values[start + i].Length + NativeString.PrefixLength(_values[start + i].Length);
            }

            var values = new byte[size];
            var rest = values.AsSpan();
            for (var i = 0; i < length; i++)
                rest = NativeString.Write(rest, _values[start + i]);
            return _last = AttributeMap.Create(keys, values, signatures[row], _last);
        }
    }

    private byte[] Key(int row)
    {
        if (_keys is not DictionaryResultColumn dictionary)
            return _keys[row].ToArray();
        var index = dictionary.Index(row);
        if (!_keyBytes.TryGetValue(index, out var key))
            _keyBytes[index] = key = dictionary.Dictionary[index].ToArray();
        return key;
    }
}
