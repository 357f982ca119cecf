using System.Net;
using Otelier.Benchmarks.Processes;
using Otelier.Benchmarks.Report;
using Otelier.Cli.Load;
using Otelier.Signals;

namespace Otelier.Benchmarks.EndToEnd;

/// <summary>Ingest at a modest rate while fifty clients ask heavy questions without a pause.</summary>
internal static class BusyQueriesCase
{
    private const int SpansPerSecond = 25_000;
    private const int Clients = 50;

    /// <summary>Every span of the range is read, paired or looked through.</summary>
    private static readonly string[] Heavy =
    [
        "/api/v1/service-map?start=-1h",
        "/api/v1/spans?start=-1h&q=" + "name ~ \"(a|b|c).*(d|e|f).*never[0-9]{9}$\"",
        "/api/v1/spans/aggregate?start=-1h&aggregates=p99(duration)&groupBy=name",
    ];

    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var directory = context.NewDirectory("server");
        try
        {
            await using var server = await ServerProcess.StartAsync(context, directory, cancellationToken);
            await LoadProcess.RunAsync(
                context,
                server,
                new LoadOrder(Signal.Traces) { Items = context.Quick ? 50_000 : 1_000_000, Spread = TimeSpan.FromMinutes(50), Seed = 2 },
                cancellationToken);
            await server.WaitDrainedAsync(Signal.Traces, cancellationToken);
            var order = new LoadOrder(Signal.Traces) { Rate = SpansPerSecond, Duration = TimeSpan.FromSeconds(context.Quick ? 6 : 30) };
            var quiet = await LoadProcess.RunAsync(context, server, order, cancellationToken);
            var (busy, answers) = await RunBusyAsync(context, server, order with { Seed = 3 }, cancellationToken);
            await server.StopAsync(cancellationToken);
            return
            [
                new Figure("ack p50, no queries", quiet.LatencyMillis.P50, "ms"),
                new Figure("ack p95, no queries", quiet.LatencyMillis.P95, "ms"),
                new Figure("ack p50, 50 clients", busy.LatencyMillis.P50, "ms") { Goal = Goal.Most(5) },
                new Figure("ack p95, 50 clients", busy.LatencyMillis.P95, "ms"),
                new Figure("acknowledged, 50 clients", busy.ItemsPerSecond, "spans/s"),
                new Figure("queries answered", answers.GetValueOrDefault(HttpStatusCode.OK), ""),
                new Figure("queries told to come later", answers.GetValueOrDefault(HttpStatusCode.ServiceUnavailable), ""),
            ];
        }
        finally
        {
            ServerRun.DeleteIfThere(directory);
        }
    }

    private static async Task<(LoadReport Report, Dictionary<HttpStatusCode, int> Answers)> RunBusyAsync(
        BenchContext context, ServerProcess server, LoadOrder order, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var asking = Enumerable.Range(0, Clients).Select(i => AskAsync(client, new Uri(server.Api, Heavy[i % Heavy.Length]), ended.Token)).ToList();
        var report = await LoadProcess.RunAsync(context, server, order, cancellationToken);
        await ended.CancelAsync();
        var answers = (await Task.WhenAll(asking)).SelectMany(codes => codes).GroupBy(code => code).ToDictionary(codes => codes.Key, codes => codes.Count());
        return (report, answers);
    }

    private static async Task<List<HttpStatusCode>> AskAsync(HttpClient client, Uri address, CancellationToken ended)
    {
        var codes = new List<HttpStatusCode>();
        try
        {
            while (true)
            {
                using var answer = await client.GetAsync(address, ended);
                codes.Add(answer.StatusCode);
                if (answer.Headers.RetryAfter is not null)
                    await Task.Delay(TimeSpan.FromSeconds(1), ended);
            }
        }
        catch (OperationCanceledException)
        {
            return codes;
        }
    }
}
