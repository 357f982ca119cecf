using Otelier.Signals;
using Otelier.Signals.Columns;
using Otelier.Signals.Logs;
using Otelier.Signals.Otlp;
using Otelier.Signals.Traces;
using Otelier.Storage.ClickHouse.Logs;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Schema;
using Otelier.Storage.ClickHouse.Services;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Tables;
using Otelier.Storage.ClickHouse.Traces;
using Otelier.Storage.ClickHouse.Transports;
using Otelier.Storage.Tests.Engine;
using Xunit;

namespace Otelier.Storage.Tests.Read;

/// <summary>An engine with the schema, filled through the write path's own tables, and the readers on it.</summary>
internal sealed class ReadEngine : IAsyncDisposable
{
    /// <summary>When all tests' telemetry is received, in nanoseconds since 1970.</summary>
    internal const ulong Now = 1_750_000_000_000_000_000;

    internal static readonly TimeRange Everything = new(Now - 7_200_000_000_000, Now + 7_200_000_000_000);

    private readonly TestEngine _engine;
    private readonly NativeColumnWriter _writer = new();

    private ReadEngine(TestEngine engine, LogBodyIndex index)
    {
        _engine = engine;
        var queries = Queries = new QueryRunner(engine.Transport, new StoreOptions(), TimeProvider.System);
        Spans = new SpanReader(queries);
        Traces = new TraceReader(queries);
        Trees = new TraceTreeReader(queries);
        TraceLogs = new TraceLogReader(queries);
        Logs = new LogReader(queries, index);
        Services = new ServiceReader(queries);
    }

    internal QueryRunner Queries { get; }

    internal SpanReader Spans { get; }

    internal TraceReader Traces { get; }

    internal TraceTreeReader Trees { get; }

    internal TraceLogReader TraceLogs { get; }

    internal LogReader Logs { get; }

    internal ServiceReader Services { get; }

    internal TestEngine Engine => _engine;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    internal static async Task<ReadEngine> OpenAsync(
        EngineKind kind = EngineKind.Memory, LogBodyIndex index = LogBodyIndex.None, AttributeIndex values = AttributeIndex.Values,
        Func<ChdbOptions, ChdbOptions>? configure = null)
    {
        var settings = SchemaSettings.Of(new StoreOptions { LogBodyIndex = index, AttributeIndex = values });
        var engine = await TestEngine.OpenAsync(kind, configure);
        foreach (var file in (string[])["0001_traces.sql", "0002_logs.sql", "0004_rollups.sql"])
        {
            using var reader = new StreamReader(typeof(ITraceStore).Assembly.GetManifestResourceStream($"Schema/{file}")!);
            var sql = await reader.ReadToEndAsync(Stop);
            sql = sql.Replace("{{storage_settings}}", "fsync_after_insert = 0", StringComparison.Ordinal);
            foreach (var (name, value) in settings)
                sql = sql.Replace($"{{{{{name}}}}}", value, StringComparison.Ordinal);
            foreach (var statement in sql.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                await engine.ExecuteAsync(statement);
        }

        return new ReadEngine(engine, index);
    }

    /// <summary>Decodes a request and inserts its spans.</summary>
    internal async Task InsertSpansAsync(byte[] request, string tenant = "default")
    {
        using var decoder = new TraceDecoder();
        using var batch = new SpanBatch();
        var rejections = new Rejections();
        Assert.Equal(DecodeError.None, decoder.Decode(request, batch, rejections));
        Assert.Equal(0, rejections.Total);
        await InsertAsync(SpanTable.Table, batch, tenant);
    }

    /// <summary>Decodes a request and inserts its records.</summary>
    internal async Task InsertLogsAsync(byte[] request, string tenant = "default")
    {
        using var decoder = new LogDecoder();
        using var batch = new LogBatch();
        var rejections = new Rejections();
        Assert.Equal(DecodeError.None, decoder.Decode(request, batch, rejections));
        Assert.Equal(0, rejections.Total);
        await InsertAsync(LogTable.Table, batch, tenant);
    }

    /// <summary>Merges all parts into one, which builds the indexes that inserts do not.</summary>
    internal async Task MergeAsync()
    {
        foreach (var table in (string[])[SpanTable.Table.Name, LogTable.Table.Name])
            await _engine.ExecuteAsync($"OPTIMIZE TABLE {table} FINAL");
    }

    private async Task InsertAsync<TBatch>(Table<Block<TBatch>> table, TBatch batch, string tenant)
        where TBatch : SignalBatch
    {
        Assert.True(TenantId.TryParse(tenant, out var owner));
        var block = new Block<TBatch>("test", [new BlockPart<TBatch>(batch, owner, (long)Now)]);
        using var bytes = new ByteBuffer();
        table.Write(block, block.Count, _writer, bytes);
        await _engine.Transport.InsertAsync(
            table.Name, table.ColumnNames, null, output => System.Buffers.BuffersExtensions.Write(output, bytes.WrittenSpan), Stop);
    }

    internal async Task<List<Span>> GetTraceAsync(SpanQuery query, Signals.Ids.TraceId traceId)
    {
        var spans = new List<Span>();
        await foreach (var span in Spans.GetTraceAsync(query.Tenant, traceId, null, Stop))
            spans.Add(span);
        return spans;
    }

    /// <summary>All pages of a search.</summary>
    internal static async Task<List<T>> AllPagesAsync<T>(Func<PageKey?, Task<Page<T>>> find, Func<Task>? betweenPages = null)
    {
        const int PagesMax = 1000;
        var items = new List<T>();
        PageKey? after = null;
        for (var i = 0; i < PagesMax; i++)
        {
            var page = await find(after);
            items.AddRange(page.Items);
            if (page.Next is not { } next)
                return items;
            after = next;
            if (betweenPages is not null)
                await betweenPages();
        }

        throw new InvalidOperationException("The pages do not end.");
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}
