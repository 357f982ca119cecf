using Otelier.Storage.ClickHouse.Transports;
using Otelier.Storage.Tests.Engine;
using Xunit;

namespace Otelier.Storage.Tests.ClickHouse;

/// <summary>
/// The engine notes an insert's token just before it names the rows' folder; a crash in between leaves the token and a folder named
/// <c>tmp_insert_…</c>. These tests make that state by hand.
/// </summary>
public sealed class DeduplicationLogTests
{
    [Fact]
    public async Task A_token_whose_rows_were_lost_in_a_crash_can_be_inserted_again()
    {
        await using var engine = await TestEngine.OpenAsync(EngineKind.Disk);
        await engine.ExecuteAsync(TestRows.Table);
        await InsertAsync(engine, "a", 1);
        await InsertAsync(engine, "b", 2);

        await engine.ReopenAsync(whileClosed: () => LosePart(engine.Folder, "all_2_2_0"));
        Assert.Equal(1UL, await engine.Transport.NumberAsync("SELECT sum(id) AS v FROM t"));
        await InsertAsync(engine, "b", 2);
        await InsertAsync(engine, "a", 1);

        Assert.Equal(3UL, await engine.Transport.NumberAsync("SELECT sum(id) AS v FROM t"));
    }

    [Fact]
    public async Task Tokens_of_merged_parts_are_kept()
    {
        await using var engine = await TestEngine.OpenAsync(EngineKind.Disk);
        await engine.ExecuteAsync(TestRows.Table);
        await InsertAsync(engine, "a", 1);
        await InsertAsync(engine, "b", 2);
        await engine.ExecuteAsync("OPTIMIZE TABLE t FINAL");

        await engine.ReopenAsync(whileClosed: () =>
        {
            foreach (var part in (string[])["all_1_1_0", "all_2_2_0"])
                Directory.Delete(Path.Combine(TableFolder(engine.Folder), part), recursive: true);
        });
        await InsertAsync(engine, "a", 1);
        await InsertAsync(engine, "b", 2);

        Assert.Equal(2UL, await engine.Transport.NumberAsync("SELECT count() AS v FROM t"));
    }

    [Fact]
    public async Task A_torn_last_line_is_taken_out_and_the_rest_kept()
    {
        await using var engine = await TestEngine.OpenAsync(EngineKind.Disk);
        await engine.ExecuteAsync(TestRows.Table);
        await InsertAsync(engine, "a", 1);

        await engine.ReopenAsync(whileClosed: () => File.AppendAllText(LogFile(engine.Folder), "1\tall_9_9"));
        await InsertAsync(engine, "b", 2);
        await engine.ReopenAsync();
        await InsertAsync(engine, "a", 1);
        await InsertAsync(engine, "b", 2);

        Assert.Equal(2UL, await engine.Transport.NumberAsync("SELECT count() AS v FROM t"));
    }

    [Fact]
    public async Task A_token_noted_by_a_failed_insert_is_forgotten_before_the_next_insert()
    {
        await using var engine = await TestEngine.OpenAsync(EngineKind.Disk);
        await engine.ExecuteAsync(TestRows.Table);
        await InsertAsync(engine, "a", 1);
        // What a failing rename leaves: the engine knows the token, the rows have no folder of their own.
        await InsertAsync(engine, "b", 2);
        await engine.ExecuteAsync("DETACH TABLE t SYNC");
        LosePart(engine.Folder, "all_2_2_0");
        await engine.ExecuteAsync("ATTACH TABLE t");

        await InsertAsync(engine, "b", 2);
        Assert.Equal(1UL, await engine.Transport.NumberAsync("SELECT sum(id) AS v FROM t"));
        await Assert.ThrowsAsync<ClickHouseException>(() => engine.Transport.InsertAsync(
            "t", ["id", "missing"], "c", TestRows.Body(3, 1), TestContext.Current.CancellationToken));
        await InsertAsync(engine, "b", 2);

        Assert.Equal(3UL, await engine.Transport.NumberAsync("SELECT sum(id) AS v FROM t"));
    }

    [Fact]
    public async Task A_log_in_a_form_this_program_does_not_know_is_left_alone()
    {
        var folder = Directory.CreateTempSubdirectory("otelier-dedup-").FullName;
        try
        {
            var log = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "deduplication_logs")).FullName, "deduplication_log_1.txt");
            await File.WriteAllTextAsync(log, "format version: 7\n1 all_1_1_0 abc\n", TestContext.Current.CancellationToken);

            Assert.Equal(0, DeduplicationLog.Repair(folder));

            Assert.Equal(
                "format version: 7\n1 all_1_1_0 abc\n", await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void LosePart(string folder, string part)
    {
        var table = TableFolder(folder);
        Directory.Move(Path.Combine(table, part), Path.Combine(table, $"tmp_insert_{part}"));
    }

    private static string LogFile(string folder) => Path.Combine(TableFolder(folder), "deduplication_logs", "deduplication_log_1.txt");

    private static string TableFolder(string folder) =>
        Path.GetDirectoryName(Directory.GetDirectories(
            Path.Combine(folder, "store"), "deduplication_logs", SearchOption.AllDirectories).Single())!;

    private static Task<InsertResult> InsertAsync(TestEngine engine, string token, ulong id) =>
        engine.Transport.InsertAsync("t", TestRows.Columns, token, TestRows.Body(id, 1), TestContext.Current.CancellationToken);
}
