using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Otelier.Server.Ingest;
using Otelier.Signals;
using Otelier.Signals.Otlp;
using Otelier.Signals.Traces;
using Otelier.Storage;
using Otelier.Storage.ClickHouse.Transports;
using Otelier.Storage.Log;
using Otelier.Tests.EndToEnd;
using Otelier.Tests.Otlp;
using Xunit;

namespace Otelier.Tests.Ingest;

/// <summary>The way from the log to the real engine when the store, the process or the disk fails in between.</summary>
[Collection(EngineCollection.Name)]
public sealed class DrainTests : IDisposable
{
    private const int SpansPerRequest = 7;

    private readonly TemporaryDirectory _directory = new();
    private readonly RequestDecoder<SpanBatch> _decoder = new(() => new TraceDecoder(), OtlpSchema.ExportTraceServiceRequest, 16 << 20);
    private readonly BlockRules _rules = new() { RowsMax = 20, AgeMax = TimeSpan.FromMilliseconds(1) };
    private int _next;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Store_that_refuses_for_a_while_gets_everything_once_in_the_end()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var log = await OpenLogAsync(64 << 20);
        await using var stores = await OpenStoresAsync();
        for (var i = 0; i < 10; i++)
            await AppendAsync(log);

        var refusals = 5;
        await DrainAllAsync(log, (block, token) => refusals-- > 0
            ? throw new StoreException(StoreFault.Unavailable, "not now")
            : stores.Traces.WriteAsync(block, token));

