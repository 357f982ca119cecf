using System.Globalization;
using System.Text.Json.Nodes;
using Otelier.Cli.CommandLine;
using Otelier.Signals;
using Xunit;

namespace Otelier.Tests.Cli;

public sealed class LoadTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http", "none")]
    [InlineData("http", "gzip")]
    [InlineData("grpc", "none")]
    [InlineData("grpc", "gzip")]
    public async Task Every_protocol_and_compression_carries_well_formed_spans(string protocol, string compression)
    {
        await using var sink = await OtlpSink.StartAsync(Token);

        var report = await LoadAsync(sink, protocol, "--signal", "traces", "--compression", compression, "--items", "3000", "--connections", "2");

        Assert.Empty(sink.Faults);
        Assert.Equal(3000, (int)report["acknowledgedItems"]!);
        var spans = sink.Items(Signal.Traces).Select(i => i.Item).ToArray();
        Assert.Equal(3000, spans.Length);
        Assert.All(spans, s => Assert.Equal(15, s["attributes"]!.AsArray().Count));
    }

    [Fact]
    public async Task Spans_are_unique_and_lie_inside_their_parents()
    {
        await using var sink = await OtlpSink.StartAsync(Token);

        await LoadAsync(sink, "http", "--items", "4000", "--connections", "2", "--batch", "1000");

        var spans = sink.Items(Signal.Traces).Select(i => i.Item).ToDictionary(s => $"{s["traceId"]}/{s["spanId"]}");
        Assert.Equal(4000, spans.Count);
        Assert.Equal(4000, spans.Values.Select(s => Attribute(s, "app.request.id")).Distinct().Count());
        var roots = 0;
        foreach (var span in spans.Values)
        {
            Assert.True(Nanos(span, "startTimeUnixNano") < Nanos(span, "endTimeUnixNano"));
            if (span["parentSpanId"] is not { } parentId)
            {
                roots++;
                continue;
            }

            var parent = spans[$"{span["traceId"]}/{parentId}"];
            Assert.InRange(Nanos(span, "startTimeUnixNano"), Nanos(parent, "startTimeUnixNano"), Nanos(parent, "endTimeUnixNano"));
            Assert.InRange(Nanos(span, "endTimeUnixNano"), Nanos(parent, "startTimeUnixNano"), Nanos(parent, "endTimeUnixNano"));
        }

        Assert.Equal(400, roots);
    }

    [Fact]
    public async Task Spans_are_of_the_agreed_size_and_failures_are_one_in_twenty()
    {
        await using var sink = await OtlpSink.StartAsync(Token);

        var report = await LoadAsync(sink, "http", "--items", "20000");

        Assert.InRange((double)report["bytesPerItem"]!, 620, 660);
        var failed = sink.Items(Signal.Traces).Count(i => i.Item["events"] is not null);
        Assert.InRange(failed, 800, 1200);
    }

    [Fact]
    public async Task Log_records_are_unique_and_carry_trace_and_body()
    {
        await using var sink = await OtlpSink.StartAsync(Token);

        var report = await LoadAsync(sink, "http", "--signal", "logs", "--items", "3000", "--connections", "3");

        Assert.Empty(sink.Faults);
        var logs = sink.Items(Signal.Logs).Select(i => i.Item).ToArray();
        Assert.Equal(3000, logs.Select(l => Attribute(l, "app.request.id")).Distinct().Count());
        Assert.All(logs, l => Assert.Matches("[0-9]{8}", (string)l["body"]!["stringValue"]!));
        Assert.All(logs, l => Assert.Equal(8, l["attributes"]!.AsArray().Count));
        Assert.All(logs, l => Assert.Equal(32, ((string)l["traceId"]!).Length));
        Assert.InRange((double)report["bytesPerItem"]!, 300, 420);
    }

    [Fact]
    public async Task Points_cover_exactly_the_asked_series_and_move_forward_in_time()
    {
        await using var sink = await OtlpSink.StartAsync(Token);

        await LoadAsync(sink, "http", "--signal", "metrics", "--series", "2500", "--batch", "500", "--connections", "2", "--items", "5000", "--histograms", "0.2");

        Assert.Empty(sink.Faults);
        var times = new Dictionary<string, List<ulong>>();
        var kinds = new HashSet<string>();
        foreach (var (metric, resource) in sink.Items(Signal.Metrics))
        {
            var kind = metric.AsObject().Select(p => p.Key).First(k => k is "gauge" or "sum" or "histogram");
            kinds.Add(kind);
            foreach (var point in metric[kind]!["dataPoints"]!.AsArray())
            {
                var series = $"{resource.ToJsonString()} {metric["name"]} {point!["attributes"]!.ToJsonString()}";
                if (!times.TryGetValue(series, out var seen))
                    times[series] = seen = [];
                seen.Add(Nanos(point, "timeUnixNano"));
            }
        }

        Assert.Equal(2500, times.Count);
        Assert.Equal(["gauge", "histogram", "sum"], kinds.Order());
        Assert.All(times.Values, t => Assert.Equal(t.Distinct().Count(), t.Count));
    }

    [Fact]
    public async Task Histogram_counts_equal_the_sum_of_their_buckets()
    {
        await using var sink = await OtlpSink.StartAsync(Token);

        await LoadAsync(sink, "http", "--signal", "metrics", "--series", "100", "--batch", "100", "--connections", "1", "--items", "300", "--histograms", "1");

        var points = sink.Items(Signal.Metrics).SelectMany(m => m.Item["histogram"]!["dataPoints"]!.AsArray()).ToArray();
        Assert.Equal(300, points.Length);
        Assert.All(points, p => Assert.Equal(
            ulong.Parse((string)p!["count"]!, CultureInfo.InvariantCulture),
            p["bucketCounts"]!.AsArray().Aggregate(0UL, (sum, b) => sum + ulong.Parse((string)b!, CultureInfo.InvariantCulture))));
    }

    [Theory]
    [InlineData("traces")]
    [InlineData("logs")]
    [InlineData("metrics")]
    public async Task Numbered_items_carry_run_and_number_and_acknowledged_ones_are_written_down(string signal)
    {
        await using var sink = await OtlpSink.StartAsync(Token);
        sink.Answers.Enqueue(new SinkAnswer(503));
        var journal = Path.GetTempFileName();

        var report = await LoadAsync(
            sink, "http", "--signal", signal, "--items", "1000", "--batch", "100", "--connections", "1", "--numbered", "--series", "1000",
            "--run-id", "00c0ffee00c0ffee", "--first-number", "5001", "--ack-file", journal);

        Assert.Equal(100, (int)report["failedItems"]!);
        var acknowledged = (await File.ReadAllLinesAsync(journal, Token)).Select(l => l.Split(' ')).SelectMany(p =>
        {
            var first = int.Parse(p[0], CultureInfo.InvariantCulture);
            return Enumerable.Range(first, int.Parse(p[1], CultureInfo.InvariantCulture) - first + 1);
        }).ToArray();
        File.Delete(journal);
        Assert.Equal(Enumerable.Range(5101, 900), acknowledged);
        var kind = Enum.Parse<Signal>(signal, ignoreCase: true);
        var items = sink.Items(kind).ToArray();
        Assert.All(items, i => Assert.Equal("00c0ffee00c0ffee", Attribute(i.Resource, "otelier.load.run")));
        var numbers = kind == Signal.Metrics
            ? items.SelectMany(m => m.Item["gauge"]!["dataPoints"]!.AsArray()).Select(p => (string)p!["asInt"]!)
            : items.Select(i => Attribute(i.Item, "otelier.load.number"));
        Assert.Equal(acknowledged, numbers.Select(n => int.Parse(n!, CultureInfo.InvariantCulture)).Order());
    }

    [Fact]
    public async Task Spread_stamps_items_over_the_past()
    {
        await using var sink = await OtlpSink.StartAsync(Token);

        await LoadAsync(sink, "http", "--items", "2000", "--batch", "100", "--connections", "1", "--spread", "1h");

        var starts = sink.Items(Signal.Traces).Select(i => Nanos(i.Item, "startTimeUnixNano")).ToArray();
        Assert.InRange((starts.Max() - starts.Min()) / 60e9, 55, 62);
    }

    [Fact]
    public async Task Partial_success_is_counted_as_rejected()
    {
        await using var sink = await OtlpSink.StartAsync(Token);
        sink.Answers.Enqueue(new SinkAnswer(200) { Body = [0x0A, 0x02, 0x08, 0x07] });

        var report = await LoadAsync(sink, "http", "--items", "200", "--batch", "100", "--connections", "1");

        Assert.Equal(7, (int)report["rejectedItems"]!);
        Assert.Equal(193, (int)report["acknowledgedItems"]!);
    }

    [Fact]
    public async Task Nobody_there_is_one_line_with_a_hint()
    {
        using var error = new StringWriter();

        var exit = await CliApplication.RunAsync(
            ["load", "--endpoint", "http://127.0.0.1:1", "--duration", "10s", "--json"], TextWriter.Null, error, Token);

        Assert.Equal(1, exit);
        Assert.Contains("make run", error.ToString(), StringComparison.Ordinal);
        Assert.Single(error.ToString().TrimEnd().Split('\n'));
    }

    private static async Task<JsonObject> LoadAsync(OtlpSink sink, string protocol, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var endpoint = protocol == "grpc" ? sink.Grpc : sink.Http;
        var exit = await CliApplication.RunAsync(
            ["load", "--endpoint", endpoint.ToString(), "--protocol", protocol, "--json", "--duration", "60s", .. arguments], output, error, Token);
        Assert.Equal("", error.ToString());
        Assert.Equal(0, exit);
        return JsonNode.Parse(output.ToString())!.AsObject();
    }

    private static ulong Nanos(JsonNode item, string field) => ulong.Parse((string)item[field]!, CultureInfo.InvariantCulture);

    private static string? Attribute(JsonNode item, string key)
    {
        var value = item["attributes"]!.AsArray().FirstOrDefault(a => (string)a!["key"]! == key)?["value"];
        return (string?)(value?["stringValue"] ?? value?["intValue"]);
    }
}
