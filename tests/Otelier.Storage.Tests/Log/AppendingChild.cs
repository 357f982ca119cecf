using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Otelier.Signals;
using Otelier.Storage.Log;
using Xunit;

namespace Otelier.Storage.Tests.Log;

/// <summary>What <see cref="KillTests"/> starts and kills: a process that does nothing but append. It has a directory from its parent and none of its own.</summary>
public sealed class AppendingChild
{
    internal const string DirectoryVariable = "OTELIER_TEST_LOG_CHILD";
    internal const string FirstNumberVariable = "OTELIER_TEST_LOG_FIRST";
    internal const int NumbersPerRun = 10_000_000;

    internal static string Method => $"{typeof(AppendingChild).FullName}.{nameof(Child_that_appends_until_it_is_killed)}";

    /// <summary>Explicit, so that nobody else runs it.</summary>
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
}
