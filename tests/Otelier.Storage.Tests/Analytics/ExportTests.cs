using Otelier.Signals;
using Otelier.Signals.Ids;
using Otelier.Storage.ClickHouse;
using Otelier.Storage.ClickHouse.Export;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.Tests.Engine;
using Otelier.Storage.Tests.Read;
using Xunit;

namespace Otelier.Storage.Tests.Analytics;

public sealed class ExportTests
{
    private const string Running = "SELECT count() AS v FROM system.processes WHERE query LIKE '%otel_traces%' AND query NOT LIKE '%processes%'";

    [Fact(Timeout = 120_000)]
    public async Task Leaving_an_export_early_stops_the_engines_work()
    {
        await using var engine = await ReadEngine.OpenAsync();
        for (ulong part = 0; part < 4; part++)
            await engine.InsertSpansAsync(Requests.Of([.. Enumerable.Range(1, 5000).Select(i => new TestSpan("s", ReadEngine.Now - ((ulong)i * 1000), (part * 5000) + (ulong)i))]));
        var store = new ClickHouseExportStore(new QueryRunner(engine.Engine.Transport, new StoreOptions(), TimeProvider.System), LogBodyIndex.None, new FreedMemory(engine.Engine.Transport));
        var spans = store.StreamSpansAsync(new ExportQuery(TenantId.Default, ReadEngine.Everything, null), TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);

        Assert.True(await FindFirstAsync(spans));
        // Its reader being away, the statement waits.
        Assert.Equal(1UL, await engine.Engine.Transport.NumberAsync(Running));
        await spans.DisposeAsync();

        while (await engine.Engine.Transport.NumberAsync(Running) != 0)
        {
            // The test's timeout ends this: without the kill it would wait for its reader.
        }
    }

    [Fact]
    public async Task An_export_gives_every_span_once_however_the_windows_fall()
    {
        await using var engine = await ReadEngine.OpenAsync();
        const int Count = 3000;
        await engine.InsertSpansAsync(Requests.Of([.. Enumerable.Range(1, Count).Select(i => new TestSpan("s", ReadEngine.Now - ((ulong)i * 1_700_000_000), (ulong)i))]));
        var store = new ClickHouseExportStore(new QueryRunner(engine.Engine.Transport, new StoreOptions(), TimeProvider.System), LogBodyIndex.None, new FreedMemory(engine.Engine.Transport));
        var starts = new List<ulong>();

        await foreach (var span in store.StreamSpansAsync(new ExportQuery(TenantId.Default, ReadEngine.Everything, null), TestContext.Current.CancellationToken))
            starts.Add(span.StartTimeUnixNano);

        Assert.Equal(Count, starts.Distinct().Count());
        Assert.Equal(starts.OrderDescending(), starts);
    }

    [Fact]
    public async Task More_rows_of_one_second_than_a_window_holds_come_once_and_in_order()
    {
        await using var engine = await ReadEngine.OpenAsync();
        const int Count = 70_000;
        // Each time twice, so that windows would tell if they met within one.
        for (var part = 0; part < 2; part++)
            await engine.InsertSpansAsync(Requests.Of([.. Enumerable.Range(0, Count / 2).Select(i => new TestSpan("s", ReadEngine.Now - (ulong)(i * 20_000) - 1, (ulong)((part * Count) + i + 1)))]));
        var store = new ClickHouseExportStore(new QueryRunner(engine.Engine.Transport, new StoreOptions(), TimeProvider.System), LogBodyIndex.None, freed: null);
        var starts = new List<ulong>();
        var ids = new HashSet<SpanId>();

        await foreach (var span in store.StreamSpansAsync(new ExportQuery(TenantId.Default, ReadEngine.Everything, null), TestContext.Current.CancellationToken))
        {
            starts.Add(span.StartTimeUnixNano);
            ids.Add(span.SpanId);
        }

        Assert.Equal(Count, starts.Count);
        Assert.Equal(Count, ids.Count);
        Assert.Equal(starts.OrderDescending(), starts);
    }

    private static async Task<bool> FindFirstAsync<T>(IAsyncEnumerator<T> items) => await items.MoveNextAsync();
}
