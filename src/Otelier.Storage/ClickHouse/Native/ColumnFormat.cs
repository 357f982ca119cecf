using System.Globalization;

namespace Otelier.Storage.ClickHouse.Native;

/// <summary>How a column of one type is laid out in a block. Made once per type, then used for every block.</summary>
internal abstract class ColumnFormat(string type)
{
    /// <summary>Types within types, e.g. Map(String, Array(String)) is 3 deep.</summary>
    private const int DepthMax = 16;

    protected string Type { get; } = type;

    /// <summary>Reads what stands once before the data of all rows. False when the bytes end too early.</summary>
    internal virtual bool TryReadPrefix(ref NativeCursor cursor) => true;

    /// <summary>Reads the data of some rows. False when the bytes end too early.</summary>
    internal abstract bool TryRead(ref NativeCursor cursor, int rows, out ResultColumn column);

    /// <summary>The format of a type.</summary>
    /// <exception cref="ClickHouseProtocolException">Not a type, or one this reader does not know.</exception>
    internal static ColumnFormat Of(string text, int depth = 0)
    {
        if (depth > DepthMax)
            throw new ClickHouseProtocolException($"A type has more than {DepthMax} types within each other.");
        var type = NativeType.Parse(text);
        return type.Name switch
        {
            "UInt8" => new FixedFormat<byte>(text),
            "Int8" => new FixedFormat<sbyte>(text),
            "UInt16" or "Date" => new FixedFormat<ushort>(text),
            "Int16" => new FixedFormat<short>(text),
            "UInt32" or "DateTime" or "IPv4" => new FixedFormat<uint>(text),
            "Int32" or "Date32" => new FixedFormat<int>(text),
            "UInt64" => new FixedFormat<ulong>(text),
            "Int64" => new FixedFormat<long>(text),
            "UInt128" => new FixedFormat<UInt128>(text),
            "Int128" => new FixedFormat<Int128>(text),
            "Float32" => new FixedFormat<float>(text),
            "Float64" => new FixedFormat<double>(text),
            "Bool" => new FixedFormat<bool>(text),
            "Nothing" => new FixedFormat<byte>(text),
            "UUID" => new UuidFormat(text),
            "DateTime64" => new DateTime64Format(text, type.Number(0, 9)),
            "Enum8" => new EnumFormat<sbyte>(text, EnumNames<sbyte>(type)),
            "Enum16" => new EnumFormat<short>(text, EnumNames<short>(type)),
            "String" => new StringFormat(text),
            "FixedString" => new FixedStringFormat(text, type.Number(0, 1 << 20)),
            "Nullable" => new NullableFormat(text, Of(type.Argument(0), depth + 1)),
            "Array" => new ArrayFormat(text, Of(type.Argument(0), depth + 1)),
            "Map" => new MapFormat(text, Tuple($"Tuple({type.Argument(0)}, {type.Argument(1)})", ["", ""], type.Arguments, depth + 1)),
            "Tuple" => Tuple(text, type, depth),
            "Nested" => new ArrayFormat(text, Tuple($"Tuple({string.Join(", ", type.Arguments)})", type, depth + 1)),
            "LowCardinality" => LowCardinality(text, type.Argument(0), depth),
            "SimpleAggregateFunction" => Of(type.Argument(1), depth + 1),
            _ => throw new ClickHouseProtocolException($"A column of type {text} is not read here."),
        };
    }

    private static TupleFormat Tuple(string text, NativeType type, int depth)
    {
        var elements = type.Arguments.Select(NativeType.Element).ToList();
        return Tuple(text, [.. elements.Select(e => e.Name)], [.. elements.Select(e => e.Type)], depth);
    }

    private static TupleFormat Tuple(string text, string[] names, IReadOnlyList<string> types, int depth) =>
        types.Count == 0
            ? throw new ClickHouseProtocolException("A tuple without elements is not read here.")
            : new TupleFormat(text, names, [.. types.Select(t => Of(t, depth + 1))]);

    private static LowCardinalityFormat LowCardinality(string text, string inner, int depth)
    {
        var type = NativeType.Parse(inner);
        var nullable = type.Name == "Nullable";
        return new LowCardinalityFormat(text, Of(nullable ? type.Argument(0) : inner, depth + 1), nullable);
    }

    private static Dictionary<T, string> EnumNames<T>(NativeType type) where T : unmanaged, IParsable<T>
    {
        var names = new Dictionary<T, string>();
        foreach (var argument in type.Arguments)
        {
            var end = argument.LastIndexOf("' = ", StringComparison.Ordinal);
            if (end < 1 || argument[0] != '\'' || !T.TryParse(argument[(end + 4)..], CultureInfo.InvariantCulture, out var value))
                throw new ClickHouseProtocolException("An enumeration's type is malformed.");
            names[value] = argument[1..end].Replace("\\'", "'", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
        }

        return names;
    }
}
