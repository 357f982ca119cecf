using System.Diagnostics.Metrics;
using Otelier.Server.SelfTelemetry;
using Xunit;

namespace Otelier.Tests.Ingest;

public sealed class MetricsRegistryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static List<Sample> Read(MetricsRegistry registry, string prefix) =>
        [.. PrometheusText.Parse(registry.Write()).Samples.Where(sample => sample.Name.StartsWith(prefix, StringComparison.Ordinal))];

    [Fact]
    public void Counter_adds_up_by_label_set_whatever_the_order_of_the_labels()
    {
        using var meter = new Meter("Otelier");
        using var registry = MetricsRegistry.Start(meter);
        var counter = meter.CreateCounter<long>("otelier.test.items", "{item}", "Things.");

        counter.Add(2, new("signal", "traces"), new("ok", true));
        counter.Add(3, new("ok", true), new("signal", "traces"));
        counter.Add(5, new("signal", "logs"), new("ok", false));

        var samples = Read(registry, "otelier_");
        Assert.Equal(["otelier_test_items_total", "otelier_test_items_total"], samples.Select(sample => sample.Name));
        Assert.Equal(5, samples.Single(sample => sample.Labels["signal"] == "traces" && sample.Labels["ok"] == "true").Value);
        Assert.Equal(5, samples.Single(sample => sample.Labels["signal"] == "logs" && sample.Labels["ok"] == "false").Value);
    }

    [Fact]
    public void Labels_and_help_of_any_text_survive_escaping()
    {
        const string Nasty = "a\"b\\c\nd{e}=,é";
        using var meter = new Meter("Otelier");
        using var registry = MetricsRegistry.Start(meter);
        meter.CreateCounter<long>("otelier.test", unit: null, "line one\nline \\two").Add(1, new KeyValuePair<string, object?>("some.key-1", Nasty));

        Assert.Equal(Nasty, Assert.Single(Read(registry, "otelier_")).Labels["some_key_1"]);
        Assert.Contains("# HELP otelier_test_total line one\\nline \\\\two\n", registry.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void Histogram_has_cumulative_buckets_sum_and_count()
    {
        using var meter = new Meter("Otelier");
        using var registry = MetricsRegistry.Start(meter);
        var histogram = meter.CreateHistogram(
            "otelier.test.duration", "s", "", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });

        foreach (var value in new[] { 0.05, 0.1, 0.5, 7 })
            histogram.Record(value);

        var samples = Read(registry, "otelier_test_duration_seconds");
        Assert.Equal([2, 3, 4], samples.Where(sample => sample.Name.EndsWith("_bucket", StringComparison.Ordinal)).Select(sample => sample.Value));
        Assert.Equal(7.65, samples.Single(sample => sample.Name.EndsWith("_sum", StringComparison.Ordinal)).Value, precision: 9);
        Assert.Equal(4, samples.Single(sample => sample.Name.EndsWith("_count", StringComparison.Ordinal)).Value);
    }

    [Fact]
    public void Observed_values_replace_each_other_and_vanish_with_what_is_observed()
    {
        using var meter = new Meter("Otelier");
        using var registry = MetricsRegistry.Start(meter);
        var observed = new List<Measurement<long>> { new(4, new KeyValuePair<string, object?>("a", 1)), new(5, new KeyValuePair<string, object?>("a", 2)) };
        meter.CreateObservableGauge("otelier.test.size", () => observed, "By");
        var upDown = meter.CreateUpDownCounter<int>("otelier.test.open");
        upDown.Add(3);
        upDown.Add(-1);

        Assert.Equal([4, 5], Read(registry, "otelier_test_size_bytes").Select(sample => sample.Value));
        observed.RemoveAt(0);
        Assert.Equal([5], Read(registry, "otelier_test_size_bytes").Select(sample => sample.Value));
        Assert.Equal([2], Read(registry, "otelier_test_open").Select(sample => sample.Value));
    }

    [Fact]
    public void Series_beyond_the_limit_are_added_up_in_one_that_says_so()
    {
        using var meter = new Meter("Otelier");
        using var registry = MetricsRegistry.Start(meter);
        var counter = meter.CreateCounter<long>("otelier.test.keys");

        for (var i = 0; i < MetricFamily.SeriesMax + 10; i++)
            counter.Add(1, new KeyValuePair<string, object?>("key", i));

        var samples = Read(registry, "otelier_");
        Assert.Equal(MetricFamily.SeriesMax + 1, samples.Count);
        Assert.Equal(10, samples.Single(sample => sample.Labels.ContainsKey("otel_metric_overflow")).Value);
    }

    [Fact]
    public void Recording_to_a_known_series_allocates_nothing()
    {
        using var meter = new Meter("Otelier");
        using var registry = MetricsRegistry.Start(meter);
        var counter = meter.CreateCounter<long>("otelier.test.items");
        counter.Add(1, new("signal", "traces"), new("outcome", "ok"));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            counter.Add(1, new("signal", "traces"), new("outcome", "ok"));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    [Fact]
    public async Task Metrics_page_counts_requests_and_bytes_and_shows_the_runtime()
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        var gzip = Compression.Gzip(new byte[1000]);
        await RawHttp.ExchangeAsync(server.OtlpHttp, RawHttp.Post("/v1/logs", "application/x-protobuf", gzip, "Content-Encoding: gzip"), Ct);
        await server.NextOutcomeAsync(Ct);

        var response = await RawHttp.ExchangeAsync(server.Api, RawHttp.Head("GET", "/metrics"), Ct);

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response["Content-Type"]);
        var (samples, types) = PrometheusText.Parse(response.Text);
        var request = Assert.Single(samples, sample => sample.Name == "otelier_otlp_requests_total");
        Assert.Equal(("http", "logs", "ok", 1.0), (request.Labels["transport"], request.Labels["signal"], request.Labels["outcome"], request.Value));
        var bytes = samples.Where(sample => sample.Name == "otelier_otlp_body_bytes_total").ToDictionary(sample => sample.Labels["state"], sample => sample.Value);
        Assert.Equal((1000.0, (double)gzip.Length), (bytes["decompressed"], bytes["received"]));
        Assert.Equal("histogram", types["otelier_otlp_request_duration_seconds"]);
        Assert.Contains(samples, sample => sample.Name == "otelier_otlp_in_flight_bytes" && sample.Value == 0);
        Assert.Contains(samples, sample => sample.Name == "dotnet_process_memory_working_set_bytes" && sample.Value > 0);
    }
}
