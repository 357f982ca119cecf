using Otelier.Benchmarks.EndToEnd;
using Otelier.Benchmarks.Processes;
using Otelier.Benchmarks.Report;
using Otelier.Signals;

namespace Otelier.Benchmarks.Queries;

/// <summary>Reading through REST from a store that holds ten million unique spans, and how much room they take.</summary>
internal static class QueryCase
{
    private const int Rounds = 5;
    private const int IngestPerSecond = 100_000;
    private static readonly TimeSpan Spread = TimeSpan.FromHours(1);

    /// <summary>How long the load is on before reading begins: blocks are being inserted and merged by then.</summary>
    private static readonly TimeSpan RampUp = TimeSpan.FromSeconds(3);

    private static readonly string[] Services =
        ["storefront", "edge-gateway", "orders", "basket", "payments", "stock", "search-index", "pricing", "accounts", "delivery"];

    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var directory = context.NewDirectory("queries");
        try
        {
            List<Figure> figures;
            await using (var server = await ServerProcess.StartAsync(context, directory, cancellationToken))
            {
                await FillAsync(context, server, Signal.Traces, 10_000_000, cancellationToken);
                await FillAsync(context, server, Signal.Logs, 3_000_000, cancellationToken);
                await FillAsync(context, server, Signal.Metrics, 10_000_000, cancellationToken);
                context.Say("queries: waiting for the merges");
                await ProcessUse.WaitQuietAsync(server.Process, EngineInsert.MergesMax, cancellationToken);
                figures = [.. await ReadAsync(context, server, cancellationToken)];
                await server.StopAsync(cancellationToken);
            }

            context.Say("queries: merging all parts");
            var tables = await BenchChild.RunAsync(context, new TableInspectionOrder(directory, Merge: true), cancellationToken);
            return [.. figures, Room("span", Signal.Traces, 100), Room("log record", Signal.Logs, 60), Room("metric point", Signal.Metrics, 4)];

            Figure Room(string item, Signal signal, double most)
            {
                var size = tables.Of(ServerRun.TableOf(signal));
                return new Figure($"on disk, per {item} of {size.Rows:N0}", size.BytesOnDisk / (double)size.Rows, "bytes") { Goal = Goal.Most(most) };
            }
        }
        finally
        {
            ServerRun.DeleteIfThere(directory);
        }
    }

    private static async Task FillAsync(BenchContext context, ServerProcess server, Signal signal, long items, CancellationToken cancellationToken)
    {
        items = context.Quick ? items / 50 : items;
        context.Say($"queries: filling in {items:N0} unique {signal.ToString().ToLowerInvariant()}");
        await LoadProcess.RunAsync(
            context, server, new LoadOrder(signal) { Items = items, Spread = Spread, Batch = signal == Signal.Metrics ? 5000 : 1000 }, cancellationToken);
        await server.WaitDrainedAsync(signal, cancellationToken);
    }

    private static async Task<IReadOnlyList<Figure>> ReadAsync(BenchContext context, ServerProcess server, CancellationToken cancellationToken)
    {
        var api = new ApiQueries(server);
        var now = TimeProvider.System.GetUtcNow();
        var ids = await api.TraceIdsAsync(now - Spread, now, context.Quick ? 50 : 250, cancellationToken);
        var perRound = ids.Count / Rounds;
        var paths = ids.Select(id => $"/api/v1/traces/{id}").ToList();
        var spans = Services.Select(service => $"/api/v1/spans?service={service}&start=-1h&limit=100").ToList();
        var logs = Services.Select(service => $"/api/v1/logs?service={service}&start=-1h&limit=100").ToList();
        string[] services = ["/api/v1/services?start=-1h"];

        // Compiles what reading needs and opens the files.
        await api.TimeAsync(paths.Take(10).Concat(paths.TakeLast(10)), "spans", 1, cancellationToken);
        await api.TimeAsync(services, "services", 1, cancellationToken);

        List<double> idle = [], busy = [], newestSpans = [], newestLogs = [], red = [];
        for (var round = 0; round < Rounds; round++)
        {
            context.Say($"queries: round {round + 1} of {Rounds}");
            var some = paths.GetRange(round * perRound, perRound);
            idle.AddRange(await api.TimeAsync(some, "spans", 1, cancellationToken));
            newestSpans.AddRange(await api.TimeAsync(spans.Concat(spans), "spans", 100, cancellationToken));
            newestLogs.AddRange(await api.TimeAsync(logs.Concat(logs), "logs", 100, cancellationToken));
            red.AddRange(await api.TimeAsync(Enumerable.Repeat(services[0], 20), "services", 10, cancellationToken));

            var load = LoadProcess.RunAsync(
                context, server, new LoadOrder(Signal.Traces) { Rate = IngestPerSecond, Duration = RampUp + TimeSpan.FromSeconds(6), Seed = round + 2 }, cancellationToken);
            await Task.Delay(RampUp, cancellationToken);
            busy.AddRange(await api.TimeAsync(some, "spans", 1, cancellationToken));
            if (load.IsCompleted)
                context.Say("queries: the ingest ended before the reading did; its figures are too good");
            await load;
            await server.WaitDrainedAsync(Signal.Traces, cancellationToken);
            await ProcessUse.WaitQuietAsync(server.Process, TimeSpan.FromSeconds(20), cancellationToken);
        }

        return
        [
            P("trace by id p50", idle, 0.5, null),
            P("trace by id p95", idle, 0.95, Goal.Most(25)),
            P("trace by id p50 during 100,000 spans/s", busy, 0.5, null),
            P("trace by id p95 during 100,000 spans/s", busy, 0.95, Goal.RatioMost(3)) with
            {
                Against = "without ingest",
                AgainstValue = Statistics.Quantile(idle, 0.95),
                Ratio = Statistics.Quantile(busy, 0.95) / Statistics.Quantile(idle, 0.95),
            },
            P("newest 100 spans of a service p95", newestSpans, 0.95, Goal.Most(50)),
            P("newest 100 logs of a service p95", newestLogs, 0.95, Goal.Most(50)),
            P("RED of all services over 1 h p50", red, 0.5, null),
            P("RED of all services over 1 h p95", red, 0.95, Goal.Most(20)),
        ];

        static Figure P(string name, List<double> times, double quantile, Goal? goal) =>
            new(name, Statistics.Quantile(times, quantile), "ms") { Goal = goal };
    }
}
