using Otelier.Signals;
using Otelier.Signals.Filters;
using Otelier.Signals.Logs;
using Otelier.Signals.Traces;
using Otelier.Storage.ClickHouse.Logs;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Traces;
using Otelier.Storage.ClickHouse.Transports;
using Otelier.Storage.Tests.Engine;
using Otelier.Tests.EndToEnd;
using Xunit;

namespace Otelier.Storage.Tests.Read;

/// <summary>What the text form says is answered by the indexes the tables have, and never changes a statement's text.</summary>
public sealed class FilterIndexTests
{
    private const ulong Now = ReadEngine.Now;

    [Theory]
    [InlineData(LogBodyIndex.Token, "idx_body")]
    [InlineData(LogBodyIndex.Text, "idx_lower_body")]
    public async Task Words_of_bodies_are_found_by_the_index_the_store_has(LogBodyIndex index, string name)
    {
        await using var engine = await ReadEngine.OpenAsync(index: index);
        // The index speaks of eight granules of 1024 rows.
        await engine.InsertLogsAsync(Requests.Of([.. Enumerable.Range(0, 20_000).Select(i => new TestLog(i == 9 ? "the Needle, in hay" : $"row {i} of hay", Now - (ulong)i))]));

        foreach (var text in (string[])["\"Needle\"", "\"the Needle\"", "body contains \"e Needle, i\"", "\"Needle\" and severity >= info"])
        {
            var plan = await ExplainAsync(engine.Engine, Logs(index, text));
            Assert.Contains(name, plan, StringComparison.Ordinal);
            Assert.True(Granules(plan) < 20, plan);
        }

        Assert.DoesNotContain(name, await ExplainAsync(engine.Engine, Logs(index, "body contains \"eedl\"")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trace_id_and_a_time_are_found_by_index_and_sort_key()
    {
        await using var engine = await ReadEngine.OpenAsync();
        await engine.InsertSpansAsync(Requests.Of([.. Enumerable.Range(1, 30_000).Select(i => new TestSpan("s", Now - ((ulong)i * 100_000_000), (ulong)i))]));

        var byId = await ExplainAsync(engine.Engine, Spans($"traceId = {Requests.TraceIdText(100)}"));
        var byTime = await ExplainAsync(engine.Engine, Spans($"time >= {Now - 1_000_000_000} and service.name = shop"));

        Assert.Contains("idx_trace_id", byId, StringComparison.Ordinal);
        Assert.Equal(1, Granules(byId));
        Assert.Contains("PrimaryKey", byTime, StringComparison.Ordinal);
        Assert.Equal(1, Granules(byTime));
    }

    [Fact]
    public async Task A_rare_text_of_an_attribute_is_found_by_index_once_parts_are_merged()
    {
        await using var engine = await ReadEngine.OpenAsync();
        await engine.Engine.ExecuteAsync("SYSTEM STOP MERGES otel_traces");
        var user = (ulong i) => new Dictionary<string, object> { ["user.id"] = $"u{i}" };
        for (var half = 0UL; half < 2; half++)
        {
            var numbers = Enumerable.Range(0, 16_384).Select(i => (2 * (ulong)i) + half).ToList();
            await engine.InsertSpansAsync(Requests.Of([.. numbers.Select(i => new TestSpan("s", Now - (i * 100_000_000), i + 1) { Attributes = user(i) })]));
            await engine.InsertLogsAsync(Requests.Of([.. numbers.Select(i => new TestLog("hay", Now - i) { Attributes = user(i) })]));
        }

        Assert.Equal(4, Granules(await ExplainAsync(engine.Engine, Spans("user.id = \"u77\""))));
        await engine.Engine.ExecuteAsync("SYSTEM START MERGES otel_traces");
        await engine.MergeAsync();

        string[] narrowed =
        [
            "user.id = \"u77\"", "attributes.user.id = \"u77\"", "user.id in (\"u77\", \"absent\")", "user.id = \"u77\" and service.name = shop",
            "(user.id = \"u77\" or resource.user.id = \"absent\") and not (user.id = \"u78\")",
        ];
        foreach (var text in narrowed)
        {
            Assert.Equal(1, Granules(await ExplainAsync(engine.Engine, Spans(text))));
            Assert.Equal(1, Granules(await ExplainAsync(engine.Engine, Logs(LogBodyIndex.None, text))));
        }

        for (var i = 77; i < 32_768; i += 5000)
        {
            var found = await engine.Spans.FindSpansAsync(
                new SpanQuery(TenantId.Default, ReadEngine.Everything, Parse($"user.id = \"u{i}\" or user.id = \"absent\"", Signal.Traces), 10),
                TestContext.Current.CancellationToken);
            Assert.Equal(Requests.TraceIdText((ulong)i + 1), Assert.Single(found.Items).TraceId.ToString());
        }

        string[] others =
        [
            "user.id != \"u77\"", "not (user.id = \"u77\")", "user.id = \"u77\" or name = s", "user.id = 77", "user.id = true", "user.id starts_with \"u77\"",
            "scope.user.id = \"u77\"",
        ];
        foreach (var text in others)
            Assert.Equal(4, Granules(await ExplainAsync(engine.Engine, Spans(text))));
    }

    [Fact]
    public async Task Parts_too_few_for_a_merge_are_made_small_and_indexed_all_the_same()
    {
        await using var engine = await ReadEngine.OpenAsync(EngineKind.Disk);
        foreach (var table in (string[])["otel_traces", "otel_logs"])
            await engine.Engine.ExecuteAsync($"ALTER TABLE {table} MODIFY SETTING merge_with_recompression_ttl_timeout = 0");
        var user = (int i) => new Dictionary<string, object> { ["user.id"] = $"u{i}" };
        var numbers = Enumerable.Range(0, 20_000).ToList();
        await engine.InsertSpansAsync(Requests.Of([.. numbers.Select(i => new TestSpan("s", Now - ((ulong)i * 1_000_000), (ulong)i + 1) { Attributes = user(i) })]));
        await engine.InsertLogsAsync(Requests.Of([.. numbers.Select(i => new TestLog("hay", Now - (ulong)i) { Attributes = user(i) })]));

        await Eventually.IsTrueAsync("the only part of each table is merged", async () => await engine.Engine.Transport.NumberAsync(
            """
            SELECT uniqExactIf(table, default_compression_codec = 'ZSTD(3)') AS v
            FROM system.parts WHERE database = currentDatabase() AND active AND table IN ('otel_traces', 'otel_logs')
            """) == 2);

        AssertFew(Granules(await ExplainAsync(engine.Engine, Spans("user.id = \"u77\""))));
        AssertFew(Granules(await ExplainAsync(engine.Engine, Logs(LogBodyIndex.None, "user.id = \"u77\""))));
    }

    [Fact]
    public void Hostile_keys_values_and_patterns_change_no_statement()
    {
        string[] hostile =
        [
            "'", "''", "\\", "\\'", "`", "\"", ")) OR 1=1 --", "{p0:String}", "{", "}", "\n\t\r", "%_*?", "__proto__", "constructor", "'; DROP TABLE otel_traces; --",
            "\u202e\0x", "値段🙂", "/*", "--", "SETTINGS readonly = 0", "FORMAT Null", new('k', 64 * 1024),
        ];
        (Func<string, string> Text, string Reviewed)[] shapes =
        [
            (text => $"attributes.{Quoted(text)} = {Quoted(text)}", Statement("attributes.k = \"v\"")),
            (text => $"`{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal)}` contains {Quoted(text)}", Statement("`k` contains \"v\"")),
            (text => $"resource.{Quoted(text)} in ({Quoted(text)}, 5) or name starts_with {Quoted(text)}", Statement("resource.k in (\"v\", 5) or name starts_with \"v\"")),
            (text => $"name = {Quoted(text)} and status.message != {Quoted(text)} and scope.{Quoted(text)} exists", Statement("name = \"v\" and status.message != \"v\" and scope.k exists")),
        ];

        foreach (var text in hostile)
            Assert.All(shapes, shape => Assert.Equal(shape.Reviewed, Statement(shape.Text(text))));

        static string Quoted(string text) => FilterText.Format(new Filter.FreeText(text));
    }

    private static string Statement(string text) => Spans(text).Build(QueryLimits.None).Text;

    private static SqlBuilder Spans(string text) =>
        SpanReader.FindSql(new SpanQuery(TenantId.Default, ReadEngine.Everything, Parse(text, Signal.Traces), 10), ReadEngine.Everything, 11);

    private static SqlBuilder Logs(LogBodyIndex index, string text) =>
        LogReader.TimesSql(SearchedTable.LogsWith(index), new LogQuery(TenantId.Default, ReadEngine.Everything, Parse(text, Signal.Logs), 10), ReadEngine.Everything, 11);

    private static Filter? Parse(string text, Signal signal)
    {
        Assert.True(FilterText.TryParse(text, signal, out var filter, out var error), error?.Message);
        return filter;
    }

    /// <summary>A value is falsely found in one granule of a hundred.</summary>
    private static void AssertFew(int granules) => Assert.InRange(granules, 1, 2);

    /// <summary>How many granules are left after the last index.</summary>
    private static int Granules(string plan)
    {
        const string Label = "Granules: ";
        var rest = plan[(plan.LastIndexOf(Label, StringComparison.Ordinal) + Label.Length)..];
        return int.Parse(rest[..rest.IndexOf('/', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<string> ExplainAsync(TestEngine engine, SqlBuilder sql)
    {
        var statement = sql.Build(QueryLimits.None);
        var blocks = await engine.QueryAsync($"SELECT * FROM (EXPLAIN indexes = 1 {statement.Text})", [.. statement.Parameters]);
        return string.Join('\n', blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => block.GetBytes("explain").GetString(row))));
    }
}
