using Otelier.Storage.ClickHouse.Interop;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.Tests.Engine;
using Xunit;

namespace Otelier.Storage.Tests.ClickHouse;

public sealed class NativeBlockReaderTests
{
    /// <summary>Every type the reader knows, over three rows: 0, 1 and 2 as <c>number</c>.</summary>
    private const string EveryType = """
        SELECT
            toUInt8(255 - number) AS u8, toInt8(-128 + number) AS i8, toUInt16(65535 - number) AS u16, toInt16(-32768 + number) AS i16,
            toUInt32(4294967295 - number) AS u32, toInt32(-2147483648 + number) AS i32,
            toUInt64(18446744073709551615 - number) AS u64, toInt64(-9223372036854775808 + number) AS i64,
            toUInt128('340282366920938463463374607431768211455') AS u128,
            toFloat32(number + 0.5) AS f32, if(number = 0, nan, number / 3) AS f64, number = 1 AS flag_number, (number = 1)::Bool AS flag,
            concat('text ', toString(number)) AS text, toFixedString(toString(number), 4) AS fixed,
            toDate('2024-02-29') + number AS day, toDate32('1900-01-01') + number AS day32,
            toDateTime('2024-02-29 12:00:00', 'UTC') + number AS second,
            fromUnixTimestamp64Nano(1709208000123456789 + number, 'UTC') AS nano, toDateTime64('2024-02-29 12:00:00.123', 3, 'UTC') AS milli,
            CAST(number + 1, 'Enum8(\'a\' = 1, \'b, (\' = 2, \'it\\\'s\' = 3)') AS small_enum, CAST(300, 'Enum16(\'big\' = 300)') AS big_enum,
            toUUID('00112233-4455-6677-8899-aabbccddeeff') AS uuid,
            if(number = 1, NULL, number)::Nullable(UInt64) AS maybe, if(number = 1, NULL, 'x')::Nullable(String) AS maybe_text,
            range(number)::Array(UInt64) AS numbers, arrayMap(i -> range(i), range(number))::Array(Array(UInt64)) AS nested,
            [toString(number), 'x']::Array(LowCardinality(String)) AS words,
            map('k', toString(number))::Map(String, String) AS plain_map,
            if(number = 2, map(), map('b', '1', 'a', toString(number)))::Map(LowCardinality(String), String) AS attributes,
            map('k', [toString(number)])::Map(LowCardinality(String), Array(LowCardinality(String))) AS deep_map,
            (number, toString(number))::Tuple(UInt64, String) AS pair, (number, 'y')::Tuple(id UInt64, `odd name` LowCardinality(String)) AS named,
            ['a', 'b', 'a'][number + 1]::LowCardinality(String) AS word,
            [NULL, '', 'b'][number + 1]::LowCardinality(Nullable(String)) AS maybe_word,
            [7, 8, 7][number + 1]::LowCardinality(UInt32) AS low_number, toFixedString(toString(number), 2)::LowCardinality(FixedString(2)) AS low_fixed,
            [] AS nothing, NULL AS none, CAST(number, 'SimpleAggregateFunction(sum, UInt64)') AS total
        FROM numbers(3)
        SETTINGS allow_suspicious_low_cardinality_types = 1
        """;

