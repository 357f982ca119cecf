using System.Globalization;
using Otelier.Signals;
using Otelier.Signals.Filters;
using Otelier.Signals.Logs;
using Otelier.Signals.Traces;
using Otelier.Tests.Filters;
using Xunit;

namespace Otelier.Storage.Tests.Read;

/// <summary>The same filters over the same rows, in the engine and in memory.</summary>
public sealed class FilterAgreementTests
{
    private const int Rows = 120;
    private const int Filters = 600;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_filter_finds_the_same_spans_in_the_engine_and_in_memory()
    {
        await using var engine = await ReadEngine.OpenAsync();
        var random = new RandomRows(seed: 3);
        await engine.InsertSpansAsync(random.Spans(Rows));
        await engine.MergeAsync();
        var all = (await engine.Spans.FindSpansAsync(Query(null), Stop)).Items;
        Assert.Equal(Rows, all.Count);
        var filters = new RandomFilter(seed: 4);
        var hits = 0;
        for (var i = 0; i < Filters; i++)
        {
            var filter = filters.Next(Signal.Traces, depth: i % 3);
            var holds = SpanFilter.Compile(filter);
            var expected = all.Where(holds).Select(span => span.SpanId.ToString()).ToList();

            var found = (await engine.Spans.FindSpansAsync(Query(filter), Stop)).Items.Select(span => span.SpanId.ToString());

            Assert.True(expected.SequenceEqual(found), FilterText.Format(filter));
            hits += expected.Count is > 0 and < Rows ? 1 : 0;
        }

        // Else the rows and the filters have nothing to do with each other.
        Assert.InRange(hits, Filters / 4, Filters);

        static SpanQuery Query(Filter? filter) => new(TenantId.Default, ReadEngine.Everything, filter, Rows);
    }

    [Theory]
    [InlineData(LogBodyIndex.None)]
    [InlineData(LogBodyIndex.Token)]
    [InlineData(LogBodyIndex.Text)]
    public async Task A_filter_finds_the_same_records_in_the_engine_and_in_memory(LogBodyIndex index)
    {
        await using var engine = await ReadEngine.OpenAsync(index: index);
        var random = new RandomRows(seed: 5);
        await engine.InsertLogsAsync(random.Logs(Rows));
        await engine.MergeAsync();
        var all = (await engine.Logs.FindLogsAsync(Query(null), Stop)).Items;
        Assert.Equal(Rows, all.Count);
        var filters = new RandomFilter(seed: 6);
        var hits = 0;
        for (var i = 0; i < Filters / 2; i++)
        {
            var filter = filters.Next(Signal.Logs, depth: i % 3);
            var holds = LogFilter.Compile(filter);
            var expected = all.Where(holds).Select(record => record.ObservedTimeUnixNano.ToString(CultureInfo.InvariantCulture)).ToList();

            var found = (await engine.Logs.FindLogsAsync(Query(filter), Stop)).Items.Select(record => record.ObservedTimeUnixNano.ToString(CultureInfo.InvariantCulture));

            Assert.True(expected.SequenceEqual(found), FilterText.Format(filter));
            hits += expected.Count is > 0 and < Rows ? 1 : 0;
        }

        Assert.InRange(hits, Filters / 8, Filters);

        static LogQuery Query(Filter? filter) => new(TenantId.Default, ReadEngine.Everything, filter, Rows);
    }
}
