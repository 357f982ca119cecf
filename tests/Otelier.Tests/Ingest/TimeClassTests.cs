using Otelier.Signals;
using Otelier.Signals.Logs;
using Otelier.Signals.Otlp;
using Otelier.Tests.Otlp;
using Xunit;

namespace Otelier.Tests.Ingest;

public sealed class TimeClassTests
{
    private const ulong Second = 1_000_000_000;
    private const ulong Day = 86_400 * Second;
    private const ulong Year2000 = 946_684_800 * Second;
    private const long Received = 1_750_000_000_000_000_000;

    [Fact]
    public void Times_before_2000_and_more_than_a_week_ahead_are_quarantined_and_no_others()
    {
        ulong[] wild = [0, 1, Year2000 - 1, (ulong)Received + (7 * Day) + 1, ulong.MaxValue];
        ulong[] sane = [Year2000, (ulong)Received - (100 * Day), (ulong)Received, (ulong)Received + (7 * Day)];

        Assert.All(wild, time => Assert.Equal(TimeClass.Quarantine, TimeClass.Of(time, Received)));
        Assert.All(sane, time => Assert.NotEqual(TimeClass.Quarantine, TimeClass.Of(time, Received)));
        Assert.Equal(wild.Length, TimeClass.CountQuarantined([.. sane, .. wild, .. sane], Received));
        Assert.Equal(wild.Length, TimeClass.CountQuarantined(wild, Received));
        Assert.Equal(0, TimeClass.CountQuarantined(sane, Received));
        Assert.Equal(0, TimeClass.CountQuarantined([], Received));
    }

    [Fact]
    public void Count_is_that_of_the_rows_the_tables_put_into_quarantine()
    {
        var random = new Random(20261120);
        for (var round = 0; round < 200; round++)
        {
            var times = new ulong[random.Next(0, 70)];
            foreach (ref var time in times.AsSpan())
                time = random.Next(4) == 0 ? (ulong)random.NextInt64() * 2 : (ulong)Received + (ulong)random.Next(1000);
            var classes = new byte[times.Length];
            TimeClass.Fill(times, Received, classes);

            Assert.Equal(classes.Count(one => one == TimeClass.Quarantine), TimeClass.CountQuarantined(times, Received));
        }
    }

    [Fact]
    public void Log_record_without_a_time_of_its_own_is_judged_by_when_it_was_observed_or_received()
    {
        using var batch = new LogBatch();
        var request = MessageBuilder.Request(
            record => record.WriteString(3, "neither time: it is that of receipt"),
            record => record.WriteFixed64(11, (ulong)Received),
            record => record.WriteFixed64(11, 5),
            record =>
            {
                record.WriteFixed64(1, 5);
                record.WriteFixed64(11, (ulong)Received);
            });

        Assert.Equal(DecodeError.None, new LogDecoder().Decode(request, batch, new Rejections()));

        Assert.Equal(4, batch.Count);
        Assert.Equal(2, batch.CountQuarantined(Received));
    }
}
