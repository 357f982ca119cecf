using Otelier.Signals;
using Otelier.Storage.Log;
using Xunit;

namespace Otelier.Storage.Tests.Log;

public sealed class AppendTests : IDisposable
{
    private readonly TestLog _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task Records_of_all_signals_get_consecutive_numbers_from_1_also_across_restarts()
    {
        var sequences = new List<long>();
        for (var run = 0; run < 3; run++)
        {
            await using var log = await _test.OpenAsync();
            for (var number = 0; number < 5; number++)
                sequences.Add(await TestLog.AppendedAsync(log, (Signal)(1 + (number % 3)), number));
        }

        Assert.Equal(Enumerable.Range(1, 15).Select(number => (long)number), sequences);
    }

    [Fact]
    public async Task What_waits_while_the_disk_is_busy_shares_one_fsync()
    {
        await using var log = await _test.OpenAsync();
        using var isFlushing = new SemaphoreSlim(0);
        using var mayFlush = new SemaphoreSlim(0);
        _test.Disk.BeforeFlush = () =>
        {
            isFlushing.Release();
            mayFlush.Wait(CancellationToken.None);
        };
        var first = TestLog.AppendAsync(log, Signal.Traces, 0, 10).AsTask();
        await isFlushing.WaitAsync(TestLog.Token);
        var others = Enumerable.Range(1, 20).Select(number => TestLog.AppendAsync(log, Signal.Traces, number, 10).AsTask()).ToArray();
        Assert.False(first.IsCompleted);
        mayFlush.Release(2);

        var results = await Task.WhenAll([first, .. others]);

        Assert.All(results, result => Assert.Equal(AppendOutcome.Appended, result.Outcome));
        Assert.Equal(2, log.Statistics.FsyncCount);
        Assert.Equal(21, log.Statistics.RecordsAppended);
        Assert.Equal(0, log.Statistics.QueueBytes);
    }

    [Fact]
    public async Task Nothing_is_delivered_before_it_is_fsynced()
    {
        await using var log = await _test.OpenAsync();
        var tail = log.OpenTail(Signal.Logs);
        LogEntry? early = null;
        _test.Disk.BeforeFlush = () =>
        {
            var read = tail.TryReadAsync(TimeSpan.Zero, CancellationToken.None);
            Assert.True(read.IsCompleted);
#pragma warning disable CA1849, MA0042, xUnit1031 // Completed, and this is the writer's thread.
            early = read.GetAwaiter().GetResult();
#pragma warning restore CA1849, MA0042, xUnit1031
        };
        await TestLog.AppendedAsync(log, Signal.Logs, 1);

        Assert.Null(early);
        Assert.Single(await TestLog.ReadAllAsync(tail));
    }

    [Fact]
    public async Task A_reader_that_waits_gets_the_next_record_with_its_attachment()
    {
        await using var log = await _test.OpenAsync();
        var read = log.OpenTail(Signal.Metrics).ReadAsync(TestLog.Token);
        Assert.False(read.IsCompleted);
        var attachment = new Attachment(7);
        await TestLog.AppendedAsync(log, Signal.Metrics, 7, 200, attachment);

        using (var entry = await read)
        {
            Assert.Same(attachment, entry.Attachment);
            Assert.True(entry.Payload.IsEmpty);
            Assert.Equal(200, entry.PayloadBytes);
            Assert.Equal(TestLog.Header(Signal.Metrics, 7), entry.Header);
            Assert.Equal(0, attachment.Disposals);
        }

        Assert.Equal(1, attachment.Disposals);
        Assert.Equal(0, log.Statistics.MemoryBytes);
    }

