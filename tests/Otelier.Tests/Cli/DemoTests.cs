using System.Globalization;
using System.Text.Json.Nodes;
using Otelier.Cli.CommandLine;
using Otelier.Cli.Demo;
using Otelier.Signals;
using Xunit;

namespace Otelier.Tests.Cli;

public sealed class DemoTests
{
    private const ulong Start = 1_770_000_000_000_000_000;
    private const ulong Minute = 60_000_000_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void The_same_seed_gives_the_same_bytes()
    {
        Assert.Equal(Play(seed: 3), Play(seed: 3));
        Assert.NotEqual(Play(seed: 3), Play(seed: 4));
    }

    [Fact]
    public void Playing_in_small_steps_gives_the_same_spans_as_in_one()
    {
        var steps = new ShopSimulation(1, Start, Start + Minute, 10);
        var inSteps = Enumerable.Range(1, 120).SelectMany(i => steps.PlayUntil(Start + (Minute / 60 * (ulong)i)).Spans).Count();

        Assert.Equal(new ShopSimulation(1, Start, Start + Minute, 10).PlayUntil(Start + (2 * Minute)).Spans.Count, inSteps);
    }

    [Fact]
    public void Nothing_comes_from_the_future()
    {
        var simulation = new ShopSimulation(1, Start, Start + Minute, 20);
        for (var now = Start; now < Start + (2 * Minute); now += Minute / 60)
            Assert.All(simulation.PlayUntil(now).Spans, s => Assert.True(s.Span.EndNanos <= now));
    }

    [Fact]
    public async Task Spans_form_whole_trees_in_time_and_logs_belong_to_them()
    {
        await using var sink = await PlayToSinkAsync();

        var spans = sink.Items(Signal.Traces).Select(i => i.Item).ToDictionary(s => $"{s["traceId"]}/{s["spanId"]}");
        Assert.True(spans.Count > 2000);
        foreach (var span in spans.Values.Where(s => s["parentSpanId"] is not null))
        {
            var parent = spans[$"{span["traceId"]}/{span["parentSpanId"]}"];
            Assert.True(Nanos(span, "startTimeUnixNano") >= Nanos(parent, "startTimeUnixNano"));
            if ((int)span["kind"]! != 5)
                Assert.True(Nanos(span, "endTimeUnixNano") <= Nanos(parent, "endTimeUnixNano"));
        }

        var logs = sink.Items(Signal.Logs).Select(i => i.Item).ToArray();
        Assert.NotEmpty(logs);
        Assert.All(logs, l => Assert.Contains($"{l["traceId"]}/{l["spanId"]}", spans));
        Assert.Contains(logs, l => l["body"]!["kvlistValue"] is not null);
    }

    [Fact]
    public async Task The_shop_shows_every_kind_of_span_store_and_metric()
    {
        await using var sink = await PlayToSinkAsync();

        var spans = sink.Items(Signal.Traces).ToArray();
        Assert.True(spans.Select(s => Attribute(s.Resource, "service.name")).Distinct().Count() >= 10);
        Assert.Equal([1, 2, 3, 4, 5], spans.Select(s => (int)s.Item["kind"]!).Distinct().Order());
        Assert.Superset(
            new HashSet<string?> { "postgresql", "redis", "kafka", "invoke_agent", "chat", "execute_tool", "grpc" },
            spans.SelectMany(s => new[] { "db.system.name", "messaging.system", "gen_ai.operation.name", "rpc.system.name" }.Select(k => Attribute(s.Item, k))).ToHashSet());
        Assert.Contains(spans, s => s.Item["links"] is { } links && links.AsArray().Count == 4);
        Assert.Contains(spans, s => s.Item["events"]?.AsArray().Any(e => Attribute(e!, "exception.stacktrace") is not null) ?? false);

        var metrics = sink.Items(Signal.Metrics).Select(m => m.Item).ToArray();
        foreach (var kind in new[] { "gauge", "sum", "histogram", "exponentialHistogram", "summary" })
            Assert.Contains(metrics, m => m[kind] is not null);
        Assert.Equal([1, 2], metrics.Where(m => m["sum"] is not null).Select(m => (int)m["sum"]!["aggregationTemporality"]!).Distinct().Order());
        var traces = spans.Select(s => (string?)s.Item["traceId"]).ToHashSet();
        var exemplars = metrics.Select(m => m["histogram"]).OfType<JsonNode>()
            .SelectMany(h => h["dataPoints"]!.AsArray()).SelectMany(p => p!["exemplars"]?.AsArray() ?? []).ToArray();
        Assert.NotEmpty(exemplars);
        Assert.All(exemplars, e => Assert.Contains((string?)e!["traceId"], traces));
    }

    [Fact]
    public void Payments_fail_exactly_for_one_brand_in_the_new_version_after_the_rollout()
    {
        var happenings = new ShopSimulation(1, Start, Start + (5 * Minute), 20).PlayUntil(Start + (10 * Minute));

        var charges = happenings.Spans.Where(s => s.Span.Attributes.FindText("app.payment.outcome") is not null).ToArray();
        Assert.Contains(charges, c => c.Span.Attributes.FindText("app.payment.outcome") == "error");
        Assert.All(charges, c =>
        {
            var fails = c.Span.Attributes.FindText("app.payment.card_brand") == Shop.BrokenCardBrand && c.Instance.Version == Shop.BadPaymentVersion;
            Assert.Equal(fails ? "error" : "authorized", c.Span.Attributes.FindText("app.payment.outcome"));
        });
        Assert.All(charges.Where(c => c.Span.StartNanos < Start + (5 * Minute)), c => Assert.Equal(Shop.GoodPaymentVersion, c.Instance.Version));
    }

