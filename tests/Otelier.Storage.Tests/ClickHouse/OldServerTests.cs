using Otelier.Storage.ClickHouse.Transports;
using Otelier.Storage.Tests.Engine;
using Xunit;

namespace Otelier.Storage.Tests.ClickHouse;

/// <summary>The HTTP transport against a real server, for what a server of 2018 can do.</summary>
public sealed class OldServerTests(OldClickHouseServer server) : IClassFixture<OldClickHouseServer>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rows_go_in_and_come_out(bool compressed)
    {
        var table = $"rows_{compressed}";
        await using var transport = Transport(server.Options with { CompressInserts = compressed, CompressAnswers = compressed });
        await transport.ExecuteAsync(
            SqlStatement.Unlimited($"CREATE TABLE {table} (id UInt64, text String) ENGINE = MergeTree ORDER BY id"),
            TestContext.Current.CancellationToken);

        // Without a token: this server does not know them.
        await transport.InsertAsync(
            table, TestRows.Columns, null, TestRows.Body(0, 200_000, "zzz"), TestContext.Current.CancellationToken);

        var blocks = await transport.ToListAsync(new SqlStatement($"SELECT id, text FROM {table} ORDER BY id", [], QueryLimits.None));
        Assert.Equal(
            Enumerable.Range(0, 200_000).Select(i => (ulong)i), blocks.SelectMany(b => b.GetUInt64("id").Values.ToArray()));
        Assert.Equal("zzz", blocks[^1].GetBytes("text").GetString(0));
    }

    [Theory]
    [InlineData("SELECT", 62, ClickHouseErrorKind.Statement)]
    [InlineData("SELECT * FROM missing", 60, ClickHouseErrorKind.UnknownName)]
    [InlineData("SELECT throwIf(number = 3000000) FROM numbers(10000000)", 395, ClickHouseErrorKind.Other)]
    public async Task Errors_carry_the_servers_code(string sql, int code, object kind)
    {
        await using var transport = Transport(server.Options);

        var error = await Assert.ThrowsAsync<ClickHouseException>(() => transport.ToListAsync(new SqlStatement(sql, [], QueryLimits.None)));

        Assert.Equal((code, kind), (error.Code, error.Kind));
    }

    [Theory]
    [InlineData("writer", "wrong")]
    [InlineData("nobody", "")]
    public async Task A_wrong_password_or_user_is_an_access_error(string user, string password)
    {
        await using var transport = Transport(server.Options with { User = user, Password = password });

        var error = await Assert.ThrowsAsync<ClickHouseException>(() => transport.NumberAsync("SELECT toUInt64(1) AS v"));

        Assert.Equal(ClickHouseErrorKind.Access, error.Kind);
    }

    [Fact]
    public async Task Limits_arrive_as_settings()
    {
        await using var transport = Transport(server.Options);

        var error = await Assert.ThrowsAsync<ClickHouseException>(() => transport.ToListAsync(new SqlStatement(
            "SELECT count() FROM system.numbers", [], new QueryLimits { ExecutionTimeMax = TimeSpan.FromSeconds(1) })));

        Assert.Equal((159, ClickHouseErrorKind.Timeout), (error.Code, error.Kind));
    }

    [Fact(Timeout = 60_000)]
    public async Task Cancelling_a_query_ends_it_on_the_server()
    {
        const string Running = "SELECT count() AS v FROM system.processes WHERE query LIKE '%cityHash64(number)%' AND query NOT LIKE '%processes%'";
        await using var transport = Transport(server.Options);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var query = Task.Run(
            async () =>
            {
                await foreach (var _ in transport.QueryAsync(
                    SqlStatement.Unlimited("SELECT max(cityHash64(number)) FROM system.numbers"), cancellation.Token))
                {
                }
            },
            TestContext.Current.CancellationToken);
        while (await transport.NumberAsync(Running) == 0)
        {
            // Until it has begun; the test's timeout ends this.
        }

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query);
        while (await transport.NumberAsync(Running) != 0)
        {
            // Until the server has noticed.
        }
    }

    private static HttpTransport Transport(HttpOptions options) => new(options, TimeProvider.System);
}
