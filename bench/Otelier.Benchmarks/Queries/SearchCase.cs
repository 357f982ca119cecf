using Otelier.Benchmarks.EndToEnd;
using Otelier.Benchmarks.Processes;
using Otelier.Benchmarks.Report;
using Otelier.Signals;

namespace Otelier.Benchmarks.Queries;

/// <summary>Searching through REST in ten million unique spans and ten million log records of a day.</summary>
internal static class SearchCase
{
    private const int Rounds = 10;
    private const long Items = 10_000_000;
    private static readonly TimeSpan Spread = TimeSpan.FromHours(24);

    /// <summary>The engine merges once a minute what is too little for a merge of its own.</summary>
    private static readonly TimeSpan RestWithin = TimeSpan.FromSeconds(95);

    /// <summary>The calls of a day of ten million spans are found in three minutes or so.</summary>
    private static readonly TimeSpan CallsWithin = TimeSpan.FromMinutes(10);

    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var directory = context.NewDirectory("search");
        try
        {
            await using var server = await ServerProcess.StartAsync(context, directory, cancellationToken);
            foreach (var signal in (Signal[])[Signal.Traces, Signal.Logs])
            {
                var items = context.Quick ? Items / 50 : Items;
                context.Say($"search: filling in {items:N0} unique {signal.ToString().ToLowerInvariant()} over 24 h");
                await LoadProcess.RunAsync(context, server, new LoadOrder(signal) { Items = items, Spread = Spread, Batch = 1000 }, cancellationToken);
                await server.WaitDrainedAsync(signal, cancellationToken);
            }

            context.Say("search: waiting for the merges and for what the store builds when nothing comes in");
            await Task.Delay(context.Quick ? TimeSpan.Zero : RestWithin, cancellationToken);
            if (!context.Quick)
                await new ApiQueries(server).WaitSettledAsync(CallsWithin, cancellationToken);
            await ProcessUse.WaitQuietAsync(server.Process, EngineInsert.MergesMax, cancellationToken);
            var figures = await AskAsync(context, new ApiQueries(server), cancellationToken);
            await server.StopAsync(cancellationToken);
            return figures;
        }
        finally
        {
            ServerRun.DeleteIfThere(directory);
        }
    }

    private static async Task<IReadOnlyList<Figure>> AskAsync(BenchContext context, ApiQueries api, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        foreach (var question in Questions)
        {
            context.Say($"search: {question.Name}");
            // The first opens files and compiles code.
            await api.TimeAsync([question.Path(0)], question.List, 0, cancellationToken);
            var times = await api.TimeAsync(Enumerable.Range(1, Rounds).Select(question.Path), question.List, 0, cancellationToken);
            figures.Add(new Figure($"{question.Name}, p50", Statistics.Quantile(times, 0.5), "ms"));
            figures.Add(new Figure($"{question.Name}, p95", Statistics.Quantile(times, 0.95), "ms") { Goal = Goal.Most(question.MillisMost) });
        }

        return figures;
    }

    /// <summary>What is asked; every round asks for another value, so that no answer is one already given.</summary>
    private static IReadOnlyList<Question> Questions { get; } =
    [
        new("spans by a frequent attribute", "spans", 300, round => Find("spans", $"app.plan = \"{Pick(round, "free", "basic", "professional", "enterprise")}\"")),
        new("spans by a rare attribute", "spans", 300, round => Find("spans", $"user.id = \"user-{12_345 + (round * 1_009):D5}\"")),
        new("spans by an attribute value that is nowhere", "spans", 300, round => Find("spans", $"app.request.id = \"nowhere-{round}\"")),
        new("spans by all filters together", "spans", 300, round => Find(
            "spans",
            $"service.name = \"{Pick(round, "orders", "payments", "pricing")}\" and kind = server and status = error and duration > {round}ms and http.response.status_code >= 500 and app.plan = \"free\"")),
        new("newest 100 spans of a service", "spans", 100, round => $"/api/v1/spans?start=-24h&service={Pick(round, "orders", "payments", "pricing")}"),
        new("newest 100 logs of a service", "logs", 100, round => $"/api/v1/logs?start=-24h&service={Pick(round, "orders", "payments", "pricing")}"),
        new("logs by a word that is nowhere", "logs", 300, round => Find("logs", $"\"nowhere{round}\"")),
        new("logs by two frequent words", "logs", 300, round => Find("logs", Pick(round, "\"reserved\" and \"north\"", "\"acquirer\" and \"attempt\""))),
        new("RED of all services over 24 h", "services", 200, _ => "/api/v1/services?start=-24h"),
        new("service map over 1 h", "nodes", 300, _ => "/api/v1/service-map?start=-1h"),
        new("service map over 24 h", "nodes", 300, _ => "/api/v1/service-map?start=-24h"),
        new("fields by prefix", "fields", 50, round => $"/api/v1/fields?signal=traces&prefix={Pick(round, "http", "app", "user", "net")}"),
    ];

    private static string Find(string what, string filter) => $"/api/v1/{what}?start=-24h&limit=100&q={Uri.EscapeDataString(filter)}";

    private static string Pick(int round, params string[] values) => values[round % values.Length];

    /// <param name="Name">What the figure is called.</param>
    /// <param name="List">The list an answer must have.</param>
    /// <param name="MillisMost">The goal for the 95th percentile.</param>
    /// <param name="Path">The request of a round.</param>
    private sealed record Question(string Name, string List, double MillisMost, Func<int, string> Path);
}
