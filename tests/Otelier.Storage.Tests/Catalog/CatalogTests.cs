using System.Text;
using Otelier.Signals;
using Otelier.Storage.Catalog;
using Otelier.Storage.ClickHouse;
using Otelier.Storage.ClickHouse.Catalog;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.Tests.Engine;
using Xunit;

namespace Otelier.Storage.Tests.Catalog;

/// <summary>The catalog and the audit log on the real engine.</summary>
public sealed class CatalogTests
{
    private static readonly CatalogKind Kind = new("thing", DocumentsMax: 3, BodyBytesMax: 16);
    private static readonly CatalogKind Other = new("other", DocumentsMax: 3, BodyBytesMax: 16);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(EngineKind.Disk)]
    [InlineData(EngineKind.Memory)]
    public async Task Documents_are_the_newest_ones_also_for_whoever_reads_them_next(EngineKind kind)
    {
        await using var engine = await OpenAsync(kind);
        using var inserter = new BlockInserter(engine.Transport);
        using var catalog = new ClickHouseCatalog(engine.Transport, inserter, TimeProvider.System);

        Assert.Equal(CatalogOutcome.Applied, await catalog.ApplyAsync(Kind, [Put("a", "1"), Put("b", "1"), Put("a", "2", "acme")], Stop));
        Assert.Equal(CatalogOutcome.Applied, await catalog.ApplyAsync(Kind, [Put("a", "3")], Stop));
        Assert.Equal(CatalogOutcome.Applied, await catalog.ApplyAsync(Kind, [Remove("b")], Stop));

        string[] expected = ["acme a 2", "default a 3"];
        Assert.Equal(expected, Lines(catalog));
        using var next = new ClickHouseCatalog(engine.Transport, inserter, TimeProvider.System);
        await next.ReloadAsync(Stop);
        Assert.Equal(expected, Lines(next));
        Assert.Equal(catalog.List(Kind).Select(document => document.Version), next.List(Kind).Select(document => document.Version));
    }

    [Fact]
    public async Task Documents_outlive_the_engine()
    {
        await using var engine = await OpenAsync(EngineKind.Disk);
        using (var inserter = new BlockInserter(engine.Transport))
        using (var catalog = new ClickHouseCatalog(engine.Transport, inserter, TimeProvider.System))
            await catalog.ApplyAsync(Kind, [Put("a", "{\"ü\":\"\\u0000\"}")], Stop);

        await engine.ReopenAsync();

        using var after = new BlockInserter(engine.Transport);
        using var again = new ClickHouseCatalog(engine.Transport, after, TimeProvider.System);
        await again.ReloadAsync(Stop);
        Assert.Equal(["default a {\"ü\":\"\\u0000\"}"], Lines(again));
        Assert.Equal(CatalogOutcome.Applied, await again.ApplyAsync(Kind, [Put("a", "2")], Stop));
        Assert.Equal(["default a 2"], Lines(again));
    }

    [Fact]
    public async Task Changes_that_may_not_be_made_change_nothing()
    {
        await using var engine = await OpenAsync(EngineKind.Memory);
        using var inserter = new BlockInserter(engine.Transport);
        using var catalog = new ClickHouseCatalog(engine.Transport, inserter, TimeProvider.System);
        await catalog.ApplyAsync(Kind, [Put("a", "1")], Stop);
        var version = catalog.List(Kind)[0].Version;

        Assert.Equal(CatalogOutcome.Conflict, await catalog.ApplyAsync(Kind, [Put("b", "1"), Put("a", "2") with { ExpectedVersion = 0 }], Stop));
        Assert.Equal(CatalogOutcome.Conflict, await catalog.ApplyAsync(Kind, [Put("a", "2") with { ExpectedVersion = version + 1 }], Stop));
        Assert.Equal(CatalogOutcome.TooLarge, await catalog.ApplyAsync(Kind, [Put("b", "1"), Put("a", new string('x', 17))], Stop));
        Assert.Equal(CatalogOutcome.Full, await catalog.ApplyAsync(Kind, [Put("b", "1"), Put("c", "1"), Put("d", "1")], Stop));
        Assert.Equal(["default a 1"], Lines(catalog));

        Assert.Equal(CatalogOutcome.Applied, await catalog.ApplyAsync(Kind, [Put("a", "2") with { ExpectedVersion = version }], Stop));
        Assert.Equal(CatalogOutcome.Applied, await catalog.ApplyAsync(Kind, [Put("b", "1"), Put("c", "1"), Put("d", "1", "acme")], Stop));
        Assert.Equal(4, catalog.List(Kind).Count);
    }

    [Fact]
    public async Task An_index_is_made_anew_only_when_its_kind_has_changed()
    {
        await using var engine = await OpenAsync(EngineKind.Memory);
        using var inserter = new BlockInserter(engine.Transport);
        using var catalog = new ClickHouseCatalog(engine.Transport, inserter, TimeProvider.System);
        var built = 0;
        var index = new CatalogIndex<string>(catalog, Kind, documents =>
        {
            built++;
            return string.Join(',', documents.Select(document => document.Id));
        });

        Assert.Equal(("", ""), (index.Current, index.Current));
        await catalog.ApplyAsync(Other, [Put("x", "1")], Stop);
        await catalog.ReloadAsync(Stop);
        Assert.Equal(("", 1), (index.Current, built));

        await catalog.ApplyAsync(Kind, [Put("a", "1")], Stop);
        Assert.Equal(("a", 2), (index.Current, built));

        // What another process has written.
        using var elsewhere = new ClickHouseCatalog(engine.Transport, inserter, TimeProvider.System);
        await elsewhere.ReloadAsync(Stop);
        await elsewhere.ApplyAsync(Kind, [Remove("a"), Put("b", "1")], Stop);
        await catalog.ReloadAsync(Stop);
        Assert.Equal(("b", 3), (index.Current, built));
    }

    [Fact]
    public async Task Acts_are_read_newest_first_page_by_page_and_by_their_tenant_alone()
    {
        await using var engine = await OpenAsync(EngineKind.Memory);
        using var inserter = new BlockInserter(engine.Transport);
        var log = new ClickHouseAuditLog(inserter, new QueryRunner(engine.Transport, new StoreOptions(), TimeProvider.System));
        Assert.True(TenantId.TryParse("acme", out var acme));
        const ulong Now = 1_750_000_000_000_000_001;
        await log.AppendAsync([Entry(TenantId.Default, Now, "a"), Entry(TenantId.Default, Now, "b"), Entry(acme, Now, "c")], Stop);
        await log.AppendAsync([Entry(TenantId.Default, Now + 1, "d")], Stop);

        var query = new AuditQuery(TenantId.Default, new TimeRange(Now, Now + 2), 2, null);
        var first = await log.FindAsync(query, Stop);
        var second = await log.FindAsync(query with { After = first.Next }, Stop);

        Assert.Equal([Entry(TenantId.Default, Now + 1, "d"), Entry(TenantId.Default, Now, "b")], first.Items);
        Assert.Equal([Entry(TenantId.Default, Now, "a")], second.Items);
        Assert.Null(second.Next);
        Assert.Empty((await log.FindAsync(query with { Range = new TimeRange(Now + 2, Now + 3) }, Stop)).Items);
    }

    private static AuditEntry Entry(TenantId tenant, ulong time, string id) =>
        new(tenant, time, id, "k", "name'\n", "default", "key.create", "target", "ok", "::1");

    private static async Task<TestEngine> OpenAsync(EngineKind kind)
    {
        var engine = await TestEngine.OpenAsync(kind);
        using var reader = new StreamReader(typeof(ICatalog).Assembly.GetManifestResourceStream("Schema/0005_catalog.sql")!);
        var sql = (await reader.ReadToEndAsync(Stop)).Replace("{{storage_settings}}", "fsync_after_insert = 1", StringComparison.Ordinal);
        foreach (var statement in sql.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            await engine.ExecuteAsync(statement);
        return engine;
    }

    private static CatalogChange Put(string id, string body, string tenant = "default") => new(Tenant(tenant), id, Encoding.UTF8.GetBytes(body));

    private static CatalogChange Remove(string id) => new(TenantId.Default, id, Body: null);

    private static TenantId Tenant(string name) => TenantId.TryParse(name, out var tenant) ? tenant : throw new ArgumentException(name, nameof(name));

    private static IEnumerable<string> Lines(ClickHouseCatalog catalog) =>
        catalog.List(Kind).Select(document => $"{document.Tenant} {document.Id} {Encoding.UTF8.GetString(document.Body.Span)}");
}
