using Microsoft.Extensions.Logging.Abstractions;
using Otelier.Storage.ClickHouse.Schema;
using Otelier.Storage.ClickHouse.Transports;
using Otelier.Storage.Tests.Engine;
using Xunit;

namespace Otelier.Storage.Tests.ClickHouse;

public sealed class SchemaMigratorTests
{
    private static readonly SchemaScript _first = new(1, "spans", """
        -- A comment; with a semicolon;
        CREATE TABLE IF NOT EXISTS spans (id UInt64, text String DEFAULT 'a; b') ENGINE = MergeTree ORDER BY id SETTINGS {{storage_settings}};

        CREATE VIEW IF NOT EXISTS spans_view AS SELECT id FROM spans;
        """);

    private static readonly SchemaScript _second = new(2, "logs", "CREATE TABLE IF NOT EXISTS logs (id UInt64) ENGINE = MergeTree ORDER BY id");

    private static readonly Dictionary<string, string> _settings = new() { ["storage_settings"] = "index_granularity = 1024" };

    [Theory]
    [InlineData(EngineKind.Disk)]
    [InlineData(EngineKind.Memory)]
    public async Task Steps_are_applied_once_and_in_order(EngineKind kind)
    {
        await using var engine = await TestEngine.OpenAsync(kind);

        Assert.Equal(1, await ApplyAsync(engine.Transport, _first));
        Assert.Equal(1, await ApplyAsync(engine.Transport, _first, _second));
        if (kind == EngineKind.Disk)
            await engine.ReopenAsync();
        Assert.Equal(0, await ApplyAsync(engine.Transport, _first, _second));

        Assert.Equal(2UL, await engine.Transport.NumberAsync("SELECT count() AS v FROM otelier_schema_version"));
        Assert.Equal(3UL, await engine.Transport.NumberAsync("SELECT count() AS v FROM system.tables WHERE name IN ('spans', 'spans_view', 'logs')"));
        Assert.Equal(1UL, await engine.Transport.NumberAsync(
            "SELECT count() AS v FROM system.tables WHERE name = 'spans' AND create_table_query LIKE '%index_granularity = 1024%'"));
    }

    [Fact]
    public async Task Steps_are_applied_over_http()
    {
        await using var server = await EngineOverHttp.OpenAsync(EngineKind.Disk);
        await using var transport = new HttpTransport(server.Options, TimeProvider.System);

        Assert.Equal(2, await ApplyAsync(transport, _first, _second));
        Assert.Equal(0, await ApplyAsync(transport, _first, _second));
    }

    [Fact]
    public async Task A_changed_step_is_refused()
    {
        await using var engine = await TestEngine.OpenAsync(EngineKind.Memory);
        await ApplyAsync(engine.Transport, _first);

        var error = await Assert.ThrowsAsync<SchemaException>(
            () => ApplyAsync(engine.Transport, _first with { Text = _first.Text.Replace("UInt64", "UInt32", StringComparison.Ordinal) }));

        Assert.Contains("step 1 (spans)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_line_ends_and_other_settings_are_no_change()
    {
        await using var engine = await TestEngine.OpenAsync(EngineKind.Memory);
        await ApplyAsync(engine.Transport, _first);

        var windows = new SchemaScript(1, "spans", _first.Text.ReplaceLineEndings("\r\n"));
        var migrator = new SchemaMigrator(engine.Transport, TimeProvider.System, NullLogger.Instance);

        Assert.Equal(0, await migrator.ApplyAsync(
            [windows], new Dictionary<string, string> { ["storage_settings"] = "index_granularity = 8192" }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused()
    {
        await using var engine = await TestEngine.OpenAsync(EngineKind.Memory);
        await ApplyAsync(engine.Transport, _first, _second);

        var error = await Assert.ThrowsAsync<SchemaException>(() => ApplyAsync(engine.Transport, _first));

        Assert.Contains("newer Otelier", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_that_failed_is_not_recorded_and_is_applied_again()
    {
        await using var engine = await TestEngine.OpenAsync(EngineKind.Memory);
        var broken = new SchemaScript(2, "logs", $"{_second.Text};\nCREATE NONSENSE;\n");

        await Assert.ThrowsAsync<ClickHouseException>(() => ApplyAsync(engine.Transport, _first, broken));
        Assert.Equal(1UL, await engine.Transport.NumberAsync("SELECT count() AS v FROM otelier_schema_version"));

        Assert.Equal(1, await ApplyAsync(engine.Transport, _first, _second));
    }

    [Fact]
    public async Task An_unknown_placeholder_is_refused_before_anything_is_made()
    {
        await using var engine = await TestEngine.OpenAsync(EngineKind.Memory);
        var unknown = new SchemaScript(2, "logs", "CREATE TABLE logs (id UInt64) {{missing_setting}}");

        var error = await Assert.ThrowsAsync<SchemaException>(() => ApplyAsync(engine.Transport, _first, unknown));

        Assert.Contains("missing_setting", error.Message, StringComparison.Ordinal);
        Assert.Equal(0UL, await engine.Transport.NumberAsync("SELECT count() AS v FROM system.tables WHERE name = 'spans'"));
    }

    [Fact]
    public void The_programs_own_scripts_are_numbered_without_gaps()
    {
        var scripts = SchemaScript.Embedded(typeof(SchemaScript).Assembly);

        Assert.Equal(Enumerable.Range(1, scripts.Count), scripts.Select(s => s.Version));
    }

    private static Task<int> ApplyAsync(IClickHouseTransport transport, params SchemaScript[] scripts) =>
        new SchemaMigrator(transport, TimeProvider.System, NullLogger.Instance)
            .ApplyAsync(scripts, _settings, TestContext.Current.CancellationToken);
}
