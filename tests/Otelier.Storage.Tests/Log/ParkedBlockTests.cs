using Otelier.Signals;
using Otelier.Storage.Log;
using Xunit;

namespace Otelier.Storage.Tests.Log;

public sealed class ParkedBlockTests : IDisposable
{
    private const int Records = 60;
    private readonly TestLog _test = new();

    private string Folder => Path.Combine(_test.Options.Directory, "parked");

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task Parked_block_outlives_its_segments_with_every_byte_of_its_signal()
    {
        LogCut cut;
        string token;
        await using (var log = await _test.OpenAsync())
        {
            cut = await CutAsync(log);
            token = log.BlockToken(cut);
            Assert.True(await log.ParkAsync(cut, "it holds poison", TestLog.Token));
            await log.CheckpointAsync(Signal.Traces, cut.Last, TestLog.Token);
            await log.CheckpointAsync(Signal.Logs, Records * 2, TestLog.Token);
        }

        await using (var log = await _test.OpenAsync())
        {
            Assert.Single(_test.SegmentPaths);
            var parked = Assert.Single(log.Parked.All);
            Assert.Equal((cut, token), (parked.Cut, parked.Token));
            var entries = log.Parked.TryRead(parked)!;
            Assert.Equal(Enumerable.Range(0, Records).Select(number => (long)number * 2), entries.Select(TestLog.NumberOf));
            Assert.All(entries, entry => Assert.Equal(TestLog.Header(Signal.Traces, TestLog.NumberOf(entry)), entry.Header));
            Assert.Equal("it holds poison", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Folder, "*.txt")), TestLog.Token));

            log.Parked.Remove(parked);
            Assert.Empty(Directory.GetFiles(Folder));
        }
    }

    [Fact]
    public async Task Block_parked_without_its_checkpoint_is_the_logs_again_after_a_crash()
    {
        LogCut cut;
        await using (var log = await _test.OpenAsync())
        {
            cut = await CutAsync(log);
            Assert.True(await log.ParkAsync(cut, "killed right after", TestLog.Token));
        }

        await using (var log = await _test.OpenAsync())
        {
            Assert.Empty(log.Parked.All);
            Assert.Equal([cut], log.PendingCuts(Signal.Traces));
            Assert.Equal(Records, (await TestLog.ReadAllAsync(log.OpenTail(Signal.Traces))).Count);
        }
    }

    [Fact]
    public async Task Block_that_finds_no_room_is_not_parked_and_leaves_nothing_behind()
    {
        _test.Options.ParkedBytesMax = 2000;
        await using var log = await _test.OpenAsync();
        var cut = await CutAsync(log);

        Assert.False(await log.ParkAsync(cut, "too large", TestLog.Token));

        Assert.Empty(log.Parked.All);
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public async Task Erased_tenant_leaves_the_others_of_a_block_and_its_token()
    {
        var (gone, stays) = (TestLog.Header(Signal.Traces, 0).Tenant, TestLog.Header(Signal.Traces, 2).Tenant);
        Assert.NotEqual(gone, stays);
        string token;
        await using (var log = await _test.OpenAsync())
        {
            var cut = await CutAsync(log);
            token = log.BlockToken(cut);
            Assert.True(await log.ParkAsync(cut, "it holds poison", TestLog.Token));
            await log.CheckpointAsync(Signal.Traces, cut.Last, TestLog.Token);
            var whole = log.Parked.TryRead(log.Parked.All[0])!;

            Assert.Equal(whole.Count(entry => entry.Header.Tenant == gone), log.Parked.Erase(gone));

            Assert.Equal(0, log.Parked.Erase(gone));
            Assert.Equal(
                whole.Where(entry => entry.Header.Tenant != gone).Select(TestLog.NumberOf), log.Parked.TryRead(log.Parked.All[0])!.Select(TestLog.NumberOf));
        }

        await using (var log = await _test.OpenAsync())
        {
            var parked = Assert.Single(log.Parked.All);
            Assert.Equal(token, parked.Token);
            Assert.Equal(new FileInfo(Assert.Single(Directory.GetFiles(Folder, "*.wal"))).Length, parked.Bytes);
            Assert.DoesNotContain(log.Parked.TryRead(parked)!, entry => entry.Header.Tenant == gone);
            foreach (var tenant in log.Parked.TryRead(parked)!.Select(entry => entry.Header.Tenant).Distinct())
                log.Parked.Erase(tenant);
            Assert.Empty(log.Parked.All);
            Assert.Empty(Directory.GetFiles(Folder));
            Assert.Empty(log.Parked.TryRead(parked)!);
        }
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.999)]
    public async Task Damaged_file_is_told_and_not_taken_for_a_smaller_block(double at)
    {
        await using var log = await _test.OpenAsync();
        var cut = await CutAsync(log);
        Assert.True(await log.ParkAsync(cut, "", TestLog.Token));
        var path = Assert.Single(Directory.GetFiles(Folder, "*.wal"));
        var bytes = await File.ReadAllBytesAsync(path, TestLog.Token);
        bytes[(int)(bytes.Length * at)] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, TestLog.Token);

        Assert.Null(log.Parked.TryRead(log.Parked.All[0]));
        Assert.True(File.Exists(path));
    }

    /// <summary>Even numbers to traces, odd ones to logs, over several segments; one cut of all traces.</summary>
    private static async Task<LogCut> CutAsync(WriteAheadLog log)
    {
        for (var number = 0; number < Records * 2; number++)
            await TestLog.AppendedAsync(log, number % 2 == 0 ? Signal.Traces : Signal.Logs, number, length: 300);
        var delivered = await TestLog.ReadAllAsync(log.OpenTail(Signal.Traces));
        await TestLog.ReadAllAsync(log.OpenTail(Signal.Logs));
        var cut = new LogCut(Signal.Traces, delivered[0].Sequence, delivered[^1].Sequence);
        Assert.Equal(AppendOutcome.Appended, await log.CutAsync(cut.Signal, cut.First, cut.Last, TestLog.Token));
        return cut;
    }
}
