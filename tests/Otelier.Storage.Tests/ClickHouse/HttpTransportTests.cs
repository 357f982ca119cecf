using Otelier.Storage.ClickHouse.Transports;
using Otelier.Storage.Tests.Engine;
using Xunit;

namespace Otelier.Storage.Tests.ClickHouse;

/// <summary>The transport against a current engine behind an HTTP interface of ours, which can also fail on demand.</summary>
public sealed class HttpTransportTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rows_go_in_and_come_out(bool compressed)
    {
        await using var server = await EngineOverHttp.OpenAsync(EngineKind.Disk);
        await using var transport = Transport(server.Options with { CompressInserts = compressed, CompressAnswers = compressed });
        await transport.ExecuteAsync(SqlStatement.Unlimited(TestRows.Table), TestContext.Current.CancellationToken);

        await InsertAsync(transport, "a", TestRows.Body(0, 100_000, new string('z', 50)));

        var blocks = await transport.ToListAsync(new SqlStatement("SELECT id, text FROM t ORDER BY id", [], QueryLimits.None));
        Assert.True(blocks.Count > 1);
        Assert.Equal(
            Enumerable.Range(0, 100_000).Select(i => (ulong)i), blocks.SelectMany(b => b.GetUInt64("id").Values.ToArray()));
        Assert.All(blocks, b => Assert.Equal(new string('z', 50), b.GetBytes("text").GetString(b.RowCount - 1)));
    }

    [Fact]
    public async Task Hostile_values_come_back_as_they_went()
    {
        await using var server = await EngineOverHttp.OpenAsync(EngineKind.Memory);
        await using var transport = Transport(server.Options);

        foreach (var value in HostileValues.All)
        {
            var blocks = await transport.ToListAsync(
                new SqlStatement("SELECT {a:String} AS v", [SqlParameter.String("a", value)], QueryLimits.None));
            Assert.Equal(value, Assert.Single(blocks).GetBytes("v").GetString(0));
        }

        var array = Assert.Single(await transport.ToListAsync(new SqlStatement(
            "SELECT arrayJoin({a:Array(String)}) AS v", [SqlParameter.Strings("a", HostileValues.All)], QueryLimits.None)));
        Assert.Equal(HostileValues.All, Enumerable.Range(0, array.RowCount).Select(array.GetBytes("v").GetString));
        var bytes = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        var raw = await transport.ToListAsync(new SqlStatement("SELECT {a:String} AS v", [SqlParameter.Utf8("a", bytes)], QueryLimits.None));
        Assert.Equal(bytes, Assert.Single(raw).GetBytes("v")[0].ToArray());
    }

    [Fact]
    public async Task An_insert_whose_answer_was_lost_is_repeated_and_counts_once()
    {
        await using var server = await EngineOverHttp.OpenAsync(EngineKind.Disk);
        await using var transport = Transport(server.Options);
        await transport.ExecuteAsync(SqlStatement.Unlimited(TestRows.Table), TestContext.Current.CancellationToken);

        server.Faults.Enqueue(HttpFault.CloseAfterCommit);
        server.Faults.Enqueue(HttpFault.ServiceUnavailable);
        await InsertAsync(transport, "a", TestRows.Body(0, 10));

        Assert.Equal(10UL, await transport.NumberAsync("SELECT count() AS v FROM t"));
        Assert.Equal(3, server.Queries.Count(q => q.StartsWith("INSERT", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_insert_without_a_token_is_never_repeated()
    {
        await using var server = await EngineOverHttp.OpenAsync(EngineKind.Disk);
        await using var transport = Transport(server.Options);
        await transport.ExecuteAsync(SqlStatement.Unlimited(TestRows.Table), TestContext.Current.CancellationToken);

        server.Faults.Enqueue(HttpFault.CloseAfterCommit);
        var error = await Assert.ThrowsAsync<ClickHouseException>(() => InsertAsync(transport, null, TestRows.Body(0, 10)));

        Assert.Equal(ClickHouseErrorKind.Connection, error.Kind);
        Assert.Equal(10UL, await transport.NumberAsync("SELECT count() AS v FROM t"));
    }

    [Fact]
    public async Task A_body_that_fails_midway_is_not_taken_for_a_short_one()
    {
        await using var server = await EngineOverHttp.OpenAsync(EngineKind.Disk);
        await using var transport = Transport(server.Options);
        await transport.ExecuteAsync(SqlStatement.Unlimited(TestRows.Table), TestContext.Current.CancellationToken);

        await Assert.ThrowsAnyAsync<Exception>(() => InsertAsync(transport, "a", output =>
        {
            // One whole block, as if a second one had been about to follow.
            TestRows.Body(0, 50_000, new string('z', 50))(output);
            throw new InvalidDataException();
        }));
        await InsertAsync(transport, "a", TestRows.Body(0, 10));

        Assert.Equal(10UL, await transport.NumberAsync("SELECT count() AS v FROM t"));
    }

    [Fact]
    public async Task A_query_is_repeated_when_the_server_was_busy_or_closed_the_connection()
    {
        await using var server = await EngineOverHttp.OpenAsync(EngineKind.Memory);
        await using var transport = Transport(server.Options);
        server.Faults.Enqueue(HttpFault.ServiceUnavailable);
        server.Faults.Enqueue(HttpFault.CloseBeforeAnswer);

        Assert.Equal(7UL, await transport.NumberAsync("SELECT 7::UInt64 AS v"));
        Assert.Equal(3, server.Queries.Count);
    }

    [Fact]
    public async Task A_command_that_may_have_run_is_not_repeated()
    {
        await using var server = await EngineOverHttp.OpenAsync(EngineKind.Memory);
        await using var transport = Transport(server.Options);
        server.Faults.Enqueue(HttpFault.CloseBeforeAnswer);

        await Assert.ThrowsAsync<ClickHouseException>(
            () => transport.ExecuteAsync(SqlStatement.Unlimited("OPTIMIZE TABLE t"), TestContext.Current.CancellationToken));

        Assert.Single(server.Queries);
    }

    [Theory]
    [InlineData(HttpFault.ExceptionAfterFirstBlock, true, ClickHouseErrorKind.MemoryLimit)]
    [InlineData(HttpFault.ExceptionAfterFirstBlock, false, ClickHouseErrorKind.MemoryLimit)]
    [InlineData(HttpFault.CloseWithinBlock, false, ClickHouseErrorKind.Connection)]
    internal async Task A_failure_after_the_first_block_is_told_and_not_repeated(HttpFault fault, bool compressed, ClickHouseErrorKind kind)
    {
        await using var server = await EngineOverHttp.OpenAsync(EngineKind.Memory);
        await using var transport = Transport(server.Options with { CompressAnswers = compressed });
        server.Faults.Enqueue(fault);

        var error = await Assert.ThrowsAsync<ClickHouseException>(
            () => transport.ToListAsync(new SqlStatement("SELECT number FROM numbers(1000000)", [], QueryLimits.None)));

        Assert.Equal(kind, error.Kind);
        Assert.Single(server.Queries, q => !q.StartsWith("KILL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Errors_carry_code_name_and_kind_and_limits_arrive()
    {
        await using var server = await EngineOverHttp.OpenAsync(EngineKind.Memory);
        await using var transport = Transport(server.Options);

        var unknown = await Assert.ThrowsAsync<ClickHouseException>(() => transport.NumberAsync("SELECT * FROM missing"));
        var many = await Assert.ThrowsAsync<ClickHouseException>(() => transport.ToListAsync(
            new SqlStatement("SELECT number FROM numbers(100)", [], new QueryLimits { ResultRowsMax = 10 })));

        Assert.Equal((60, "UNKNOWN_TABLE", ClickHouseErrorKind.UnknownName), (unknown.Code, unknown.Name, unknown.Kind));
        Assert.Equal(ClickHouseErrorKind.TooManyRows, many.Kind);
    }

    [Fact]
    public async Task Leaving_an_answer_early_has_the_query_killed_by_its_id()
    {
        await using var server = await EngineOverHttp.OpenAsync(EngineKind.Memory);
        await using var transport = Transport(server.Options);

        await foreach (var _ in transport.QueryAsync(
            SqlStatement.Unlimited("SELECT number FROM numbers(200000)"), TestContext.Current.CancellationToken))
        {
            break;
        }

        Assert.Contains(server.Queries, q => q.StartsWith("KILL QUERY WHERE query_id = '", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_connection_error()
    {
        await using var transport = Transport(new HttpOptions { Endpoint = new Uri("http://127.0.0.1:1"), RetriesMax = 0 });

        var error = await Assert.ThrowsAsync<ClickHouseException>(() => transport.NumberAsync("SELECT 1"));

        Assert.Equal((ClickHouseErrorKind.Connection, true), (error.Kind, error.NothingExecuted));
    }

    private static HttpTransport Transport(HttpOptions options) => new(options, TimeProvider.System);

    private static Task<InsertResult> InsertAsync(HttpTransport transport, string? token, NativeBody body) =>
        transport.InsertAsync("t", TestRows.Columns, token, body, TestContext.Current.CancellationToken);
}
