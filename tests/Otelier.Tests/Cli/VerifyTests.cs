using System.Text.Json.Nodes;
using Otelier.Cli.CommandLine;
using Xunit;

namespace Otelier.Tests.Cli;

public sealed class VerifyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http/protobuf")]
    [InlineData("http/json")]
    [InlineData("grpc")]
    public async Task A_faithful_server_is_clean(string protocol)
    {
        var (exit, report) = await VerifyAsync(item => [item], protocol);

        Assert.Equal("", string.Join('\n', Faults(report)));
        Assert.Equal(0, exit);
        Assert.True((bool)report["clean"]!);
    }

    [Fact]
    public async Task A_lost_span_is_reported_and_fails()
    {
        var (exit, report) = await VerifyAsync(item => (string?)item["name"] == "step 4" ? [] : [item]);

        Assert.Equal(1, exit);
        Assert.Contains(Faults(report), f => f.StartsWith("lost: span ", StringComparison.Ordinal));
        Assert.Contains("GET /api/v1/spans", Failed(report));
        Assert.Contains("GET /api/v1/traces", Failed(report));
    }

    [Fact]
    public async Task A_log_record_that_is_there_twice_is_reported_and_fails()
    {
        var (exit, report) = await VerifyAsync(item => (int?)item["severityNumber"] == 7 ? [item, item.DeepClone()] : [item]);

        Assert.Equal(1, exit);
        Assert.Contains("duplicate: log 3 is there 2 times", Faults(report));
        Assert.Contains("GET /api/v1/logs", Failed(report));
    }

    [Fact]
    public async Task A_text_that_came_back_as_a_number_is_reported_and_fails()
    {
        var (exit, report) = await VerifyAsync(item =>
        {
            var attribute = item["attributes"]?.AsArray().FirstOrDefault(a => (string?)a!["key"] == "text.number");
            if (attribute is not null)
                attribute["value"] = new JsonObject { ["intValue"] = "200" };
            return [item];
        });

        Assert.Equal(1, exit);
        Assert.Contains(Faults(report), f => f.Contains("attributes[text.number].stringValue is missing, was 200", StringComparison.Ordinal));
        Assert.Contains("GET /api/v1/traces/{traceId}", Failed(report));
    }

    [Fact]
    public async Task A_lost_exemplar_and_a_wrong_sum_are_reported()
    {
        var (exit, report) = await VerifyAsync(item =>
        {
            if ((string?)item["name"] == "otelier.verify.gauge")
            {
                var points = item["gauge"]!["dataPoints"]!.AsArray();
                points[0]!.AsObject().Remove("exemplars");
                points[1]!["asDouble"] = 1.25;
            }

            return [item];
        });

        Assert.Equal(1, exit);
        Assert.Contains(Faults(report), f => f.Contains("point.exemplars[0].traceId is missing", StringComparison.Ordinal));
        Assert.Contains("POST /api/v1/metrics/query sum", Failed(report));
        Assert.DoesNotContain("POST /api/v1/metrics/query last", Failed(report));
    }

    [Fact]
    public async Task Rejected_items_fail_before_anything_is_read()
    {
        await using var sink = await OtlpSink.StartAsync(Token);
        sink.Answers.Enqueue(new SinkAnswer(200) { Body = [0x0A, 0x02, 0x08, 0x02] });
        using var output = new StringWriter();

        var exit = await CliApplication.RunAsync(
            ["verify", "--otlp", $"{sink.Http}", "--api", $"{sink.Http}", "--json"], output, TextWriter.Null, Token);

        Assert.Equal(1, exit);
        Assert.Contains("rejected: 2 items", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, JsonNode.Parse(output.ToString())!["checks"]!.AsArray().Count);
    }

    private static async Task<(int Exit, JsonObject Report)> VerifyAsync(
        Func<JsonNode, IEnumerable<JsonNode>> store, string protocol = "http/protobuf")
    {
        await using var sink = await OtlpSink.StartAsync(Token, (app, sink) => new FakeApi(sink, store).Map(app));
        using var output = new StringWriter();
        var otlp = protocol == "grpc" ? sink.Grpc : sink.Http;
        var exit = await CliApplication.RunAsync(
            ["verify", "--otlp", $"{otlp}", "--api", $"{sink.Http}", "--protocol", protocol, "--timeout", "0s", "--json"],
            output, TextWriter.Null, Token);
        Assert.Empty(sink.Faults);
        return (exit, JsonNode.Parse(output.ToString())!.AsObject());
    }

    private static IEnumerable<string> Faults(JsonObject report) =>
        report["checks"]!.AsArray().SelectMany(c => c!["faults"]!.AsArray().Select(f => (string)f!));

    private static IEnumerable<string> Failed(JsonObject report) =>
        report["checks"]!.AsArray().Where(c => c!["faults"]!.AsArray().Count > 0).Select(c => (string)c!["name"]!);
}
