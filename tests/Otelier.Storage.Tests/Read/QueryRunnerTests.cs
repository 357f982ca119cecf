using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.Tests.Engine;
using Xunit;

namespace Otelier.Storage.Tests.Read;

public sealed class QueryRunnerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Statements_share_the_processors()
    {
        await using var engine = await TestEngine.OpenAsync(EngineKind.Disk);
        var queries = new QueryRunner(engine.Transport, new StoreOptions(), TimeProvider.System) { Processors = 4 };

        Assert.Equal(4UL, await ThreadsAsync(queries));
        await using (var first = queries.StreamAsync(Threads(), Stop).GetAsyncEnumerator(Stop))
        {
            Assert.True(await first.MoveNextAsync());
            Assert.Equal(2UL, await ThreadsAsync(queries));
        }

        Assert.Equal(4UL, await ThreadsAsync(queries));
    }

    private static SqlBuilder Threads() => new SqlBuilder().Append("SELECT toUInt64(getSetting('max_threads')) AS Threads");

    private static async Task<ulong> ThreadsAsync(QueryRunner queries) =>
        Assert.Single(await queries.ReadAsync<ulong>(Threads(), (block, rows) => rows.Add(block.GetUInt64("Threads")[0]), Stop));
}
