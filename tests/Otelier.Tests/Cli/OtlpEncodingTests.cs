using System.Text.Json;
using Otelier.Cli.Otlp;
using Otelier.Cli.Verify;
using Xunit;

namespace Otelier.Tests.Cli;

public sealed class OtlpEncodingTests
{
    private static readonly VerifyData Data = new("run1", new DateTimeOffset(2026, 3, 1, 12, 34, 56, TimeSpan.Zero), new Random(7));

    [Theory]
    [InlineData("traces")]
    [InlineData("logs")]
    [InlineData("metrics")]
    public void Protobuf_and_json_of_one_message_mean_the_same(string signal)
    {
        var request = Request(signal);

        var fromProtobuf = JsonDocument.Parse(WireSchema.ToJson(request.ToProtobuf().Span, request.Signal).ToJsonString()).RootElement;
        var fromJson = JsonDocument.Parse(request.ToJson()).RootElement;

        var expected = CanonicalOtlp.Read(fromProtobuf, request.Signal);
        Assert.NotEmpty(expected);
        Assert.Empty(Comparison.Faults(expected, CanonicalOtlp.Read(fromJson, request.Signal)));
    }

    [Fact]
    public void Verify_data_uses_every_field_that_the_wire_has()
    {
        var written = new[] { "traces", "logs", "metrics" }
            .Select(Request)
            .SelectMany(r => Names(WireSchema.ToJson(r.ToProtobuf().Span, r.Signal)))
            .ToHashSet();

        Assert.Superset(
            new HashSet<string>
            {
                "traceState", "flags", "droppedEventsCount", "droppedLinksCount", "eventName", "observedTimeUnixNano", "metadata", "exemplars",
                "filteredAttributes", "zeroThreshold", "negative", "quantileValues", "schemaUrl", "bytesValue", "kvlistValue", "min", "asInt",
            },
            written);
    }

    private static ExportRequest Request(string signal) => signal switch
    {
        "traces" => ExportRequest.OfSpans(Data.Spans),
        "logs" => ExportRequest.OfLogs(Data.Logs),
        _ => ExportRequest.OfMetrics(Data.Metrics),
    };

    private static IEnumerable<string> Names(System.Text.Json.Nodes.JsonNode? node) => node switch
    {
        System.Text.Json.Nodes.JsonObject o => o.SelectMany(p => Names(p.Value).Prepend(p.Key)),
        System.Text.Json.Nodes.JsonArray a => a.SelectMany(Names),
        _ => [],
    };
}
