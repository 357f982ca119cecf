using System.Net;
using Otelier.Tests.EndToEnd;
using Xunit;
using static Otelier.Tests.Api.MapSpan;

namespace Otelier.Tests.Api;

[Collection(EngineCollection.Name)]
public sealed class ServiceEndpointTests
{
    private const ulong Millisecond = 1_000_000;
    private const ulong Minute = 60_000 * Millisecond;

    [Fact]
    public async Task A_service_is_measured_by_its_requests_and_its_operations_by_their_spans()
    {
        await using var server = await ApiServer.StartAsync();
        await server.InsertSpansAsync(Request(
            new MapSpan("a/b", ServerKind, 1) { Name = "GET", DurationNanos = 100 * Millisecond },
            new MapSpan("a/b", ServerKind, 2) { Name = "GET", DurationNanos = 300 * Millisecond, IsError = true },
            new MapSpan("a/b", InternalKind, 3, 1) { Name = "step", DurationNanos = 50 * Millisecond, IsError = true }));

        var detail = await server.GetAsync("/api/v1/services/a%2Fb?apdexThreshold=128ms");
        var service = detail.GetProperty("service");
        var operations = detail.GetProperty("operations").EnumerateArray().ToArray();

        Assert.Equal((2, 1, 3, 2), (
            service.GetProperty("requestCount").GetInt32(),
            service.GetProperty("requestErrorCount").GetInt32(),
            service.GetProperty("spanCount").GetInt32(),
            service.GetProperty("errorCount").GetInt32()));
        Assert.Equal(0.5, service.GetProperty("errorRate").GetDouble());
        Assert.Equal(200 * Millisecond, service.GetProperty("durationAverageNanos").GetUInt64());
        // One satisfied and one tolerated, of which the half are errors.
        Assert.InRange(service.GetProperty("apdex").GetDouble(), 0.35, 0.4);
        Assert.Equal(["GET server 2", "step internal 1"], operations.Select(operation =>
            $"{operation.GetProperty("name").GetString()} {operation.GetProperty("kind").GetString()} {operation.GetProperty("spanCount")}"));
        Assert.False((await server.GetAsync("/api/v1/services")).GetProperty("services")[0].TryGetProperty("apdex", out _));
        await server.GetAsync("/api/v1/services/other", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_error_frustrates_however_fast_it_came()
    {
        await using var server = await ApiServer.StartAsync();
        await server.InsertSpansAsync(Request(
            new MapSpan("good", ServerKind, 1) { Name = "GET", DurationNanos = Millisecond },
            new MapSpan("bad", ServerKind, 2) { Name = "GET", DurationNanos = Millisecond, IsError = true },
            new MapSpan("slow", ServerKind, 3) { Name = "GET", DurationNanos = 5000 * Millisecond }));

        var services = (await server.GetAsync("/api/v1/services?apdexThreshold=1s")).GetProperty("services").EnumerateArray();

        Assert.Equal(["bad 0", "good 1", "slow 0"], services.Select(service => $"{service.GetProperty("name")} {service.GetProperty("apdex")}"));
    }

    [Fact]
    public async Task Rates_come_by_step_and_group_from_the_rollup()
    {
        await using var server = await ApiServer.StartAsync();
        // Whole ten minutes are where a step begins.
        const ulong Step = ApiServer.Now / (10 * Minute) * (10 * Minute);
        await server.InsertSpansAsync(Request(
            new MapSpan("a", ServerKind, 1) { Name = "x", Start = Step - (20 * Minute), DurationNanos = 4 * Millisecond },
            new MapSpan("a", ServerKind, 2) { Name = "y", Start = Step, IsError = true },
            new MapSpan("a", InternalKind, 3, 2) { Name = "y", Start = Step + Minute },
            new MapSpan("b", ServerKind, 4) { Name = "x", Start = Step }));

        var all = await server.GetAsync("/api/v1/red?start=-1h&step=10m");
        var byService = await server.GetAsync("/api/v1/red?start=-1h&step=10m&groupBy=service");
        var byOperation = await server.GetAsync("/api/v1/red?start=-1h&step=10m&groupBy=operation&service=a");
        var ofKind = await server.GetAsync("/api/v1/red?start=-1h&step=1h&kind=internal");
        var first = await server.GetAsync("/api/v1/red?start=-1h&groupBy=service&limit=1");

        Assert.Equal(600_000_000_000, all.GetProperty("stepNanos").GetInt64());
        Assert.Equal([$"  {Step - (20 * Minute)}:1/0 {Step}:2/1"], Lines(all));
        Assert.Equal([$"a  {Step - (20 * Minute)}:1/0 {Step}:1/1", $"b  {Step}:1/0"], Lines(byService));
        Assert.Equal([$"a y {Step}:2/1", $"a x {Step - (20 * Minute)}:1/0"], Lines(byOperation));
        Assert.Equal(1, ofKind.GetProperty("series")[0].GetProperty("points")[0].GetProperty("spanCount").GetInt32());
        Assert.Equal("a", Assert.Single(first.GetProperty("series").EnumerateArray()).GetProperty("serviceName").GetString());
        Assert.Equal("capped", Assert.Single(first.GetProperty("warnings").EnumerateArray()).GetProperty("code").GetString());
        var point = byService.GetProperty("series")[0].GetProperty("points")[0];
        Assert.Equal(4 * Millisecond, point.GetProperty("durationAverageNanos").GetUInt64());
        Assert.InRange(point.GetProperty("durationP99Nanos").GetDouble(), 3.3e6, 4e6);
    }

    [Theory]
    [InlineData("/api/v1/services?apdexThreshold=fast", "apdexThreshold")]
    [InlineData("/api/v1/red?groupBy=host", "none, service, operation")]
    [InlineData("/api/v1/red?kind=SERVER", "server")]
    [InlineData("/api/v1/red?step=90s", "whole minutes")]
    [InlineData("/api/v1/red?start=-30d&step=1m", "11000")]
    [InlineData("/api/v1/service-map?depth=2", "'depth'")]
    [InlineData("/api/v1/stats?service=a", "'service'")]
    public async Task What_cannot_be_understood_is_refused_by_name(string path, string mentioned)
    {
        await using var server = await ApiServer.StartAsync();

        var problem = await server.GetAsync(path, HttpStatusCode.UnprocessableEntity);

        Assert.Contains(mentioned, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Lines(System.Text.Json.JsonElement answer) => answer.GetProperty("series").EnumerateArray().Select(series =>
        $"{Text("serviceName", series)} {Text("name", series)} "
        + string.Join(' ', series.GetProperty("points").EnumerateArray().Select(point =>
            $"{point.GetProperty("timeUnixMillis").GetUInt64() * Millisecond}:{point.GetProperty("spanCount")}/{point.GetProperty("errorCount")}")));

    private static string Text(string name, System.Text.Json.JsonElement series) => series.TryGetProperty(name, out var text) ? text.GetString()! : "";
}
