using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Otelier.Signals;
using Otelier.Storage.ClickHouse.Transports;
using Xunit;

namespace Otelier.Tests.EndToEnd;

/// <summary>"200 OK means fsynced", tried the hard way: a real server, killed again and again while it is being written to.</summary>
[Collection(EngineCollection.Name)]
public sealed class CrashTests
{
    private const int Kills = 24;
    private const int WritersPerSignal = 2;
    private const int Seed = 20261120;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);

    /// <summary>Everything about one signal's numbers in the store.</summary>
    private static readonly Dictionary<Signal, string> NumbersOf = new()
    {
        [Signal.Traces] = $"SELECT ResourceAttributes['{NumberedWriter.WriterKey}'] AS Writer, toInt64(SpanAttributes['{NumberedWriter.NumberKey}']) AS Number, toInt64(count()) AS Times FROM otel_traces GROUP BY 1, 2",
        [Signal.Logs] = $"SELECT ResourceAttributes['{NumberedWriter.WriterKey}'] AS Writer, toInt64(LogAttributes['{NumberedWriter.NumberKey}']) AS Number, toInt64(count()) AS Times FROM otel_logs GROUP BY 1, 2",
        [Signal.Metrics] = $"SELECT s.Writer AS Writer, toInt64(p.Value) AS Number, toInt64(count()) AS Times FROM metric_points p INNER JOIN (SELECT SeriesId, any(ResourceAttributes['{NumberedWriter.WriterKey}']) AS Writer FROM metric_series GROUP BY SeriesId) s USING SeriesId GROUP BY 1, 2",
    };

    /// <summary>Rows in the base table against what the tables derived from it say.</summary>
    private static readonly string[] DerivedMustAgree =
    [
        "SELECT assumeNotNull((SELECT toInt64(count()) FROM otel_traces)) AS Base, assumeNotNull((SELECT toInt64(sum(Count)) FROM otel_red_1m)) AS Derived",
        "SELECT assumeNotNull((SELECT toInt64(count()) FROM otel_traces)) AS Base, assumeNotNull((SELECT toInt64(sum(arraySum(mapValues(DurationBuckets)))) FROM otel_red_1m)) AS Derived",
        "SELECT assumeNotNull((SELECT toInt64(count()) FROM otel_traces)) AS Base, assumeNotNull((SELECT toInt64(sum(Count)) FROM otel_red_service_1m)) AS Derived",
        "SELECT assumeNotNull((SELECT toInt64(sum(Requests)) FROM otel_red_service_1m)) AS Base, assumeNotNull((SELECT toInt64(sum(arraySum(mapValues(DurationBuckets)))) FROM otel_red_service_1m)) AS Derived",
        $"SELECT assumeNotNull((SELECT toInt64(count()) FROM otel_traces)) AS Base, assumeNotNull((SELECT toInt64(sum(Count)) FROM otel_attribute_catalog WHERE Signal = 'traces' AND Key = '{NumberedWriter.NumberKey}' AND Value = '')) AS Derived",
        $"SELECT assumeNotNull((SELECT toInt64(count()) FROM otel_logs)) AS Base, assumeNotNull((SELECT toInt64(sum(Count)) FROM otel_attribute_catalog WHERE Signal = 'logs' AND Key = '{NumberedWriter.NumberKey}' AND Value = '')) AS Derived",
    ];

    [Fact]
    public async Task Every_acknowledged_item_survives_kills_exactly_once()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var random = new Random(Seed);
        using var directory = new TemporaryDirectory();
        NumberedWriter[] writers =
        [
            .. from signal in new[] { Signal.Traces, Signal.Logs, Signal.Metrics }
               from number in Enumerable.Range(0, WritersPerSignal)
               select new NumberedWriter(signal, $"{signal}-{number}"),
        ];

        for (var kill = 0; kill < Kills; kill++)
        {
            await using var server = await ServerProcess.StartAsync(directory.Path, cancellation);
            using var client = new HttpClient(new SocketsHttpHandler());
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var acknowledgedBefore = writers.Sum(writer => writer.Acknowledged.Count);
            var sending = writers.Select((writer, i) => SendUntilAsync(writer, client, server.OtlpHttp, new Random(Seed + (kill * 100) + i), stop.Token)).ToList();
            await WaitForAsync(() => writers.Sum(writer => writer.Acknowledged.Count) > acknowledgedBefore, server, cancellation);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1500)), cancellation);
            await server.KillAsync();
            await stop.CancelAsync();
            await Task.WhenAll(sending);
        }

        await using (var server = await ServerProcess.StartAsync(directory.Path, cancellation))
        {
            using var client = new HttpClient(new SocketsHttpHandler());
            await server.WaitUntilDrainedAsync(client, cancellation);
            Assert.Equal(0, await server.StopAsync(cancellation));
        }

        Assert.All(writers, writer => Assert.NotEmpty(writer.Acknowledged));
        await CheckAsync(directory.Path, writers, cancellation);
    }

    private static async Task CheckAsync(string dataDirectory, NumberedWriter[] writers, CancellationToken cancellation)
    {
        await using var transport = ChdbTransport.Open(
            new ChdbOptions { DataDirectory = Path.Combine(dataDirectory, "engine") }, NullLogger.Instance);
        foreach (var (signal, sql) in NumbersOf)
        {
            var times = new Dictionary<(string Writer, long Number), long>();
            await foreach (var block in transport.QueryAsync(SqlStatement.Unlimited(sql), cancellation))
            {
                for (var row = 0; row < block.RowCount; row++)
                    times[(Encoding.UTF8.GetString(block.GetBytes("Writer")[row]), block.GetInt64("Number").Values[row])] = block.GetInt64("Times").Values[row];
            }

            foreach (var writer in writers.Where(writer => writer.Signal == signal))
            {
                var lost = writer.Acknowledged.Where(number => !times.ContainsKey((writer.Name, number))).Order().ToList();
                Assert.True(lost.Count == 0, $"{writer.Name} lost {lost.Count} of {writer.Acknowledged.Count}: {string.Join(' ', lost.Take(20))}");
                var invented = times.Keys.Where(key => key.Writer == writer.Name && !writer.Acknowledged.Contains(key.Number) && !writer.Unknown.Contains(key.Number)).ToList();
                Assert.True(invented.Count == 0, $"{writer.Name} has {invented.Count} that were never sent: {string.Join(' ', invented.Take(20))}");
            }

            var repeated = times.Where(pair => pair.Value != 1).ToList();
            Assert.True(repeated.Count == 0, $"{repeated.Count} of {signal} are there more than once: {string.Join(' ', repeated.Take(20))}");
        }

        foreach (var sql in DerivedMustAgree)
        {
            await foreach (var block in transport.QueryAsync(SqlStatement.Unlimited(sql), cancellation))
                Assert.Equal(block.GetInt64("Base").Values[0], block.GetInt64("Derived").Values[0]);
        }
    }

    private static async Task SendUntilAsync(NumberedWriter writer, HttpClient client, Uri otlpHttp, Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await writer.SendAsync(client, otlpHttp, random.Next(1, 200), CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static async Task WaitForAsync(Func<bool> condition, ServerProcess server, CancellationToken cancellation)
    {
        while (!condition())
        {
            cancellation.ThrowIfCancellationRequested();
            Assert.True(IsRunning(server), server.Output);
            await Task.Delay(Poll, cancellation);
        }
    }

    private static bool IsRunning(ServerProcess server)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(server.ProcessId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
