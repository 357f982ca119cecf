using System.Diagnostics;
using System.Globalization;
using Otelier.Signals;
using Xunit;

namespace Otelier.Storage.Tests.Log;

/// <summary>
/// The real thing: this test program, started again as a child that does nothing but append, killed at a random instant.
/// </summary>
public sealed class KillTests : IDisposable
{
    private readonly TestLog _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task Killed_at_random_instants_the_log_has_every_acknowledged_record_once()
    {
        const int Kills = 6;
        var random = new Random(Environment.TickCount);
        var acknowledged = new HashSet<long>();
        for (var run = 0; run < Kills; run++)
        {
            var before = acknowledged.Count;
            var acknowledgedBeforeKill = random.Next(1, 1500);
            using var child = Start(run * AppendingChild.NumbersPerRun);
            while (await child.StandardOutput.ReadLineAsync(TestLog.Token) is { } line)
            {
                if (NumberOf(line) is not { } number)
                    continue;
                Assert.True(acknowledged.Add(number), "A number was acknowledged twice.");
                // The child goes on while this is under way, so the instant is any.
                if (acknowledged.Count - before == acknowledgedBeforeKill)
                    child.Kill();
            }

            await child.WaitForExitAsync(TestLog.Token);
            Assert.True(acknowledged.Count > before, await child.StandardError.ReadToEndAsync(TestLog.Token));
        }

        _test.Options.LogBytesMax = 4L << 30;
        await using var log = await _test.OpenAsync();
        var found = new List<long>();
        foreach (var signal in new[] { Signal.Traces, Signal.Logs, Signal.Metrics })
        {
            var records = await TestLog.ReadAllAsync(log.OpenTail(signal));
            Assert.Equal(records.OrderBy(record => record.Sequence), records);
            found.AddRange(records.Select(record => record.Number));
        }

        Assert.Equal(0, log.Recovery.DamageCount);
        Assert.Equal(found.Count, found.Distinct().Count());
        Assert.Empty(acknowledged.Except(found));
        Assert.Equal(log.Recovery.NextSequence - 1, found.Count);
    }

    private Process Start(long firstNumber)
    {
        var program = Path.Combine(AppContext.BaseDirectory, typeof(KillTests).Assembly.GetName().Name!);
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? program + ".exe" : program)
        {
            ArgumentList = { "-explicit", "only", "-method", AppendingChild.Method },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment[AppendingChild.DirectoryVariable] = _test.Options.Directory;
        start.Environment[AppendingChild.FirstNumberVariable] = firstNumber.ToString(CultureInfo.InvariantCulture);
        return Process.Start(start)!;
    }

    private static long? NumberOf(string line) =>
        line.StartsWith("ack ", StringComparison.Ordinal) && long.TryParse(line[4..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
