using Otelier.Signals;
using Otelier.Storage.Log;
using Xunit;

namespace Otelier.Storage.Tests.Log;

/// <summary>Random histories against a model that is nothing but lists.</summary>
public sealed class ModelTests
{
    private static readonly Signal[] Signals = [Signal.Traces, Signal.Logs, Signal.Metrics];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Any_history_delivers_what_was_acknowledged_and_not_checkpointed_once_and_in_order(int seed)
    {
        var random = new Random(seed);
        using var test = new TestLog();
        test.Options.SegmentBytes = random.Next(4096, 20_000);
        test.Options.RecordBytesMax = 6000;
        test.Options.LogBytesMax = random.Next(2) == 0 ? 1 << 30 : 40_000;
        test.Options.MemoryBytesMax = random.Next(0, 3000);
        test.Options.MemoryRecordsMax = random.Next(0, 20);
        test.Options.QueueBytesMax = 20_000;
        var model = new Model();
        var log = await test.OpenAsync();
        var tails = Signals.ToDictionary(signal => signal, log.OpenTail);
        for (var step = 0; step < 250; step++)
        {
            var signal = Signals[random.Next(Signals.Length)];
            switch (random.Next(20))
            {
                case < 9:
                    await AppendSomeAsync(log, model, random);
                    break;
                case < 15:
                    if (await tails[signal].TryReadAsync(TimeSpan.Zero, TestLog.Token) is { } entry)
                        model.Deliver(signal, entry);
                    else
                        Assert.Empty(model.Undelivered(signal));
                    break;
                case < 17 when model.Delivered(signal) > model.CutUpTo(signal):
                    var cut = new LogCut(signal, model.CutUpTo(signal) + 1, model.Delivered(signal));
                    Assert.Equal(AppendOutcome.Appended, await log.CutAsync(signal, cut.First, cut.Last, TestLog.Token));
                    model.Cuts.Add(cut);
                    break;
                case < 19 when model.Cuts.FindIndex(cut => cut.Signal == signal && cut.Last <= model.Delivered(signal)) is >= 0 and var index:
                    await log.CheckpointAsync(signal, model.Cuts[index].Last, TestLog.Token);
                    model.Checkpoint(signal, model.Cuts[index].Last);
                    break;
                case 19 when random.Next(4) == 0:
                    await log.DisposeAsync();
                    log = await test.OpenAsync();
                    Assert.True(log.Recovery.IsClean);
                    tails = Signals.ToDictionary(each => each, log.OpenTail);
                    model.Restart();
                    break;
                default:
                    break;
            }

            foreach (var each in Signals)
            {
                Assert.Equal(model.Cuts.Where(cut => cut.Signal == each), log.PendingCuts(each));
                Assert.Equal(model.Behind(each), log.LagOf(each).Records);
            }

            Assert.Equal(test.SegmentPaths.Sum(path => new FileInfo(path).Length), log.Statistics.BytesOnDisk);
        }

        foreach (var signal in Signals)
            Assert.Equal(model.Undelivered(signal), await TestLog.ReadAllAsync(tails[signal]));
        await log.DisposeAsync();
        Assert.Equal(0, log.Statistics.MemoryBytes);
        Assert.All(model.Attachments, attachment => Assert.Equal(1, attachment.Disposals));
    }

    private static async Task AppendSomeAsync(WriteAheadLog log, Model model, Random random)
    {
        var appends = Enumerable.Range(0, random.Next(1, 6)).Select(async _ =>
        {
            var signal = Signals[random.Next(Signals.Length)];
            var number = model.NextNumber++;
            var attachment = random.Next(3) == 0 ? null : new Attachment(number, random.Next(500));
            if (attachment is not null)
                model.Attachments.Add(attachment);
            var result = await TestLog.AppendAsync(log, signal, number, random.Next(10) == 0 ? random.Next(7000) : random.Next(400), attachment);
            return (signal, number, result);
        }).ToArray();
        foreach (var (signal, number, result) in (await Task.WhenAll(appends)).OrderBy(append => append.result.Sequence))
        {
            if (result.Outcome == AppendOutcome.Appended)
                model.Append(signal, result.Sequence, number);
        }
    }

    private sealed class Model
    {
        private readonly Dictionary<Signal, List<(long Sequence, long Number)>> _records = Signals.ToDictionary(signal => signal, _ => new List<(long, long)>());
        private readonly Dictionary<Signal, long> _delivered = Signals.ToDictionary(signal => signal, _ => 0L);
        private readonly Dictionary<Signal, long> _cutUpTo = Signals.ToDictionary(signal => signal, _ => 0L);
        private readonly Dictionary<Signal, long> _checkpoints = Signals.ToDictionary(signal => signal, _ => 0L);
        private long _last;

        public long NextNumber { get; set; }

        public List<LogCut> Cuts { get; } = [];

        public List<Attachment> Attachments { get; } = [];

        public void Append(Signal signal, long sequence, long number)
        {
            Assert.Equal(++_last, sequence);
            _records[signal].Add((sequence, number));
        }

        public long Delivered(Signal signal) => _delivered[signal];

        public long CutUpTo(Signal signal) => _cutUpTo[signal] = Math.Max(_cutUpTo[signal], Cuts.LastOrDefault(cut => cut.Signal == signal).Last);

        public List<(long Sequence, long Number)> Undelivered(Signal signal) =>
            _records[signal].Where(record => record.Sequence > _delivered[signal]).ToList();

        public int Behind(Signal signal) => _records[signal].Count(record => record.Sequence > _checkpoints[signal]);

        public void Deliver(Signal signal, LogEntry entry)
        {
            using (entry)
            {
                var expected = Undelivered(signal)[0];
                Assert.Equal(expected, (entry.Sequence, TestLog.NumberOf(entry)));
                Assert.Equal(TestLog.Header(signal, expected.Number), entry.Header);
                _delivered[signal] = entry.Sequence;
            }
        }

        public void Checkpoint(Signal signal, long last)
        {
            CutUpTo(signal);
            _checkpoints[signal] = last;
            Cuts.RemoveAll(cut => cut.Signal == signal && cut.Last <= last);
        }

        public void Restart()
        {
            foreach (var signal in Signals)
                _delivered[signal] = _checkpoints[signal];
        }
    }
}
