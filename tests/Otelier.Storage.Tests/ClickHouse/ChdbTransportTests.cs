using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Transports;
using Otelier.Storage.Tests.Engine;
using Xunit;

namespace Otelier.Storage.Tests.ClickHouse;

public sealed class ChdbTransportTests
{
    /// <summary>Would run for hours.</summary>
    private const string Endless = "SELECT count() AS v FROM numbers_mt(1000000000000000) WHERE cityHash64(number) % 7 = 1";

    [Theory]
    [InlineData(EngineKind.Disk)]
    [InlineData(EngineKind.Memory)]
    public async Task Inserted_rows_are_read_back(EngineKind kind)
    {
        await using var engine = await TestEngine.OpenAsync(kind);
        await engine.ExecuteAsync(TestRows.Table);

        var result = await InsertAsync(engine, "a", TestRows.Body(1, 3, "héllo"));

        Assert.Equal(3, result.Rows);
        var block = Assert.Single(await engine.QueryAsync("SELECT id, text FROM t ORDER BY id"));
        Assert.Equal([1UL, 2, 3], block.GetUInt64("id").Values.ToArray());
        Assert.Equal("héllo", block.GetBytes("text").GetString(2));
    }

    [Fact]
    public async Task Rows_survive_closing_and_opening()
    {
        await using var engine = await TestEngine.OpenAsync(EngineKind.Disk);
        await engine.ExecuteAsync(TestRows.Table);
        await InsertAsync(engine, "a", TestRows.Body(1, 3));

        await engine.ReopenAsync();

        Assert.Equal(3UL, await engine.Transport.NumberAsync("SELECT count() AS v FROM t"));
    }

    [Fact]
    public async Task A_body_of_many_chunks_becomes_one_part()
    {
        await using var engine = await TestEngine.OpenAsync(EngineKind.Disk);
        await engine.ExecuteAsync(TestRows.Table);

        await InsertAsync(engine, "a", TestRows.Body(0, 100_000, new string('z', 50)));

        Assert.Equal(100_000UL, await engine.Transport.NumberAsync("SELECT uniqExact(id) AS v FROM t"));
        Assert.Equal(1UL, await engine.Transport.NumberAsync("SELECT count() AS v FROM system.parts WHERE table = 't'"));
    }

