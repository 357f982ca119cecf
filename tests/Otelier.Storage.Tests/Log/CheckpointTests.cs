using Otelier.Signals;
using Otelier.Storage.Log;
using Xunit;

namespace Otelier.Storage.Tests.Log;

public sealed class CheckpointTests : IDisposable
{
    private readonly TestLog _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task Without_a_checkpoint_everything_is_delivered_again_and_new_records_come_after_it()
    {
        await using (var log = await _test.OpenAsync())
        {
            for (var number = 1; number <= 50; number++)
                await TestLog.AppendedAsync(log, Signal.Traces, number, 300, new Attachment(number));
            Assert.Equal(50, (await TestLog.ReadAllAsync(log.OpenTail(Signal.Traces))).Count);
        }

        await using var reopened = await _test.OpenAsync();
        Assert.Equal(50, reopened.LagOf(Signal.Traces).Records);
        await TestLog.AppendedAsync(reopened, Signal.Traces, 51, 300, new Attachment(51));
        Assert.Equal(
            Enumerable.Range(1, 51).Select(number => ((long)number, (long)number)),
            await TestLog.ReadAllAsync(reopened.OpenTail(Signal.Traces)));
    }

    [Fact]
    public async Task After_a_checkpoint_only_what_follows_is_delivered_again_per_signal()
    {
        await using (var log = await _test.OpenAsync())
        {
            for (var number = 1; number <= 12; number++)
                await TestLog.AppendedAsync(log, (Signal)(1 + (number % 3)), number);
            await TestLog.ReadAllAsync(log.OpenTail(Signal.Traces));
            await TestLog.ReadAllAsync(log.OpenTail(Signal.Logs));
            await log.CheckpointAsync(Signal.Traces, 6, TestLog.Token);
            await log.CheckpointAsync(Signal.Logs, 10, TestLog.Token);
            await log.CheckpointAsync(Signal.Logs, 4, TestLog.Token);
        }

        await using var reopened = await _test.OpenAsync();
        Assert.Equal(6, reopened.CheckpointOf(Signal.Traces));
        Assert.Equal(10, reopened.CheckpointOf(Signal.Logs));
        Assert.Equal([(9L, 9L), (12L, 12L)], await TestLog.ReadAllAsync(reopened.OpenTail(Signal.Traces)));
        Assert.Empty(await TestLog.ReadAllAsync(reopened.OpenTail(Signal.Logs)));
        Assert.Equal(4, (await TestLog.ReadAllAsync(reopened.OpenTail(Signal.Metrics))).Count);
    }

    [Fact]
    public async Task Cuts_after_the_checkpoint_survive_restarts_in_order_and_earlier_ones_are_forgotten()
    {
        string token;
        await using (var log = await _test.OpenAsync())
        {
            for (var number = 1; number <= 9; number++)
                await TestLog.AppendedAsync(log, Signal.Traces, number);
            await TestLog.ReadAllAsync(log.OpenTail(Signal.Traces));
            Assert.Equal(AppendOutcome.Appended, await log.CutAsync(Signal.Traces, 1, 3, TestLog.Token));
            Assert.Equal(AppendOutcome.Appended, await log.CutAsync(Signal.Traces, 4, 4, TestLog.Token));
            Assert.Equal(AppendOutcome.Appended, await log.CutAsync(Signal.Traces, 5, 8, TestLog.Token));
            await log.CheckpointAsync(Signal.Traces, 3, TestLog.Token);
            Assert.Equal([new LogCut(Signal.Traces, 4, 4), new LogCut(Signal.Traces, 5, 8)], log.PendingCuts(Signal.Traces));
            token = log.BlockToken(log.PendingCuts(Signal.Traces)[1]);
        }

        for (var run = 0; run < 2; run++)
        {
            await using var reopened = await _test.OpenAsync();
            Assert.Equal([new LogCut(Signal.Traces, 4, 4), new LogCut(Signal.Traces, 5, 8)], reopened.PendingCuts(Signal.Traces));
            Assert.Empty(reopened.PendingCuts(Signal.Logs));
            Assert.Equal(token, reopened.BlockToken(reopened.PendingCuts(Signal.Traces)[1]));
            Assert.Equal($"{reopened.LogId:N}:traces:5-8", token);
        }
    }

