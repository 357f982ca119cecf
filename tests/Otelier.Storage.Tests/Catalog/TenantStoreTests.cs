using Microsoft.Extensions.Logging.Abstractions;
using Otelier.Storage.ClickHouse;
using Otelier.Storage.ClickHouse.Catalog;
using Otelier.Storage.ClickHouse.Schema;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Transports;
using Otelier.Storage.ClickHouse.Upkeep;
using Otelier.Storage.Tests.Engine;
using Otelier.Storage.Tests.Metrics;
using Xunit;

namespace Otelier.Storage.Tests.Catalog;

/// <summary>What belongs to a tenant goes as a whole, and alone.</summary>
public sealed class TenantStoreTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_table_with_tenants_is_erased_from_but_the_audit_trail()
    {
        await using var engine = await OpenAsync(EngineKind.Memory);

        var blocks = await engine.QueryAsync(
            "SELECT table FROM system.columns WHERE database = currentDatabase() AND name = 'Tenant' "
            + "AND table IN (SELECT name FROM system.tables WHERE database = currentDatabase() AND engine != 'View') ORDER BY table");

        var tables = blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => block.GetBytes("table").GetString(row)));
        Assert.Equal(tables, [.. ClickHouseTenantStore.Tables.Append(AuditTable.Name).Order(StringComparer.Ordinal)]);
    }

    [Fact]
    public void The_tenant_is_a_value_of_the_statement()
    {
        var statement = ClickHouseTenantStore.EraseSql("otel_traces", MetricEngine.Tenant("acme"));

        Assert.Equal("ALTER TABLE otel_traces DELETE\nWHERE Tenant = {p0:String}\nSETTINGS mutations_sync = 1", statement.Text);
        Assert.Equal("acme"u8, Assert.Single(statement.Parameters).Text.Span);
    }

    [Theory]
    [InlineData(EngineKind.Disk)]
    [InlineData(EngineKind.Memory)]
    public async Task One_tenants_rows_go_and_the_others_stay(EngineKind kind)
    {
        await using var engine = await OpenAsync(kind);
        await FillAsync(engine, "acme", 1000);
        await FillAsync(engine, "rival", 10);
        using var inserter = new BlockInserter(engine.Transport);
        using var catalog = new ClickHouseCatalog(engine.Transport, inserter, TimeProvider.System);
        var queries = new QueryRunner(engine.Transport, new StoreOptions(), TimeProvider.System);
        using var calls = new CallUpkeep(queries, inserter, TimeProvider.System);

        await new ClickHouseTenantStore(engine.Transport, catalog, new ClickHouseMetricStore(inserter, queries), calls).EraseAsync(MetricEngine.Tenant("acme"), Stop);

        Assert.Equal((0UL, 10UL), (await CountAsync(engine, "acme"), await CountAsync(engine, "rival")));
        if (kind == EngineKind.Disk)
        {
            await engine.ReopenAsync();
            Assert.Equal((0UL, 10UL), (await CountAsync(engine, "acme"), await CountAsync(engine, "rival")));
        }
    }

    [Fact]
    public async Task A_block_of_two_tenants_is_still_known_after_one_of_them_is_gone()
    {
        await using var engine = await OpenAsync(EngineKind.Disk);
        const string Insert = """
            INSERT INTO otel_logs (Tenant, Timestamp, Body) SETTINGS insert_deduplication_token = 'block'
            SELECT if(number % 2 = 0, 'acme', 'rival'), toDateTime64('2026-01-01 00:00:00', 9), toString(number) FROM numbers(100)
            """;
        await engine.ExecuteAsync(Insert);
        await engine.Transport.ExecuteAsync(ClickHouseTenantStore.EraseSql("otel_logs", MetricEngine.Tenant("acme")), Stop);

        // As after a crash before the checkpoint: the engine's tokens are put right, and the block comes again.
        await engine.ReopenAsync();
        await engine.ExecuteAsync(Insert);

        Assert.Equal((0UL, 50UL), (await CountAsync(engine, "acme"), await CountAsync(engine, "rival")));
    }

    private static async Task<TestEngine> OpenAsync(EngineKind kind)
    {
        var engine = await TestEngine.OpenAsync(kind);
        await new SchemaMigrator(engine.Transport, TimeProvider.System, NullLogger.Instance)
            .ApplyAsync(SchemaScript.Embedded(typeof(StoreSet).Assembly), SchemaSettings.Of(new StoreOptions()), Stop);
        return engine;
    }

    private static Task FillAsync(TestEngine engine, string tenant, int rows) => engine.Transport.ExecuteAsync(
        SqlStatement.Unlimited(
            "INSERT INTO otel_logs (Tenant, Timestamp, Body) SELECT {tenant:String}, toDateTime64('2026-01-01 00:00:00', 9), toString(number) FROM numbers({rows:Int64})",
            SqlParameter.String("tenant", tenant),
            SqlParameter.Int64("rows", rows)),
        Stop);

    private static Task<ulong> CountAsync(TestEngine engine, string tenant) =>
        engine.Transport.NumberAsync("SELECT count() AS v FROM otel_logs WHERE Tenant = {tenant:String}", SqlParameter.String("tenant", tenant));
}
