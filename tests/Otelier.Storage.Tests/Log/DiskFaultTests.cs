using Otelier.Signals;
using Otelier.Storage.Log;
using Xunit;

namespace Otelier.Storage.Tests.Log;

public sealed class DiskFaultTests : IDisposable
{
    private readonly TestLog _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task After_a_failed_fsync_everything_is_refused_until_reopened_and_nothing_acknowledged_is_lost()
    {
        await using (var log = await _test.OpenAsync())
        {
            await TestLog.AppendedAsync(log, Signal.Traces, 1);
            _test.Disk.BeforeFlush = () => throw new IOException("fsync");
            var attachment = new Attachment(2);
            Assert.Equal(AppendOutcome.Failed, (await TestLog.AppendAsync(log, Signal.Traces, 2, 100, attachment)).Outcome);
            Assert.Equal(1, attachment.Disposals);
            _test.Disk.BeforeFlush = null;
            Assert.Equal(AppendOutcome.Failed, (await TestLog.AppendAsync(log, Signal.Traces, 3)).Outcome);
            Assert.True(log.IsFailed);

            // What was acknowledged is still delivered, but nothing can be cut.
            Assert.Equal([(1L, 1L)], await TestLog.ReadAllAsync(log.OpenTail(Signal.Traces)));
            Assert.Equal(AppendOutcome.Failed, await log.CutAsync(Signal.Traces, 1, 1, TestLog.Token));
            Assert.Empty(log.PendingCuts(Signal.Traces));
        }

        await using var reopened = await _test.OpenAsync();
        Assert.True(reopened.Recovery.IsClean);
        Assert.Equal(2, await TestLog.AppendedAsync(reopened, Signal.Traces, 4));
        Assert.Equal([(1L, 1L), (2L, 4L)], await TestLog.ReadAllAsync(reopened.OpenTail(Signal.Traces)));
    }

    [Fact]
    public async Task Those_waiting_behind_a_failed_fsync_are_answered_too()
    {
        await using var log = await _test.OpenAsync();
        using var isFlushing = new SemaphoreSlim(0);
        using var mayFlush = new SemaphoreSlim(0);
        _test.Disk.BeforeFlush = () =>
        {
            isFlushing.Release();
            mayFlush.Wait(CancellationToken.None);
            throw new IOException("fsync");
        };
        var first = TestLog.AppendAsync(log, Signal.Traces, 1).AsTask();
        await isFlushing.WaitAsync(TestLog.Token);
        var others = Enumerable.Range(2, 9).Select(number => TestLog.AppendAsync(log, Signal.Traces, number).AsTask()).ToArray();
        mayFlush.Release();

        Assert.All(await Task.WhenAll([first, .. others]), result => Assert.Equal(AppendOutcome.Failed, result.Outcome));
        Assert.Equal(0, log.Statistics.QueueBytes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(100)]
    public async Task A_write_cut_short_by_a_full_disk_is_taken_back_and_the_log_goes_on_when_there_is_space(int written)
    {
        await using (var log = await _test.OpenAsync())
        {
            await TestLog.AppendedAsync(log, Signal.Traces, 1);
            _test.Disk.ShortWrite = (written, FaultyDisk.DiskFull);
            Assert.Equal(AppendOutcome.ReadOnly, (await TestLog.AppendAsync(log, Signal.Traces, 2)).Outcome);
            Assert.True(log.IsReadOnly);
            Assert.Equal(AppendOutcome.ReadOnly, (await TestLog.AppendAsync(log, Signal.Traces, 3)).Outcome);
            _test.Time.Advance(_test.Options.FreeDiskCheckInterval);
            Assert.Equal(2, await TestLog.AppendedAsync(log, Signal.Traces, 4));
            Assert.False(log.IsReadOnly);
        }

        await using var reopened = await _test.OpenAsync();
        Assert.True(reopened.Recovery.IsClean);
        Assert.Equal([(1L, 1L), (2L, 4L)], await TestLog.ReadAllAsync(reopened.OpenTail(Signal.Traces)));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(10_000)]
    public async Task What_was_refused_because_of_a_full_disk_does_not_come_back_after_a_restart(int written)
    {
        await using (var log = await _test.OpenAsync())
        {
            await TestLog.AppendedAsync(log, Signal.Traces, 1);
            _test.Disk.ShortWrite = (written, FaultyDisk.DiskFull);
            Assert.Equal(AppendOutcome.ReadOnly, (await TestLog.AppendAsync(log, Signal.Traces, 2)).Outcome);
        }

        await using var reopened = await _test.OpenAsync();
        Assert.True(reopened.Recovery.IsClean);
        Assert.Equal([(1L, 1L)], await TestLog.ReadAllAsync(reopened.OpenTail(Signal.Traces)));
    }

    [Fact]
    public async Task A_write_error_that_is_not_a_full_disk_fails_the_log()
    {
        await using var log = await _test.OpenAsync();
        _test.Disk.ShortWrite = (20, new IOException("I/O error", 5));
        Assert.Equal(AppendOutcome.Failed, (await TestLog.AppendAsync(log, Signal.Traces, 1)).Outcome);
        Assert.True(log.IsFailed);
    }

    [Fact]
    public async Task A_disk_too_full_for_a_new_segment_keeps_the_old_one_usable()
    {
        await using var log = await _test.OpenAsync();
        await TestLog.AppendedAsync(log, Signal.Traces, 1, 3500);
        _test.Disk.ShortWrite = (10, FaultyDisk.DiskFull);
        Assert.Equal(AppendOutcome.ReadOnly, (await TestLog.AppendAsync(log, Signal.Traces, 2, 3500)).Outcome);
        Assert.Single(_test.SegmentPaths);
        _test.Time.Advance(_test.Options.FreeDiskCheckInterval);

        Assert.Equal(2, await TestLog.AppendedAsync(log, Signal.Traces, 3, 3500));
        Assert.Equal(2, _test.SegmentPaths.Length);
        Assert.Equal([(1L, 1L), (2L, 3L)], await TestLog.ReadAllAsync(log.OpenTail(Signal.Traces)));
    }

    [Fact]
    public async Task Below_the_free_space_limit_appends_are_refused_cuts_are_not_and_it_ends_by_itself()
    {
        _test.Options.FreeDiskBytesMin = 1000;
        await using var log = await _test.OpenAsync();
        await TestLog.AppendedAsync(log, Signal.Traces, 1);
        _test.Disk.Free = 999;
        await TestLog.AppendedAsync(log, Signal.Traces, 2);
        _test.Time.Advance(_test.Options.FreeDiskCheckInterval);
        var attachment = new Attachment(3);
        Assert.Equal(AppendOutcome.ReadOnly, (await TestLog.AppendAsync(log, Signal.Traces, 3, 100, attachment)).Outcome);
        Assert.Equal(1, attachment.Disposals);
        Assert.Equal(2, (await TestLog.ReadAllAsync(log.OpenTail(Signal.Traces))).Count);
        Assert.Equal(AppendOutcome.Appended, await log.CutAsync(Signal.Traces, 1, 2, TestLog.Token));

        _test.Disk.Free = 1000;
        _test.Time.Advance(_test.Options.FreeDiskCheckInterval);
        Assert.Equal(3, await TestLog.AppendedAsync(log, Signal.Traces, 4));
    }
}
