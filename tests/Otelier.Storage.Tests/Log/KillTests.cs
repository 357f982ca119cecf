using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Otelier.Signals;
using Otelier.Storage.Log;
using Xunit;

namespace Otelier.Storage.Tests.Log;

/// <summary>
/// The real thing: this test program, started again as a child that does nothing but append, killed at a random instant.
/// </summary>
public sealed class KillTests : IDisposable
{
    private const string DirectoryVariable = "OTELIER_TEST_LOG_CHILD";
    private const string FirstNumberVariable = "OTELIER_TEST_LOG_FIRST";
    private const int NumbersPerRun = 10_000_000;

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
            using var child = Start(run * NumbersPerRun);
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

    /// <summary>What the child runs; explicit, so that nobody else does.</summary>
    [Fact(Explicit = true)]
    public async Task Child_that_appends_until_it_is_killed()
    {
        if (Environment.GetEnvironmentVariable(DirectoryVariable) is not { } directory)
        {
            Assert.Skip($"Only as a child, with {DirectoryVariable} set.");
            return;
        }

        var first = long.Parse(Environment.GetEnvironmentVariable(FirstNumberVariable)!, CultureInfo.InvariantCulture);
        var options = new LogOptions { Directory = directory, SegmentBytes = 256 << 10, FreeDiskBytesMin = 0 };
        await using var log = await WriteAheadLog.OpenAsync(options, TimeProvider.System, NullLogger.Instance, TestLog.Token);
        await using var output = Console.OpenStandardOutput();
        var gate = new Lock();
        var next = first;
        await Task.WhenAll(Enumerable.Range(0, 6).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            while (Interlocked.Increment(ref next) is var number && number < first + NumbersPerRun)
            {
                await TestLog.AppendedAsync(log, (Signal)(1 + (number % 3)), number, random.Next(20_000));
                lock (gate)
                    output.Write(Encoding.ASCII.GetBytes($"ack {number}\n"));
            }
        }, TestLog.Token)));
    }

    private Process Start(long firstNumber)
    {
        var program = Path.Combine(AppContext.BaseDirectory, typeof(KillTests).Assembly.GetName().Name!);
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? program + ".exe" : program)
        {
            ArgumentList = { "-explicit", "only", "-method", $"{typeof(KillTests).FullName}.{nameof(Child_that_appends_until_it_is_killed)}" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment[DirectoryVariable] = _test.Options.Directory;
        start.Environment[FirstNumberVariable] = firstNumber.ToString(CultureInfo.InvariantCulture);
        return Process.Start(start)!;
    }

    private static long? NumberOf(string line) =>
        line.StartsWith("ack ", StringComparison.Ordinal) && long.TryParse(line[4..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
