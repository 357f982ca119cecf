using Otelier.Signals;
using Xunit;

namespace Otelier.Storage.Tests.Log;

public sealed class RecoveryTests : IDisposable
{
    private readonly TestLog _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task A_tail_torn_at_any_byte_of_the_last_record_costs_that_record_only()
    {
        long lastBegins;
        await using (var log = await _test.OpenAsync())
        {
            await TestLog.AppendedAsync(log, Signal.Traces, 1);
            await TestLog.AppendedAsync(log, Signal.Traces, 2);
            lastBegins = log.Statistics.BytesOnDisk;
            await TestLog.AppendedAsync(log, Signal.Traces, 3);
        }

        var path = Assert.Single(_test.SegmentPaths);
        var whole = await File.ReadAllBytesAsync(path, TestLog.Token);
        for (var length = lastBegins; length < whole.Length; length++)
        {
            await File.WriteAllBytesAsync(path, whole[..(int)length], TestLog.Token);
            await using (var torn = await _test.OpenAsync())
            {
                Assert.Equal(length - lastBegins, torn.Recovery.TornTailBytes);
                Assert.Equal(0, torn.Recovery.DamageCount);
                // Shorter than what was torn, so that it would not cover it.
                Assert.Equal(3, await TestLog.AppendedAsync(torn, Signal.Traces, 4, 8));
            }

            await using var reopened = await _test.OpenAsync();
            Assert.True(reopened.Recovery.IsClean);
            Assert.Equal([(1L, 1L), (2L, 2L), (3L, 4L)], await TestLog.ReadAllAsync(reopened.OpenTail(Signal.Traces)));
        }

        Assert.Empty(_test.QuarantinedFiles);
    }

    [Fact]
    public async Task A_segment_torn_while_it_was_being_created_is_begun_again()
    {
        await using (var log = await _test.OpenAsync())
        {
            await TestLog.AppendedAsync(log, Signal.Traces, 1, 3500);
            await TestLog.AppendedAsync(log, Signal.Traces, 2, 3500);
        }

        for (var length = 0; length < 64; length++)
        {
            using (var file = File.OpenHandle(_test.SegmentPaths[1], FileMode.Open, FileAccess.Write))
                RandomAccess.SetLength(file, length);
            await using var torn = await _test.OpenAsync();
            Assert.Equal(length, torn.Recovery.TornTailBytes);
            Assert.Equal(2, await TestLog.AppendedAsync(torn, Signal.Traces, 3));
            Assert.Equal([(1L, 1L), (2L, 3L)], await TestLog.ReadAllAsync(torn.OpenTail(Signal.Traces)));
        }
    }