    [Fact]
    public async Task A_cut_that_overlaps_or_holds_records_not_delivered_is_a_bug_and_throws()
    {
        await using var log = await _test.OpenAsync();
        for (var number = 1; number <= 4; number++)
            await TestLog.AppendedAsync(log, Signal.Traces, number);
        var tail = log.OpenTail(Signal.Traces);
        (await tail.ReadAsync(TestLog.Token)).Dispose();
        (await tail.ReadAsync(TestLog.Token)).Dispose();
        await log.CutAsync(Signal.Traces, 1, 1, TestLog.Token);

        await Assert.ThrowsAsync<ArgumentException>(async () => await log.CutAsync(Signal.Traces, 1, 2, TestLog.Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await log.CutAsync(Signal.Traces, 2, 3, TestLog.Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await log.CutAsync(Signal.Traces, 3, 2, TestLog.Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await log.CheckpointAsync(Signal.Traces, 3, TestLog.Token));
    }

    [Fact]
    public async Task More_cuts_ahead_of_the_checkpoint_than_allowed_throw_until_there_is_one()
    {
        _test.Options.PendingCutsMax = 2;
        await using var log = await _test.OpenAsync();
        for (var number = 1; number <= 3; number++)
            await TestLog.AppendedAsync(log, Signal.Traces, number);
        await TestLog.ReadAllAsync(log.OpenTail(Signal.Traces));
        await log.CutAsync(Signal.Traces, 1, 1, TestLog.Token);
        await log.CutAsync(Signal.Traces, 2, 2, TestLog.Token);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await log.CutAsync(Signal.Traces, 3, 3, TestLog.Token));
        await log.CheckpointAsync(Signal.Traces, 1, TestLog.Token);
        Assert.Equal(AppendOutcome.Appended, await log.CutAsync(Signal.Traces, 3, 3, TestLog.Token));
    }

    [Fact]
    public async Task Checkpoints_delete_segments_that_no_signal_needs()
    {
        await using var log = await _test.OpenAsync();
        for (var number = 1; number <= 60; number++)
            await TestLog.AppendedAsync(log, number % 20 == 0 ? Signal.Logs : Signal.Traces, number, 1000);
        var before = _test.SegmentPaths.Length;
        await TestLog.ReadAllAsync(log.OpenTail(Signal.Traces));
        await TestLog.ReadAllAsync(log.OpenTail(Signal.Logs));

        await log.CheckpointAsync(Signal.Traces, 59, TestLog.Token);
        var heldByLogs = _test.SegmentPaths.Length;
        await log.CheckpointAsync(Signal.Logs, 40, TestLog.Token);
        var heldByLastLog = _test.SegmentPaths.Length;
        await log.CheckpointAsync(Signal.Logs, 60, TestLog.Token);

        Assert.Equal(20, before);
        Assert.InRange(heldByLogs, 10, 15);
        Assert.True(heldByLastLog < heldByLogs);
        Assert.Single(_test.SegmentPaths);
        Assert.Equal(new FileInfo(_test.SegmentPaths[0]).Length, log.Statistics.BytesOnDisk);
        Assert.Equal(default, log.LagOf(Signal.Traces));
    }

    [Fact]
    public async Task A_cut_not_checkpointed_holds_its_segment()
    {
        await using (var log = await _test.OpenAsync())
        {
            await TestLog.AppendedAsync(log, Signal.Traces, 1);
            await TestLog.AppendedAsync(log, Signal.Traces, 2);
            await TestLog.ReadAllAsync(log.OpenTail(Signal.Traces));
            await log.CheckpointAsync(Signal.Traces, 1, TestLog.Token);
            await log.CutAsync(Signal.Traces, 2, 2, TestLog.Token);
            for (var number = 3; number <= 20; number++)
                await TestLog.AppendedAsync(log, Signal.Logs, number, 1000);
            await TestLog.ReadAllAsync(log.OpenTail(Signal.Logs));
            await log.CheckpointAsync(Signal.Logs, 20, TestLog.Token);
        }

        await using var reopened = await _test.OpenAsync();
        Assert.Equal([new LogCut(Signal.Traces, 2, 2)], reopened.PendingCuts(Signal.Traces));
        Assert.Equal([(2L, 2L)], await TestLog.ReadAllAsync(reopened.OpenTail(Signal.Traces)));
    }

    [Fact]
    public async Task Numbers_go_on_after_everything_was_deleted()
    {
        await using (var log = await _test.OpenAsync())
        {
            for (var number = 1; number <= 20; number++)
                await TestLog.AppendedAsync(log, Signal.Traces, number, 1000);
            await TestLog.ReadAllAsync(log.OpenTail(Signal.Traces));
            await log.CheckpointAsync(Signal.Traces, 20, TestLog.Token);
        }

        await using var reopened = await _test.OpenAsync();
        Assert.Equal(21, await TestLog.AppendedAsync(reopened, Signal.Traces, 21));
        Assert.Equal([(21L, 21L)], await TestLog.ReadAllAsync(reopened.OpenTail(Signal.Traces)));
    }

    [Fact]
    public async Task A_full_log_refuses_records_takes_cuts_and_goes_on_after_a_checkpoint()
    {
        _test.Options.RecordBytesMax = 4000;
        _test.Options.LogBytesMax = 20_000;
        await using var log = await _test.OpenAsync();
        var sequence = 0L;
        var attachment = new Attachment(0);
        for (var number = 1; ; number++)
        {
            var result = await TestLog.AppendAsync(log, Signal.Traces, number, 1000, attachment = new Attachment(number));
            if (result.Outcome == AppendOutcome.Full)
                break;
            sequence = result.Sequence;
        }

        Assert.Equal(1, attachment.Disposals);
        Assert.InRange(sequence, 15, 19);
        Assert.InRange(log.Statistics.BytesOnDisk, 18_000, 20_000);
        Assert.Equal(sequence, (await TestLog.ReadAllAsync(log.OpenTail(Signal.Traces))).Count);
        Assert.Equal(AppendOutcome.Appended, await log.CutAsync(Signal.Traces, 1, sequence, TestLog.Token));
        Assert.Equal(AppendOutcome.Full, (await TestLog.AppendAsync(log, Signal.Traces, 0, 1000)).Outcome);
        await log.CheckpointAsync(Signal.Traces, sequence, TestLog.Token);
        Assert.Equal(sequence + 1, await TestLog.AppendedAsync(log, Signal.Traces, 0, 1000));
    }

    [Fact]
    public async Task A_log_with_nothing_left_to_drain_is_never_full()
    {
        _test.Options.RecordBytesMax = 4096;
        _test.Options.LogBytesMax = 8192;
        await using var log = await _test.OpenAsync();
        var tail = log.OpenTail(Signal.Traces);
        var random = new Random(5);
        for (var number = 1; number <= 100; number++)
        {
            var sequence = await TestLog.AppendedAsync(log, Signal.Traces, number, random.Next(4096));
            Assert.Single(await TestLog.ReadAllAsync(tail));
            await log.CheckpointAsync(Signal.Traces, sequence, TestLog.Token);
        }
    }

    [Fact]
    public async Task Lag_counts_until_the_checkpoint_and_tells_the_oldest()
    {
        await using var log = await _test.OpenAsync();
        var tail = log.OpenTail(Signal.Traces);
        for (var number = 1; number <= 5; number++)
            await TestLog.AppendedAsync(log, Signal.Traces, number, 100 * number, number < 3 ? new Attachment(number) : null);
        var oldest = TestLog.Header(Signal.Traces, 1).ReceivedUnixNano;
        Assert.Equal(new LogLag(5, 1500, oldest), log.LagOf(Signal.Traces));
        await TestLog.ReadAllAsync(tail);
        Assert.Equal(new LogLag(5, 1500, oldest), log.LagOf(Signal.Traces));
        await log.CheckpointAsync(Signal.Traces, 3, TestLog.Token);
        Assert.Equal(new LogLag(2, 900, oldest + 3), log.LagOf(Signal.Traces));
        await log.CheckpointAsync(Signal.Traces, 5, TestLog.Token);
        Assert.Equal(default, log.LagOf(Signal.Traces));
    }
}
