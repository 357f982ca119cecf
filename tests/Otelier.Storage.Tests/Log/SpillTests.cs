using Otelier.Signals;
using Xunit;

namespace Otelier.Storage.Tests.Log;

public sealed class SpillTests : IDisposable
{
    private readonly TestLog _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task Attachments_beyond_the_memory_limit_are_disposed_at_once_and_their_records_read_from_disk_in_order()
    {
        _test.Options.MemoryBytesMax = 500;
        await using var log = await _test.OpenAsync();
        var tail = log.OpenTail(Signal.Traces);
        var attachments = Enumerable.Range(0, 20).Select(number => new Attachment(number)).ToArray();
        foreach (var attachment in attachments)
            await TestLog.AppendedAsync(log, Signal.Traces, attachment.Number, 300, attachment);

        Assert.All(attachments[..5], attachment => Assert.Equal(0, attachment.Disposals));
        Assert.All(attachments[5..], attachment => Assert.Equal(1, attachment.Disposals));
        Assert.Equal(500, log.Statistics.MemoryBytes);
        Assert.Equal(15, log.Statistics.SpilledRecords);
        Assert.Equal(Enumerable.Range(0, 20).Select(number => (number + 1L, (long)number)), await TestLog.ReadAllAsync(tail));
        Assert.All(attachments, attachment => Assert.Equal(1, attachment.Disposals));
        Assert.Equal(0, log.Statistics.MemoryBytes);
    }

    [Fact]
    public async Task Memory_is_used_again_once_the_reader_has_made_room()
    {
        _test.Options.MemoryBytesMax = 200;
        await using var log = await _test.OpenAsync();
        var tail = log.OpenTail(Signal.Traces);
        var inMemory = new List<bool>();
        for (var round = 0; round < 3; round++)
        {
            for (var number = 0; number < 4; number++)
                await TestLog.AppendedAsync(log, Signal.Traces, number, 50, new Attachment(number));
            while (await tail.TryReadAsync(TimeSpan.Zero, TestLog.Token) is { } entry)
            {
                inMemory.Add(entry.Attachment is not null);
                entry.Dispose();
            }
        }

        Assert.Equal([true, true, false, false, true, true, false, false, true, true, false, false], inMemory);
    }

    [Fact]
    public async Task Records_beyond_the_count_limit_are_read_from_disk_too()
    {
        _test.Options.MemoryRecordsMax = 3;
        await using var log = await _test.OpenAsync();
        var attachments = Enumerable.Range(0, 8).Select(number => new Attachment(number, 0)).ToArray();
        foreach (var attachment in attachments)
            await TestLog.AppendedAsync(log, Signal.Logs, attachment.Number, 50, attachment);

        Assert.Equal(5, attachments.Count(attachment => attachment.Disposals == 1));
        Assert.Equal(8, (await TestLog.ReadAllAsync(log.OpenTail(Signal.Logs))).Count);
    }

    [Fact]
    public async Task A_signal_read_back_from_disk_skips_the_others_over_many_segments()
    {
        await using var log = await _test.OpenAsync();
        for (var number = 0; number < 300; number++)
            await TestLog.AppendedAsync(log, number % 50 == 0 ? Signal.Metrics : Signal.Traces, number, 200);

        Assert.True(_test.SegmentPaths.Length > 10);
        Assert.Equal(
            [(1L, 0L), (51L, 50L), (101L, 100L), (151L, 150L), (201L, 200L), (251L, 250L)],
            await TestLog.ReadAllAsync(log.OpenTail(Signal.Metrics)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Spilling_and_returning_during_concurrent_appends_loses_and_repeats_nothing(int seed)
    {
        _test.Options.MemoryBytesMax = 1000;
        _test.Options.SegmentBytes = 16 << 10;
        await using var log = await _test.OpenAsync();
        const int Each = 250;
        var appending = SignalsOfTest.Select(signal => Task.Run(async () =>
        {
            var random = new Random(seed * (int)signal);
            var attachments = new List<Attachment>();
            for (var number = 0; number < Each; number++)
            {
                var attachment = random.Next(4) == 0 ? null : new Attachment(number, random.Next(400));
                if (attachment is not null)
                    attachments.Add(attachment);
                await TestLog.AppendedAsync(log, signal, number, random.Next(600), attachment);
            }

            return attachments;
        })).ToArray();
        var reading = SignalsOfTest.Select(signal => Task.Run(async () =>
        {
            var tail = log.OpenTail(signal);
            var numbers = new List<long>();
            while (numbers.Count < Each)
            {
                using var entry = await tail.ReadAsync(TestLog.Token);
                numbers.Add(TestLog.NumberOf(entry));
            }

            return numbers;
        })).ToArray();

        foreach (var numbers in await Task.WhenAll(reading))
            Assert.Equal(Enumerable.Range(0, Each).Select(number => (long)number), numbers);
        Assert.All((await Task.WhenAll(appending)).SelectMany(all => all), attachment => Assert.Equal(1, attachment.Disposals));
        Assert.Equal(0, log.Statistics.MemoryBytes);
    }

    private static readonly Signal[] SignalsOfTest = [Signal.Traces, Signal.Logs, Signal.Metrics];
}