    [Theory]
    [InlineData("http/protobuf")]
    [InlineData("http/json")]
    [InlineData("grpc")]
    public async Task The_command_fills_in_the_past_and_says_what_was_acknowledged(string protocol)
    {
        await using var sink = await OtlpSink.StartAsync(Token);
        sink.Answers.Enqueue(new SinkAnswer(protocol == "grpc" ? 14 : 503) { RetryAfter = "0" });
        using var output = new StringWriter();

        var exit = await CliApplication.RunAsync(
            ["demo", "--endpoint", $"{(protocol == "grpc" ? sink.Grpc : sink.Http)}", "--protocol", protocol, "--history", "5m", "--duration", "1ms"],
            output, TextWriter.Null, Token);

        Assert.Equal(0, exit);
        Assert.Empty(sink.Faults);
        var spans = sink.Items(Signal.Traces).Count();
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"acknowledged {spans:N0} spans"), output.ToString(), StringComparison.Ordinal);
        Assert.Contains("1 retries", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:4300", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_ends_with_a_summary_and_success()
    {
        await using var sink = await OtlpSink.StartAsync(Token);
        using var output = new StringWriter();
        using var ctrlC = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var running = CliApplication.RunAsync(["demo", "--endpoint", $"{sink.Http}", "--history", "1m"], output, TextWriter.Null, ctrlC.Token);
        while (sink.Requests.IsEmpty)
            await Task.Yield();
        await ctrlC.CancelAsync();

        Assert.Equal(0, await running);
        Assert.Contains("total: sent", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_there_is_one_line_with_a_hint()
    {
        using var error = new StringWriter();

        var exit = await CliApplication.RunAsync(["demo", "--endpoint", "http://127.0.0.1:1", "--history", "1m"], TextWriter.Null, error, Token);

        Assert.Equal(1, exit);
        Assert.Contains("make run", Assert.Single(error.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http/protobuf", 401)]
    [InlineData("http/json", 403)]
    [InlineData("grpc", 16)]
    [InlineData("grpc", 7)]
    public async Task A_key_that_opens_nothing_is_one_line_and_a_failure_at_once(string protocol, int status)
    {
        await using var sink = await OtlpSink.StartAsync(Token);
        sink.Answers.Enqueue(new SinkAnswer(status));
        using var error = new StringWriter();

        var exit = await CliApplication.RunAsync(
            ["demo", "--endpoint", $"{(protocol == "grpc" ? sink.Grpc : sink.Http)}", "--protocol", protocol, "--history", "1m"],
            TextWriter.Null, error, Token);

        Assert.Equal(1, exit);
        Assert.Empty(sink.Requests);
        var line = Assert.Single(error.ToString().TrimEnd().Split('\n'));
        Assert.Contains("--key", line, StringComparison.Ordinal);
        Assert.Contains($"{status}", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_revoked_midway_ends_the_demo()
    {
        await using var sink = await OtlpSink.StartAsync(Token);
        sink.Answers.Enqueue(new SinkAnswer(200));
        sink.Answers.Enqueue(new SinkAnswer(401));
        using var error = new StringWriter();

        var exit = await CliApplication.RunAsync(["demo", "--endpoint", $"{sink.Http}", "--history", "1m"], TextWriter.Null, error, Token);

        Assert.Equal(1, exit);
        Assert.Contains("HTTP 401", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_takes_nothing_is_one_line_and_a_failure()
    {
        await using var sink = await OtlpSink.StartAsync(Token);
        for (var i = 0; i < 1000; i++)
            sink.Answers.Enqueue(new SinkAnswer(404));
        using var error = new StringWriter();

        var exit = await CliApplication.RunAsync(
            ["demo", "--endpoint", $"{sink.Http}", "--history", "1m", "--duration", "1ms"], TextWriter.Null, error, Token);

        Assert.Equal(1, exit);
        Assert.Contains("acknowledged nothing (HTTP 404", Assert.Single(error.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private static byte[] Play(int seed) =>
        [.. ShopRequests.Of(new ShopSimulation(seed, Start, Start + Minute, 10).PlayUntil(Start + (2 * Minute))).SelectMany(r => r.ToProtobuf().ToArray())];

    private static async Task<OtlpSink> PlayToSinkAsync()
    {
        var sink = await OtlpSink.StartAsync(Token);
        using var sender = new Otelier.Cli.Export.OtlpSender(sink.Http, Otelier.Cli.Export.OtlpProtocol.HttpProtobuf, TimeProvider.System);
        foreach (var request in ShopRequests.Of(new ShopSimulation(1, Start, Start + Minute, 10).PlayUntil(Start + (3 * Minute))))
            await sender.SendAsync(request, Token);
        Assert.Empty(sink.Faults);
        return sink;
    }

    private static ulong Nanos(JsonNode item, string field) => ulong.Parse((string)item[field]!, CultureInfo.InvariantCulture);

    private static string? Attribute(JsonNode item, string key) =>
        (string?)item["attributes"]?.AsArray().FirstOrDefault(a => (string)a!["key"]! == key)?["value"]?["stringValue"];
}