    [Fact]
    public async Task Concurrent_writers_and_a_reader_see_every_record_once_and_in_order()
    {
        _test.Options.SegmentBytes = 64 << 10;
        await using var log = await _test.OpenAsync();
        var tail = log.OpenTail(Signal.Traces);
        const int Writers = 8;
        const int Each = 100;
        var writing = Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var sequences = new Dictionary<long, long>();
            for (var number = 0; number < Each; number++)
            {
                var id = (writer * 1000) + number;
                sequences[await TestLog.AppendedAsync(log, Signal.Traces, id, number * 10, number % 2 == 0 ? new Attachment(id) : null)] = id;
            }

            return sequences;
        })).ToArray();
        var read = new List<(long Sequence, long Number)>();
        while (read.Count < Writers * Each)
        {
            using var entry = await tail.ReadAsync(TestLog.Token);
            read.Add((entry.Sequence, TestLog.NumberOf(entry)));
        }

        var appended = (await Task.WhenAll(writing)).SelectMany(sequences => sequences).Select(pair => (pair.Key, pair.Value)).Order();
        Assert.Equal(appended, read);
        Assert.Null(await tail.TryReadAsync(TimeSpan.Zero, TestLog.Token));
    }

    [Fact]
    public async Task A_record_cancelled_while_it_waits_is_not_written_and_its_attachment_is_disposed()
    {
        await using var log = await _test.OpenAsync();
        using var isFlushing = new SemaphoreSlim(0);
        using var mayFlush = new SemaphoreSlim(0);
        _test.Disk.BeforeFlush = () =>
        {
            isFlushing.Release();
            mayFlush.Wait(CancellationToken.None);
        };
        var first = TestLog.AppendAsync(log, Signal.Traces, 1).AsTask();
        await isFlushing.WaitAsync(TestLog.Token);
        using var cancellation = new CancellationTokenSource();
        var attachment = new Attachment(2);
        var second = log.AppendAsync(TestLog.Header(Signal.Traces, 2), TestLog.Payload(2, 100), attachment, 100, cancellation.Token).AsTask();
        var third = TestLog.AppendAsync(log, Signal.Traces, 3).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        mayFlush.Release(2);
        await Task.WhenAll(first, third);

        Assert.Equal(1, attachment.Disposals);
        Assert.Equal([(1L, 1L), (2L, 3L)], await TestLog.ReadAllAsync(log.OpenTail(Signal.Traces)));
        Assert.Equal(0, log.Statistics.QueueBytes);
        Assert.Equal(0, log.Statistics.MemoryBytes);
    }

    [Fact]
    public async Task A_record_cancelled_while_it_is_written_is_acknowledged()
    {
        await using var log = await _test.OpenAsync();
        using var cancellation = new CancellationTokenSource();
        _test.Disk.BeforeFlush = cancellation.Cancel;
        var result = await log.AppendAsync(TestLog.Header(Signal.Traces, 1), TestLog.Payload(1, 10), null, 0, cancellation.Token);

        Assert.True(cancellation.IsCancellationRequested);
        Assert.Equal(new AppendResult(AppendOutcome.Appended, 1), result);
        Assert.Single(await TestLog.ReadAllAsync(log.OpenTail(Signal.Traces)));
    }

    [Fact]
    public async Task A_cancelled_read_loses_nothing()
    {
        await using var log = await _test.OpenAsync();
        var tail = log.OpenTail(Signal.Traces);
        using var cancellation = new CancellationTokenSource();
        var read = tail.ReadAsync(cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        await TestLog.AppendedAsync(log, Signal.Traces, 1);

        Assert.Equal([(1L, 1L)], await TestLog.ReadAllAsync(tail));
    }

    [Fact]
    public async Task A_queue_at_its_limit_answers_busy_but_always_takes_one_record()
    {
        _test.Options.QueueBytesMax = 300;
        await using var log = await _test.OpenAsync();
        using var isFlushing = new SemaphoreSlim(0);
        using var mayFlush = new SemaphoreSlim(0);
        _test.Disk.BeforeFlush = () =>
        {
            isFlushing.Release();
            mayFlush.Wait(CancellationToken.None);
        };
        var attachment = new Attachment(3);
        var large = TestLog.AppendAsync(log, Signal.Traces, 1, 5000).AsTask();
        await isFlushing.WaitAsync(TestLog.Token);
        var waiting = TestLog.AppendAsync(log, Signal.Traces, 2, 5000).AsTask();
        var refused = await TestLog.AppendAsync(log, Signal.Traces, 3, 100, attachment);
        _test.Disk.BeforeFlush = null;
        mayFlush.Release(2);

        Assert.Equal(AppendOutcome.Busy, refused.Outcome);
        Assert.Equal(1, attachment.Disposals);
        Assert.Equal(AppendOutcome.Appended, (await large).Outcome);
        Assert.Equal(AppendOutcome.Appended, (await waiting).Outcome);
        Assert.Equal(1, log.Statistics.RefusedRecords);
    }

    [Fact]
    public async Task A_payload_over_the_limit_is_refused_and_one_at_the_limit_is_not()
    {
        _test.Options.RecordBytesMax = 10_000;
        await using var log = await _test.OpenAsync();
        var attachment = new Attachment(1);

        Assert.Equal(AppendOutcome.TooLarge, (await TestLog.AppendAsync(log, Signal.Traces, 1, 10_001, attachment)).Outcome);
        Assert.Equal(1, attachment.Disposals);
        Assert.Equal(1, await TestLog.AppendedAsync(log, Signal.Traces, 2, 10_000));
        Assert.Equal([(1L, 2L)], await TestLog.ReadAllAsync(log.OpenTail(Signal.Traces)));
    }

    [Fact]
    public async Task An_empty_payload_and_the_longest_tenant_come_back()
    {
        Assert.True(TenantId.TryParse(new string('t', TenantId.MaxLength), out var tenant));
        var header = new LogRecordHeader(Signal.Logs, 255, 255, tenant, long.MinValue, int.MaxValue);
        await using (var log = await _test.OpenAsync())
            await log.AppendAsync(header, default, null, 0, TestLog.Token);

        await using var reopened = await _test.OpenAsync();
        using var entry = await reopened.OpenTail(Signal.Logs).ReadAsync(TestLog.Token);
        Assert.Equal(header, entry.Header);
        Assert.Equal(0, entry.PayloadBytes);
    }

    [Fact]
    public async Task A_closed_log_disposes_what_nobody_read_and_refuses_everything()
    {
        var attachment = new Attachment(1);
        var log = await _test.OpenAsync();
        var tail = log.OpenTail(Signal.Traces);
        await TestLog.AppendedAsync(log, Signal.Traces, 1, 100, attachment);
        await log.DisposeAsync();
        var late = new Attachment(2);

        Assert.Equal(1, attachment.Disposals);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await tail.ReadAsync(TestLog.Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await TestLog.AppendAsync(log, Signal.Traces, 2, 100, late));
        Assert.Equal(1, late.Disposals);
    }

    [Fact]
    public async Task A_directory_in_use_cannot_be_opened_again()
    {
        await using var log = await _test.OpenAsync();
        await Assert.ThrowsAsync<IOException>(_test.OpenAsync);
    }

    [Fact]
    public async Task Contradicting_options_are_refused_with_a_reason()
    {
        _test.Options.LogBytesMax = _test.Options.SegmentBytes;
        var refusal = await Assert.ThrowsAsync<ArgumentException>(_test.OpenAsync);
        Assert.Contains("LogBytesMax", refusal.Message, StringComparison.Ordinal);
    }
}
