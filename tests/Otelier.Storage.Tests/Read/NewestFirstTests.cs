using Otelier.Signals;
using Otelier.Signals.Logs;
using Otelier.Signals.Traces;
using Xunit;

namespace Otelier.Storage.Tests.Read;

/// <summary>What lies before the newest matches is not read for them, and comes in order whatever the senders' clocks say.</summary>
public sealed class NewestFirstTests
{
    private const ulong Second = 1_000_000_000;

    /// <summary>More than the times of a DateTime, which has 32 bits for its seconds.</summary>
    private const ulong Year2106 = (1UL << 32) * Second;

    private static readonly TimeRange AllTime = new(0, long.MaxValue);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Signal.Traces, 0)]
    [InlineData(Signal.Traces, 1)]
    [InlineData(Signal.Logs, 0)]
    public async Task A_search_long_after_the_last_item_reads_little_of_what_was_sent_before(Signal signal, int spansOrTraces)
    {
        const int Items = 120_000, PerSecond = 1200, Wanted = 10;
        await using var engine = await ReadEngine.OpenAsync();
        var times = Enumerable.Range(0, Items).Select(i => ReadEngine.Now - ((ulong)i * Second / PerSecond));
        if (signal == Signal.Logs)
            await engine.InsertLogsAsync(Requests.Of([.. times.Select(time => new TestLog("l", time))]));
        else
            await engine.InsertSpansAsync(Requests.Of([.. times.Select((time, i) => new TestSpan("s", time, (ulong)i + 1))]));

        var found = (signal, spansOrTraces) switch
        {
            (Signal.Logs, _) => (await engine.Logs.FindLogsAsync(new LogQuery(TenantId.Default, ReadEngine.Everything, null, Wanted), Stop)).Items.Select(log => log.TimestampUnixNano),
            (_, 0) => (await engine.Spans.FindSpansAsync(new SpanQuery(TenantId.Default, ReadEngine.Everything, null, Wanted), Stop)).Items.Select(span => span.StartTimeUnixNano),
            _ => (await engine.Traces.FindTracesAsync(new TraceQuery(TenantId.Default, ReadEngine.Everything, null, Wanted), Stop)).Items.Select(trace => trace.StartTimeUnixNano),
        };

        Assert.Equal(times.Take(Wanted), found);
        Assert.InRange(engine.Queries.Numbers.RowsRead, Wanted, Items / 2);
    }

    [Fact]
    public async Task Nothing_at_all_is_found_with_two_statements()
    {
        await using var engine = await ReadEngine.OpenAsync();

        Assert.Empty((await engine.Traces.FindTracesAsync(new TraceQuery(TenantId.Default, ReadEngine.Everything, null, 10), Stop)).Items);

        Assert.Equal(2, engine.Queries.Numbers.Count);
    }

    [Fact]
    public async Task Spans_of_clocks_centuries_ahead_come_before_all_others()
    {
        ulong[] times = [Year2106 + Second, Year2106, Year2106 - 1, ReadEngine.Now, Second];
        await using var engine = await ReadEngine.OpenAsync();
        await engine.InsertSpansAsync(Requests.Of([.. times.Order().Select((time, i) => new TestSpan("s", time, (ulong)i + 1))]));
        var query = new SpanQuery(TenantId.Default, AllTime, null, 2);

        var spans = await ReadEngine.AllPagesAsync(after => engine.Spans.FindSpansAsync(query with { After = after }, Stop));

        Assert.Equal(times, spans.Select(span => span.StartTimeUnixNano));
    }
}
