using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Otelier.Tests.EndToEnd;
using Xunit;

namespace Otelier.Tests.Api;

[Collection(EngineCollection.Name)]
public sealed class StatsEndpointTests
{
    [Fact]
    public async Task Queries_are_logged_with_what_they_read()
    {
        await using var server = await ApiServer.StartAsync();
        await server.InsertSpansAsync(MapSpan.Request([.. Enumerable.Range(1, 500).Select(i => new MapSpan("a", MapSpan.ServerKind, (ulong)i))]));
        await server.GetAsync("/api/v1/spans?limit=1000");

        var stats = await server.GetAsync("/api/v1/stats");
        var queries = stats.GetProperty("queries");

        Assert.True(queries.GetProperty("count").GetInt64() >= 1);
        Assert.True(queries.GetProperty("rowsRead").GetInt64() >= 500);
        Assert.True(queries.GetProperty("bytesRead").GetInt64() > 0);
        Assert.True(queries.GetProperty("durationP95Nanos").GetDouble() > 0);
        Assert.Equal(0, queries.GetProperty("active").GetInt32());
        Assert.NotEqual("0", stats.GetProperty("sinceUnixNano").GetString());
    }

    [Fact]
    public async Task Tables_are_told_with_their_days_and_added_up_by_signal()
    {
        await using var server = await ApiServer.StartAsync();
        await server.InsertSpansAsync(MapSpan.Request(new MapSpan("a", MapSpan.ServerKind, 1), new MapSpan("a", MapSpan.ServerKind, 2)));

        var stats = await server.GetAsync("/api/v1/stats/tables");

        var spans = stats.GetProperty("tables").EnumerateArray().Single(table => table.GetProperty("name").GetString() == "otel_traces");
        Assert.Equal(("traces", 2, 1), (spans.GetProperty("signal").GetString(), spans.GetProperty("rowCount").GetInt32(), spans.GetProperty("partCount").GetInt32()));
        Assert.True(spans.GetProperty("uncompressedBytes").GetInt64() > 0);
        Assert.Equal($"{(ApiServer.Now / 1_000_000_000) - 60}000000000", spans.GetProperty("oldestUnixNano").GetString());
        var day = stats.GetProperty("days").EnumerateArray().Single(day => day.GetProperty("table").GetString() == "otel_traces");
        Assert.Equal(("2025-06-15", 2), (day.GetProperty("day").GetString(), day.GetProperty("rowCount").GetInt32()));
        Assert.Contains(stats.GetProperty("signals").EnumerateArray(), signal => signal.GetProperty("signal").GetString() == "traces");
    }

    [Fact]
    public async Task Ingest_is_counted_by_signal_as_its_instruments_tell()
    {
        await using var server = await ApiServer.StartAsync();
        var meter = server.Services.GetRequiredService<Meter>();
        meter.CreateCounter<long>("otelier.ingest.accepted_items").Add(7, new KeyValuePair<string, object?>("signal", "logs"));
        meter.CreateCounter<long>("otelier.ingest.rejected_items").Add(2, new("signal", "logs"), new("reason", "zero_trace_id"));
        meter.CreateCounter<long>("otelier.ingest.quarantined_items").Add(3, new KeyValuePair<string, object?>("signal", "logs"));
        var bytes = meter.CreateCounter<long>("otelier.otlp.body");
        bytes.Add(100, new("signal", "logs"), new("state", "received"));
        bytes.Add(900, new("signal", "logs"), new("state", "decompressed"));

        var stats = await server.GetAsync("/api/v1/stats/ingest");

        var logs = stats.GetProperty("signals").EnumerateArray().Single(signal => signal.GetProperty("signal").GetString() == "logs");
        Assert.Equal((7, 2, 100), (logs.GetProperty("acceptedTotal").GetInt32(), logs.GetProperty("rejectedTotal").GetInt32(), logs.GetProperty("bytesTotal").GetInt32()));
        Assert.Equal(3, logs.GetProperty("quarantinedTotal").GetInt32());
        Assert.Equal(["traces", "logs", "metrics"], stats.GetProperty("series").EnumerateArray().Select(series => series.GetProperty("signal").GetString()));
        Assert.Equal(0, stats.GetProperty("log").GetProperty("lagSeconds").GetDouble());
        Assert.True(stats.GetProperty("log").GetProperty("bytesMax").GetInt64() > 0);
    }
}
