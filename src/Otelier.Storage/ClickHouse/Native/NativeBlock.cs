namespace Otelier.Storage.ClickHouse.Native;

/// <summary>Some rows of an answer, by columns. Immutable; safe to read from any thread.</summary>
internal sealed class NativeBlock
{
    private readonly string[] _names;
    private readonly ResultColumn[] _columns;

    internal NativeBlock(string[] names, ResultColumn[] columns, int rowCount)
    {
        _names = names;
        _columns = columns;
        RowCount = rowCount;
    }

    internal int RowCount { get; }

    internal IReadOnlyList<string> Names => _names;

    internal IReadOnlyList<ResultColumn> Columns => _columns;

    /// <summary>A column by its name in the query.</summary>
    /// <exception cref="ClickHouseProtocolException">There is none, or it has another type: query and reader disagree.</exception>
    internal TColumn Get<TColumn>(string name) where TColumn : ResultColumn
    {
        var index = Array.IndexOf(_names, name);
        if (index < 0)
            throw new ClickHouseProtocolException($"The answer has no column {name}; it has {string.Join(", ", _names)}.");
        return _columns[index] as TColumn
            ?? throw new ClickHouseProtocolException($"Column {name} is {_columns[index].Type}, which is not read as {typeof(TColumn).Name}.");
    }

    /// <summary>String, FixedString, and LowCardinality of them.</summary>
    internal BytesResultColumn GetBytes(string name) => Get<BytesResultColumn>(name);

    internal FixedResultColumn<byte> GetUInt8(string name) => Get<FixedResultColumn<byte>>(name);

    internal FixedResultColumn<sbyte> GetInt8(string name) => Get<FixedResultColumn<sbyte>>(name);

    internal FixedResultColumn<ushort> GetUInt16(string name) => Get<FixedResultColumn<ushort>>(name);

    internal FixedResultColumn<short> GetInt16(string name) => Get<FixedResultColumn<short>>(name);

    /// <summary>UInt32 and DateTime (seconds since 1970).</summary>
    internal FixedResultColumn<uint> GetUInt32(string name) => Get<FixedResultColumn<uint>>(name);

    /// <summary>Int32 and Date32 (days since 1970).</summary>
    internal FixedResultColumn<int> GetInt32(string name) => Get<FixedResultColumn<int>>(name);

    internal FixedResultColumn<ulong> GetUInt64(string name) => Get<FixedResultColumn<ulong>>(name);

    /// <summary>Int64 and DateTime64 (ticks of its scale since 1970).</summary>
    internal FixedResultColumn<long> GetInt64(string name) => Get<FixedResultColumn<long>>(name);

    internal FixedResultColumn<float> GetFloat32(string name) => Get<FixedResultColumn<float>>(name);

    internal FixedResultColumn<double> GetFloat64(string name) => Get<FixedResultColumn<double>>(name);

    internal FixedResultColumn<bool> GetBool(string name) => Get<FixedResultColumn<bool>>(name);

    internal DateTime64ResultColumn GetDateTime64(string name) => Get<DateTime64ResultColumn>(name);

    internal UuidResultColumn GetUuid(string name) => Get<UuidResultColumn>(name);

    internal MapResultColumn GetMap(string name) => Get<MapResultColumn>(name);

    internal ArrayResultColumn GetArray(string name) => Get<ArrayResultColumn>(name);

    internal TupleResultColumn GetTuple(string name) => Get<TupleResultColumn>(name);

    internal NullableResultColumn GetNullable(string name) => Get<NullableResultColumn>(name);
}