    [Fact]
    public async Task The_memory_cap_does_not_take_a_query_its_threads()
    {
        await using var engine = await TestEngine.OpenAsync(EngineKind.Disk);

        var plan = await engine.QueryAsync("SELECT explain FROM (EXPLAIN PIPELINE SELECT sum(number) FROM numbers_mt(10000000) SETTINGS max_threads = 2)");

        Assert.Contains(
            plan.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => block.GetBytes("explain").GetString(row))),
            line => line.Contains("× 2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(EngineKind.Disk)]
    [InlineData(EngineKind.Memory)]
    public async Task A_token_inserts_once_also_after_reopening(EngineKind kind)
    {
        await using var engine = await TestEngine.OpenAsync(kind);
        await engine.ExecuteAsync(TestRows.Table);

        await InsertAsync(engine, "a", TestRows.Body(1, 3));
        await InsertAsync(engine, "a", TestRows.Body(1, 3));
        await InsertAsync(engine, "b", TestRows.Body(1, 3));
        if (kind == EngineKind.Disk)
        {
            await engine.ReopenAsync();
            await InsertAsync(engine, "b", TestRows.Body(1, 3));
        }

        Assert.Equal(6UL, await engine.Transport.NumberAsync("SELECT count() AS v FROM t"));
    }

    [Fact]
    public async Task A_body_that_fails_inserts_nothing_and_leaves_the_connection_usable()
    {
        await using var engine = await TestEngine.OpenAsync(EngineKind.Disk, o => o with { InsertConnections = 1 });
        await engine.ExecuteAsync(TestRows.Table);

        await Assert.ThrowsAsync<InvalidDataException>(() => InsertAsync(engine, "a", output =>
        {
            TestRows.Body(1, 100_000, new string('z', 50))(output);
            throw new InvalidDataException();
        }));
        await InsertAsync(engine, "b", TestRows.Body(1, 3));

        Assert.Equal(3UL, await engine.Transport.NumberAsync("SELECT count() AS v FROM t"));
    }

    [Fact]
    public async Task Bytes_that_are_no_block_are_refused_with_the_engines_error()
    {
        await using var engine = await TestEngine.OpenAsync(EngineKind.Memory);
        await engine.ExecuteAsync(TestRows.Table);

        var error = await Assert.ThrowsAsync<ClickHouseException>(() => InsertAsync(engine, "a", output =>
        {
            output.GetSpan(9)[..9].Fill(0xff);
            output.Advance(9);
        }));

        Assert.NotEqual(0, error.Code);
        Assert.Equal(0UL, await engine.Transport.NumberAsync("SELECT count() AS v FROM t"));
    }

    [Fact]
    public async Task Hostile_values_come_back_as_they_went()
    {
        await using var engine = await TestEngine.OpenAsync(EngineKind.Memory);

        foreach (var value in HostileValues.All)
        {
            var block = Assert.Single(await engine.QueryAsync("SELECT {a:String} AS v", SqlParameter.String("a", value)));
            Assert.Equal(value, block.GetBytes("v").GetString(0));
        }

        var array = Assert.Single(await engine.QueryAsync(
            "SELECT arrayJoin({a:Array(String)}) AS v", SqlParameter.Strings("a", HostileValues.All)));
        Assert.Equal(HostileValues.All, Enumerable.Range(0, array.RowCount).Select(array.GetBytes("v").GetString));
    }

    [Fact]
    public async Task Bytes_that_are_not_text_come_back_as_they_went()
    {
        await using var engine = await TestEngine.OpenAsync(EngineKind.Memory);
        var value = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();

        var block = Assert.Single(await engine.QueryAsync("SELECT {a:String} AS v", SqlParameter.Utf8("a", value)));

        Assert.Equal(value, block.GetBytes("v")[0].ToArray());
    }

    [Fact]
    public async Task Numbers_are_bound_at_their_limits()
    {
        await using var engine = await TestEngine.OpenAsync(EngineKind.Memory);

        var block = Assert.Single(await engine.QueryAsync(
            "SELECT {i:Int64} AS i, {u:UInt64} AS u, {f:Float64} AS f, {n:Float64} AS n, {b:Bool} AS b, {a:Array(UInt64)} AS a",
            SqlParameter.Int64("i", long.MinValue),
            SqlParameter.UInt64("u", ulong.MaxValue),
            SqlParameter.Float64("f", -1.5e-300),
            SqlParameter.Float64("n", double.NegativeInfinity),
            SqlParameter.Bool("b", true),
            SqlParameter.UInt64s("a", [1, ulong.MaxValue])));

        Assert.Equal(long.MinValue, block.GetInt64("i")[0]);
        Assert.Equal(ulong.MaxValue, block.GetUInt64("u")[0]);
        Assert.Equal(-1.5e-300, block.GetFloat64("f")[0]);
        Assert.Equal(double.NegativeInfinity, block.GetFloat64("n")[0]);
        Assert.True(block.GetBool("b")[0]);
        Assert.Equal([1, ulong.MaxValue], ((FixedResultColumn<ulong>)block.GetArray("a").Items).Values.ToArray());
    }

    [Theory]
    [InlineData("SELECT", 62, "SYNTAX_ERROR", ClickHouseErrorKind.Statement)]
    [InlineData("SELECT * FROM missing", 60, "UNKNOWN_TABLE", ClickHouseErrorKind.UnknownName)]
    [InlineData("SELECT {missing:String}", 456, "UNKNOWN_QUERY_PARAMETER", ClickHouseErrorKind.Parameter)]
    [InlineData("SELECT throwIf(number = 300000) FROM numbers(1000000)", 395, "FUNCTION_THROW_IF_VALUE_IS_NON_ZERO", ClickHouseErrorKind.Other)]
    public async Task Errors_carry_code_name_and_kind(string sql, int code, string name, object kind)
    {
        await using var engine = await TestEngine.OpenAsync(EngineKind.Memory);

        var error = await Assert.ThrowsAsync<ClickHouseException>(() => engine.QueryAsync(sql));

        Assert.Equal((code, name, kind), (error.Code, error.Name, error.Kind));
    }

    [Fact]
    public async Task Each_limit_ends_a_statement_with_its_own_kind_and_binds_no_other_statement()
    {
        await using var engine = await TestEngine.OpenAsync(EngineKind.Memory, o => o with { QueryConnections = 1 });
        (string Sql, QueryLimits Limits, ClickHouseErrorKind Kind)[] cases =
        [
            (Endless, new QueryLimits { ExecutionTimeMax = TimeSpan.FromMilliseconds(200) }, ClickHouseErrorKind.Timeout),
            (Endless, new QueryLimits { RowsToReadMax = 1000 }, ClickHouseErrorKind.TooManyRows),
            ("SELECT number FROM numbers(100)", new QueryLimits { ResultRowsMax = 10 }, ClickHouseErrorKind.TooManyRows),
            ("SELECT groupArray(number) FROM numbers(100000000)", new QueryLimits { MemoryBytesMax = 10_000_000 }, ClickHouseErrorKind.MemoryLimit),
        ];

        foreach (var (sql, limits, kind) in cases)
        {
            var error = await Assert.ThrowsAsync<ClickHouseException>(() => engine.Transport.ToListAsync(new SqlStatement(sql, [], limits)));
            Assert.Equal(kind, error.Kind);
            Assert.Equal(100_000UL, await engine.Transport.NumberAsync("SELECT count(DISTINCT number) AS v FROM numbers(100000)"));
        }
    }

    [Fact]
    public async Task A_truncating_limit_ends_the_answer_without_an_error()
    {
        await using var engine = await TestEngine.OpenAsync(EngineKind.Memory);

        var blocks = await engine.Transport.ToListAsync(new SqlStatement(
            "SELECT number FROM numbers(10000000)", [], new QueryLimits { ResultRowsMax = 10, ResultOverflow = ResultOverflow.Truncate }));

        Assert.InRange(blocks.Sum(b => b.RowCount), 10, 1_000_000);
    }

    [Fact]
    public async Task The_engines_memory_cap_fails_the_statement_and_not_the_process()
    {
        await using var engine = await TestEngine.OpenAsync(EngineKind.Memory, o => o with { MemoryBytesMax = 300_000_000 });

        var error = await Assert.ThrowsAsync<ClickHouseException>(
            () => engine.QueryAsync("SELECT length(groupArray(number)) FROM numbers(1000000000)"));

        Assert.Equal((241, ClickHouseErrorKind.MemoryLimit, true), (error.Code, error.Kind, error.IsTransient));
        Assert.Equal(1UL, await engine.Transport.NumberAsync("SELECT 1::UInt64 AS v"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Cancelling_a_query_stops_the_engines_work_before_its_first_block()
    {
        const string Running = "SELECT count() AS v FROM system.processes WHERE query LIKE '%numbers_mt%' AND query NOT LIKE '%processes%'";
        await using var engine = await TestEngine.OpenAsync(EngineKind.Memory);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var query = DrainAsync(engine.Transport, cancellation.Token);
        while (await engine.Transport.NumberAsync(Running) == 0)
        {
            // Until it has begun; the test's timeout ends this.
        }

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query);
        while (await engine.Transport.NumberAsync(Running) != 0)
        {
            // Without the kill it would go on for hours.
        }
    }

    [Fact]
    public async Task Leaving_an_answer_early_stops_the_engines_work()
    {
        await using var engine = await TestEngine.OpenAsync(EngineKind.Memory, o => o with { QueryConnections = 1 });

        await foreach (var block in engine.Transport.QueryAsync(
            SqlStatement.Unlimited("SELECT number FROM numbers(1000000000000)"), TestContext.Current.CancellationToken))
        {
            Assert.NotEqual(0, block.RowCount);
            break;
        }

        Assert.Equal(1UL, await engine.Transport.NumberAsync("SELECT count() AS v FROM system.processes WHERE query NOT LIKE 'KILL%'"));
    }

    [Fact]
    public async Task A_full_queue_refuses_as_busy_and_inserts_still_run()
    {
        await using var engine = await TestEngine.OpenAsync(EngineKind.Memory, o => o with { QueryConnections = 1, WaitingMax = 1 });
        await engine.ExecuteAsync(TestRows.Table);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = new List<Task>();
        ClickHouseException? refused = null;

        // One runs, one waits; how far the first has got when the second comes is not ours to know.
        for (var i = 0; i < 3; i++)
            running.Add(DrainAsync(engine.Transport, cancellation.Token));
        foreach (var task in running.Where(t => t.IsFaulted))
            refused = Assert.IsType<ClickHouseException>(task.Exception!.InnerException);
        var inserted = await InsertAsync(engine, "a", TestRows.Body(1, 3));
        await cancellation.CancelAsync();

        Assert.Equal(ClickHouseErrorKind.Busy, refused?.Kind);
        Assert.Equal(3, inserted.Rows);
    }

    [Fact]
    public async Task Closing_ends_running_queries_and_refuses_later_ones()
    {
        await using var engine = await TestEngine.OpenAsync(EngineKind.Memory);
        var query = DrainAsync(engine.Transport, TestContext.Current.CancellationToken);

        await engine.Transport.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => engine.ExecuteAsync("SELECT 1"));
    }

    private static async Task DrainAsync(ChdbTransport transport, CancellationToken cancellationToken)
    {
        await foreach (var _ in transport.QueryAsync(SqlStatement.Unlimited(Endless), cancellationToken))
        {
        }
    }

    private static Task<InsertResult> InsertAsync(TestEngine engine, string token, NativeBody body) =>
        engine.Transport.InsertAsync("t", TestRows.Columns, token, body, TestContext.Current.CancellationToken);
}