    [Fact]
    public async Task A_byte_flipped_anywhere_in_a_sealed_segment_costs_at_most_the_record_it_is_in()
    {
        var written = await WriteManyAsync();
        var path = _test.SegmentPaths[1];
        var whole = await File.ReadAllBytesAsync(path, TestLog.Token);
        var random = new Random(11);
        // Every byte of the preamble and of the first frames, then a sample: opening costs milliseconds.
        for (var at = 0; at < whole.Length; at += at < 400 ? 1 : 1 + random.Next(11))
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(path, damaged, TestLog.Token);
            await using (var log = await _test.OpenAsync())
            {
                Assert.Equal(1, log.Recovery.DamageCount);
                var damage = Assert.Single(log.Recovery.Damage);
                Assert.InRange(at, damage.Offset, damage.Offset + damage.Bytes - 1);
                var lost = written.Where(record => record.Sequence > damage.AfterSequence && record.Sequence < damage.BeforeSequence).ToList();
                Assert.True(lost.Count <= 1);
                Assert.Equal(at < 64, lost.Count == 0);
                var copy = await File.ReadAllBytesAsync(Assert.Single(_test.QuarantinedFiles), TestLog.Token);
                Assert.Equal(damaged[(int)damage.Offset..(int)(damage.Offset + damage.Bytes)], copy);
                var read = await TestLog.ReadAllAsync(log.OpenTail(Signal.Traces));
                read.AddRange(await TestLog.ReadAllAsync(log.OpenTail(Signal.Logs)));
                Assert.Equal(written.Except(lost), read.Order());
            }

            Directory.Delete(Path.Combine(_test.Options.Directory, "quarantine"), recursive: true);
        }
    }

    [Fact]
    public async Task Several_damaged_bytes_in_several_segments_cost_only_the_records_they_are_in()
    {
        var written = await WriteManyAsync();
        var random = new Random(12);
        foreach (var path in _test.SegmentPaths)
        {
            var bytes = await File.ReadAllBytesAsync(path, TestLog.Token);
            for (var hit = 0; hit < 4; hit++)
                bytes[64 + random.Next(bytes.Length - 64)] ^= 0x55;
            await File.WriteAllBytesAsync(path, bytes, TestLog.Token);
        }

        var hits = _test.SegmentPaths.Length * 4;
        await using var log = await _test.OpenAsync();
        var read = await TestLog.ReadAllAsync(log.OpenTail(Signal.Traces));
        read.AddRange(await TestLog.ReadAllAsync(log.OpenTail(Signal.Logs)));

        Assert.InRange(read.Count, written.Count - hits, written.Count - 1);
        Assert.Subset(written.ToHashSet(), read.ToHashSet());
        Assert.Equal(read.Count, log.Recovery.Records);
        Assert.Equal(read.Count, read.Distinct().Count());
        Assert.Equal(log.Recovery.DamageCount, _test.QuarantinedFiles.Length);
    }

    [Fact]
    public async Task A_damaged_last_record_is_kept_in_quarantine_and_its_number_not_used_again()
    {
        await using (var log = await _test.OpenAsync())
        {
            await TestLog.AppendedAsync(log, Signal.Traces, 1);
            await TestLog.AppendedAsync(log, Signal.Traces, 2);
        }

        var path = Assert.Single(_test.SegmentPaths);
        var bytes = await File.ReadAllBytesAsync(path, TestLog.Token);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, TestLog.Token);
        await using var reopened = await _test.OpenAsync();

        Assert.Single(_test.QuarantinedFiles);
        Assert.Equal(1, Assert.Single(reopened.Recovery.Damage).AfterSequence);
        Assert.True(await TestLog.AppendedAsync(reopened, Signal.Traces, 3) > 2);
        Assert.Equal([1, 3], (await TestLog.ReadAllAsync(reopened.OpenTail(Signal.Traces))).Select(record => record.Number));
    }

    [Fact]
    public async Task A_byte_flipped_while_the_log_is_open_costs_the_record_it_is_in_and_is_reported()
    {
        await using var log = await _test.OpenAsync();
        for (var number = 1; number <= 10; number++)
            await TestLog.AppendedAsync(log, Signal.Traces, number, 100);
        foreach (var offset in new[] { 64 + 2, 64 + (4 * 156) + 80 })
        {
            using var file = File.OpenHandle(_test.SegmentPaths[0], FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            RandomAccess.Write(file, [(byte)0xEE], offset);
        }

        var read = await TestLog.ReadAllAsync(log.OpenTail(Signal.Traces));

        Assert.Equal([2, 3, 4, 6, 7, 8, 9, 10], read.Select(record => record.Number));
        Assert.Equal(2 * 156, log.Statistics.QuarantinedBytes);
        Assert.Equal(8, log.LagOf(Signal.Traces).Records);
    }

    [Fact]
    public async Task A_frame_inside_a_payload_is_not_believed_when_the_record_around_it_is_damaged()
    {
        using var other = new TestLog();
        await using (var forgery = await other.OpenAsync())
            await TestLog.AppendedAsync(forgery, Signal.Traces, 666);
        var forged = (await File.ReadAllBytesAsync(other.SegmentPaths[0], TestLog.Token))[64..];
        await using (var log = await _test.OpenAsync())
        {
            await log.AppendAsync(TestLog.Header(Signal.Traces, 1), forged, null, 0, TestLog.Token);
            await TestLog.AppendedAsync(log, Signal.Traces, 2);
        }

        var bytes = await File.ReadAllBytesAsync(_test.SegmentPaths[0], TestLog.Token);
        bytes[64 + 9] ^= 1;
        await File.WriteAllBytesAsync(_test.SegmentPaths[0], bytes, TestLog.Token);
        await using var reopened = await _test.OpenAsync();

        Assert.Equal([(2L, 2L)], await TestLog.ReadAllAsync(reopened.OpenTail(Signal.Traces)));
    }

    [Fact]
    public async Task A_lost_checkpoint_file_is_reported_and_everything_delivered_again()
    {
        await using (var log = await _test.OpenAsync())
        {
            await TestLog.AppendedAsync(log, Signal.Traces, 1);
            await TestLog.ReadAllAsync(log.OpenTail(Signal.Traces));
            await log.CheckpointAsync(Signal.Traces, 1, TestLog.Token);
        }

        File.Delete(Path.Combine(_test.Options.Directory, "checkpoints"));
        await using var reopened = await _test.OpenAsync();
        Assert.True(reopened.Recovery.CheckpointLost);
        Assert.Single(await TestLog.ReadAllAsync(reopened.OpenTail(Signal.Traces)));
    }

    [Fact]
    public async Task A_checkpoint_beyond_a_lost_end_of_the_log_never_swallows_new_records()
    {
        await using (var log = await _test.OpenAsync())
        {
            for (var number = 1; number <= 3; number++)
                await TestLog.AppendedAsync(log, Signal.Traces, number);
            await TestLog.ReadAllAsync(log.OpenTail(Signal.Traces));
            await log.CheckpointAsync(Signal.Traces, 3, TestLog.Token);
        }

        using (var file = File.OpenHandle(_test.SegmentPaths[0], FileMode.Open, FileAccess.Write))
            RandomAccess.SetLength(file, 64);
        await using (var shortened = await _test.OpenAsync())
            Assert.Equal(4, await TestLog.AppendedAsync(shortened, Signal.Traces, 4));
        await using var reopened = await _test.OpenAsync();
        Assert.Equal([(4L, 4L)], await TestLog.ReadAllAsync(reopened.OpenTail(Signal.Traces)));
    }

    [Fact]
    public async Task A_lost_identity_is_found_again_in_the_segments()
    {
        Guid id;
        await using (var log = await _test.OpenAsync())
        {
            id = log.LogId;
            await TestLog.AppendedAsync(log, Signal.Traces, 1);
        }

        File.Delete(Path.Combine(_test.Options.Directory, "log.id"));
        await using var reopened = await _test.OpenAsync();
        Assert.Equal(id, reopened.LogId);
        Assert.Single(await TestLog.ReadAllAsync(reopened.OpenTail(Signal.Traces)));
    }

    [Fact]
    public async Task Segments_of_two_logs_in_one_directory_are_refused()
    {
        using var other = new TestLog();
        await using (var log = await other.OpenAsync())
            await TestLog.AppendedAsync(log, Signal.Traces, 1);
        await using (var log = await _test.OpenAsync())
            await TestLog.AppendedAsync(log, Signal.Traces, 1);
        File.Copy(other.SegmentPaths[0], Path.Combine(_test.Options.Directory, "00000000000000000007.wal"));

        await Assert.ThrowsAsync<InvalidDataException>(_test.OpenAsync);
    }

    [Fact]
    public async Task A_quarantine_at_its_limit_keeps_no_more_but_the_log_opens()
    {
        _test.Options.QuarantineBytesMax = 10;
        var written = await WriteManyAsync();
        var bytes = await File.ReadAllBytesAsync(_test.SegmentPaths[0], TestLog.Token);
        bytes[100] ^= 1;
        await File.WriteAllBytesAsync(_test.SegmentPaths[0], bytes, TestLog.Token);
        await using var log = await _test.OpenAsync();

        Assert.Null(Assert.Single(log.Recovery.Damage).Quarantine);
        Assert.Equal(written.Count - 1, log.Recovery.Records);
        Assert.True(log.Statistics.QuarantinedBytes > 0);
    }

    /// <summary>Three segments and a bit, of two signals.</summary>
    private async Task<List<(long Sequence, long Number)>> WriteManyAsync()
    {
        var written = new List<(long, long)>();
        await using var log = await _test.OpenAsync();
        while (_test.SegmentPaths.Length < 4)
        {
            var number = written.Count;
            var sequence = await TestLog.AppendedAsync(log, number % 3 == 0 ? Signal.Logs : Signal.Traces, number, 20 + (number % 5 * 60));
            written.Add((sequence, number));
        }

        return written;
    }
}