    [Fact]
    public async Task Every_type_is_read()
    {
        var block = new NativeBlockReader(await FetchAsync(EveryType)).Read()!;

        Assert.Equal(3, block.RowCount);
        Assert.Equal([255, 254, 253], block.GetUInt8("u8").Values.ToArray());
        Assert.Equal([-128, -127, -126], block.GetInt8("i8").Values.ToArray());
        Assert.Equal(65534, block.GetUInt16("u16")[1]);
        Assert.Equal(-32767, block.GetInt16("i16")[1]);
        Assert.Equal(4294967294, block.GetUInt32("u32")[1]);
        Assert.Equal(-2147483647, block.GetInt32("i32")[1]);
        Assert.Equal(ulong.MaxValue - 1, block.GetUInt64("u64")[1]);
        Assert.Equal(long.MinValue + 1, block.GetInt64("i64")[1]);
        Assert.Equal(UInt128.MaxValue, block.Get<FixedResultColumn<UInt128>>("u128")[0]);
        Assert.Equal(1.5f, block.GetFloat32("f32")[1]);
        Assert.Equal([double.NaN, 1 / 3.0, 2 / 3.0], block.GetFloat64("f64").Values.ToArray());
        Assert.Equal([false, true, false], block.GetBool("flag").Values.ToArray());
        Assert.Equal("text 2", block.GetBytes("text").GetString(2));
        Assert.Equal("2\0\0\0", block.GetBytes("fixed").GetString(2));
        Assert.Equal(19783 - 1, block.GetUInt16("day")[0]);
        Assert.Equal(-25567, block.GetInt32("day32")[0]);
        Assert.Equal(1709208001U, block.GetUInt32("second")[1]);
        Assert.Equal(1709208000123456790, block.GetDateTime64("nano").UnixNanos(1));
        Assert.Equal(1709208000123000000, block.GetDateTime64("milli").UnixNanos(1));
        Assert.Equal(["a", "b, (", "it's"], Rows(block, row => ((IEnumResultColumn)block.GetInt8("small_enum")).Name(row)));
        Assert.Equal("big", ((IEnumResultColumn)block.GetInt16("big_enum")).Name(0));
        Assert.Equal(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), block.GetUuid("uuid").Guid(2));
    }

    [Fact]
    public async Task Nested_types_are_read()
    {
        var block = new NativeBlockReader(await FetchAsync(EveryType)).Read()!;

        Assert.Equal([false, true, false], Rows(block, block.GetNullable("maybe").IsNull));
        Assert.Equal(2UL, ((FixedResultColumn<ulong>)block.GetNullable("maybe").Values)[2]);
        Assert.Equal("x", ((BytesResultColumn)block.GetNullable("maybe_text").Values).GetString(2));
        Assert.Equal([(0, 0), (0, 1), (1, 2)], Rows(block, row => block.GetArray("numbers")[row]));
        var inner = (ArrayResultColumn)block.GetArray("nested").Items;
        Assert.Equal([(0, 0), (0, 0), (0, 1)], Enumerable.Range(0, inner.Count).Select(row => inner[row]));
        Assert.Equal(["0", "x", "1", "x", "2", "x"], Texts(block.GetArray("words").Items));
        Assert.Equal(["0", "1", "2"], Texts(block.GetMap("plain_map").Values));
        var attributes = block.GetMap("attributes");
        Assert.Equal([(0, 2), (2, 2), (4, 0)], Rows(block, row => attributes[row]));
        Assert.Equal(["b", "a", "b", "a"], Texts(attributes.Keys));
        Assert.Equal(["1", "0", "1", "1"], Texts(attributes.Values));
        Assert.Equal(["0", "1", "2"], Texts(((ArrayResultColumn)block.GetMap("deep_map").Values).Items));
        Assert.Equal(["id", "odd name"], block.GetTuple("named").Names);
        Assert.Equal("1", ((BytesResultColumn)block.GetTuple("pair").Elements[1]).GetString(1));
        Assert.Equal(["a", "b", "a"], Texts(block.GetBytes("word")));
        Assert.Equal([true, false, false], Rows(block, block.GetBytes("maybe_word").IsNull));
        Assert.Equal(["", "", "b"], Texts(block.GetBytes("maybe_word")));
        Assert.Equal([7U, 8, 7], block.GetUInt32("low_number").Values.ToArray());
        Assert.Equal("2\0", block.GetBytes("low_fixed").GetString(2));
        Assert.Equal((0, 0), block.GetArray("nothing")[2]);
        Assert.True(block.GetNullable("none").IsNull(0));
        Assert.Equal([0UL, 1, 2], block.GetUInt64("total").Values.ToArray());
    }

    [Fact]
    public async Task A_block_that_is_not_all_there_is_no_block_yet_wherever_it_is_cut()
    {
        var bytes = await FetchAsync(EveryType);

        for (var length = 0; length < bytes.Length; length++)
            Assert.False(new NativeBlockReader(bytes.AsMemory(0, length)).TryRead(out _));
        Assert.True(new NativeBlockReader(bytes).TryRead(out _));
        Assert.Throws<ClickHouseProtocolException>(() => new NativeBlockReader(bytes.AsMemory(0, bytes.Length - 1)).Read());
    }

    [Fact]
    public async Task Changed_bytes_never_lead_out_of_bounds_or_to_great_allocations()
    {
        var original = await FetchAsync(EveryType);
        var random = new Random(20_240_229);
        var refused = 0;

        for (var round = 0; round < 20_000; round++)
        {
            var bytes = original.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                if (new NativeBlockReader(bytes).TryRead(out var block))
                    TouchEverything(block);
            }
            catch (ClickHouseProtocolException)
            {
                refused++;
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        }

        Assert.NotEqual(0, refused);
    }

    [Fact]
    public async Task Some_blocks_in_one_piece_are_read_one_after_the_other()
    {
        var bytes = await FetchAsync("SELECT number, toString(number) AS text FROM numbers(5)");
        var reader = new NativeBlockReader(bytes.Concat(bytes).ToArray());

        Assert.Equal(5, reader.Read()!.RowCount);
        Assert.Equal("4", reader.Read()!.GetBytes("text").GetString(4));
        Assert.Null(reader.Read());
    }

    [Fact]
    public async Task A_wrong_name_or_type_says_what_there_is()
    {
        var block = new NativeBlockReader(await FetchAsync("SELECT 1::UInt64 AS a, 'x' AS b")).Read()!;

        Assert.Contains("it has a, b", Assert.Throws<ClickHouseProtocolException>(() => block.GetUInt64("c")).Message, StringComparison.Ordinal);
        Assert.Contains("b is String", Assert.Throws<ClickHouseProtocolException>(() => block.GetUInt64("b")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AggregateFunction(sum, UInt64)")]
    [InlineData("Array(")]
    [InlineData("Array")]
    [InlineData("Map(String)")]
    [InlineData("Enum8('a' = 1000)")]
    [InlineData("Enum8(a)")]
    [InlineData("FixedString(-1)")]
    [InlineData("DateTime64(12)")]
    [InlineData("Tuple()")]
    [InlineData("")]
    public void A_type_that_is_not_known_or_malformed_is_refused(string type) =>
        Assert.Throws<ClickHouseProtocolException>(() => ColumnFormat.Of(type));

    [Fact]
    public void Types_within_types_have_a_limit() =>
        Assert.Throws<ClickHouseProtocolException>(() => ColumnFormat.Of($"{string.Concat(Enumerable.Repeat("Array(", 5000))}UInt8{new string(')', 5000)}"));

    private static async Task<byte[]> FetchAsync(string sql)
    {
        await using var engine = await TestEngine.OpenAsync(EngineKind.Memory);
        using var connection = ChdbConnection.Open(null, []);
        using var query = connection.Query(sql, []);
        return query.Fetch(null)!;
    }

    private static List<T> Rows<T>(NativeBlock block, Func<int, T> value) => [.. Enumerable.Range(0, block.RowCount).Select(value)];

    private static List<string> Texts(ResultColumn column) =>
        [.. Enumerable.Range(0, column.Count).Select(((BytesResultColumn)column).GetString)];

    private static void TouchEverything(NativeBlock block)
    {
        foreach (var column in block.Columns)
            Touch(column);
    }

    private static void Touch(ResultColumn column)
    {
        for (var row = 0; row < column.Count; row++)
            _ = column.IsNull(row);
        switch (column)
        {
            case BytesResultColumn bytes:
                for (var row = 0; row < bytes.Count; row++)
                    _ = bytes[row].Length;
                break;
            case ArrayResultColumn array:
                for (var row = 0; row < array.Count; row++)
                    Assert.True(array[row].Start + array[row].Length <= array.Items.Count);
                Touch(array.Items);
                break;
            case NullableResultColumn nullable:
                Touch(nullable.Values);
                break;
            case TupleResultColumn tuple:
                foreach (var element in tuple.Elements)
                    Touch(element);
                break;
        }
    }
}