        Assert.True(refusals < 0);
        await CheckAsync(stores, Enumerable.Range(0, 10), cancellation);
    }

    [Fact]
    public async Task Block_written_without_its_checkpoint_is_not_stored_twice_after_a_restart()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var stores = await OpenStoresAsync();
        await using (var log = await OpenLogAsync(64 << 20))
        {
            for (var i = 0; i < 10; i++)
                await AppendAsync(log);
            // The store has it, and the process dies before it knows.
            await Assert.ThrowsAsync<TimeoutException>(() => DrainAllAsync(log, async (block, token) =>
            {
                await stores.Traces.WriteAsync(block, token);
                throw new TimeoutException("killed here");
            }));
        }

        await using (var log = await OpenLogAsync(64 << 20))
        {
            Assert.NotEmpty(log.PendingCuts(Signal.Traces));
            await AppendAsync(log);
            await DrainAllAsync(log, stores.Traces.WriteAsync);
        }

        await CheckAsync(stores, Enumerable.Range(0, 11), cancellation);
    }

    [Fact]
    public async Task Flipped_byte_in_a_sealed_segment_costs_one_request_and_is_told()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var stores = await OpenStoresAsync();
        await using (var log = await OpenLogAsync(8 << 10))
        {
            for (var i = 0; i < 40; i++)
                await AppendAsync(log);
        }

        var segment = Directory.EnumerateFiles(Path.Combine(_directory.Path, "log"), "*", SearchOption.AllDirectories)
            .Where(file => new FileInfo(file).Length > 4096).Order(StringComparer.Ordinal).First();
        var bytes = await File.ReadAllBytesAsync(segment, cancellation);
        bytes[bytes.Length / 2] ^= 0x10;
        await File.WriteAllBytesAsync(segment, bytes, cancellation);

        await using (var log = await OpenLogAsync(8 << 10))
        {
            Assert.False(log.Recovery.IsClean);
            Assert.Equal(1, log.Recovery.DamageCount);
            await AppendAsync(log);
            await DrainAllAsync(log, stores.Traces.WriteAsync);
        }

        var found = await FindAsync(stores, cancellation);
        Assert.All(found.Values, times => Assert.Equal(SpansPerRequest, times));
        Assert.Equal(40, found.Count);
        Assert.Contains(40, found.Keys);
    }

    [Fact]
    public async Task Torn_tail_costs_nothing_that_was_acknowledged()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var stores = await OpenStoresAsync();
        await using (var log = await OpenLogAsync(64 << 20))
        {
            for (var i = 0; i < 5; i++)
                await AppendAsync(log);
        }

        var segment = Directory.EnumerateFiles(Path.Combine(_directory.Path, "log"), "*", SearchOption.AllDirectories).MaxBy(file => new FileInfo(file).Length)!;
        var whole = await File.ReadAllBytesAsync(segment, cancellation);
        await File.WriteAllBytesAsync(segment, [.. whole, .. whole.AsSpan(whole.Length - 100, 60)], cancellation);

        await using (var log = await OpenLogAsync(64 << 20))
        {
            await AppendAsync(log);
            await DrainAllAsync(log, stores.Traces.WriteAsync);
        }

        await CheckAsync(stores, Enumerable.Range(0, 6), cancellation);
    }

    private Task<WriteAheadLog> OpenLogAsync(long segmentBytes) => WriteAheadLog.OpenAsync(
        new LogOptions { Directory = Path.Combine(_directory.Path, "log"), SegmentBytes = segmentBytes, FreeDiskBytesMin = 0 },
        TimeProvider.System,
        NullLogger.Instance,
        TestContext.Current.CancellationToken);

    private Task<StoreSet> OpenStoresAsync() => StoreSet.OpenAsync(
        new StoreOptions { Directory = Path.Combine(_directory.Path, "engine") }, NullLoggerFactory.Instance, TimeProvider.System, TestContext.Current.CancellationToken);

    private async Task AppendAsync(WriteAheadLog log)
    {
        var number = _next++;
        var random = new Random(number);
        var request = MessageBuilder.Request(Enumerable.Range(0, SpansPerRequest).Select(_ =>
        {
            var id = new byte[8];
            random.NextBytes(id);
            return MessageBuilder.Span(span => MessageBuilder.Attribute(span, 9, "number", any => any.WriteVarint(3, (ulong)number)), spanId: id);
        }));
        var decoded = _decoder.Decode(OtlpEncoding.Protobuf, request, new Rejections());
        var header = new LogRecordHeader(Signal.Traces, (byte)OtlpEncoding.Protobuf, (byte)ContentCoding.Identity, TenantId.Default, 1_750_000_001_000_000_000, SpansPerRequest);
        var result = await log.AppendAsync(header, request, decoded.Batch, decoded.Batch!.MemoryBytes, TestContext.Current.CancellationToken);
        Assert.Equal(AppendOutcome.Appended, result.Outcome);
    }

    /// <summary>Runs a drain that was told to stop: it stores what there is and ends.</summary>
    private async Task DrainAllAsync(WriteAheadLog log, Func<Block<SpanBatch>, CancellationToken, Task> write)
    {
        using var meter = new Meter("test");
        var drain = new Drain<SpanBatch>(Signal.Traces, log, _decoder, write, _rules, new DrainMetrics(meter, log), TimeProvider.System, NullLogger.Instance);
        await drain.RunAsync(new CancellationToken(canceled: true), TestContext.Current.CancellationToken);
    }

    private async Task CheckAsync(StoreSet stores, IEnumerable<int> numbers, CancellationToken cancellation) =>
        Assert.Equal(
            numbers.ToDictionary(number => (long)number, _ => (long)SpansPerRequest).OrderBy(pair => pair.Key),
            (await FindAsync(stores, cancellation)).OrderBy(pair => pair.Key));

    /// <summary>How many spans the store has of each number.</summary>
    private async Task<Dictionary<long, long>> FindAsync(StoreSet stores, CancellationToken cancellation)
    {
        Assert.NotNull(stores);
        await using var transport = ChdbTransport.Open(new ChdbOptions { DataDirectory = Path.Combine(_directory.Path, "engine") }, NullLogger.Instance);
        var found = new Dictionary<long, long>();
        const string Sql = "SELECT toInt64(SpanAttributes['number']) AS Number, toInt64(count()) AS Times FROM otel_traces GROUP BY Number";
        await foreach (var block in transport.QueryAsync(SqlStatement.Unlimited(Sql), cancellation))
        {
            for (var row = 0; row < block.RowCount; row++)
                found[block.GetInt64("Number").Values[row]] = block.GetInt64("Times").Values[row];
        }

        return found;
    }
}
