using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Xunit;

namespace Otelier.Tests.EndToEnd;

/// <summary>The OpenTelemetry .NET SDK as its users run it, against a real server; what was recorded comes back.</summary>
public sealed class DotnetSdkTests
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    [Theory]
    [InlineData(OtlpExportProtocol.Grpc)]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    public async Task All_three_signals_come_back_as_they_were_recorded(OtlpExportProtocol protocol)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var directory = new TemporaryDirectory();
        await using var server = await ServerProcess.StartAsync(directory.Path, cancellation);
        using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = server.Api };

        var traceId = Record(server, protocol);
        await server.WaitUntilDrainedAsync(client, cancellation);

        var trace = await GetAsync(client, $"/api/v1/traces/{traceId}", answer => answer.GetProperty("spans").GetArrayLength() == 2, cancellation);
        var root = trace.GetProperty("spans").EnumerateArray().Single(span => span.GetProperty("name").GetString() == "checkout");
        var attributes = root.GetProperty("attributes");
        Assert.Equal(42, attributes.GetProperty("cart.items").GetInt64());
        Assert.Equal(JsonValueKind.String, attributes.GetProperty("cart.text").ValueKind);
        Assert.Equal("42", attributes.GetProperty("cart.text").GetString());
        Assert.Equal(0.25, attributes.GetProperty("cart.discount").GetDouble());
        Assert.True(attributes.GetProperty("cart.gift").GetBoolean());
        Assert.Equal(["a", "b"], attributes.GetProperty("cart.tags").EnumerateArray().Select(tag => tag.GetString()));
        var child = trace.GetProperty("spans").EnumerateArray().Single(span => span.GetProperty("name").GetString() == "charge");
        Assert.Equal(root.GetProperty("spanId").GetString(), child.GetProperty("parentSpanId").GetString());
        Assert.Equal("declined", child.GetProperty("events")[0].GetProperty("name").GetString());

        var logs = await GetAsync(client, $"/api/v1/logs?traceId={traceId}&start=-15m", answer => answer.GetProperty("logs").GetArrayLength() == 1, cancellation);
        Assert.Equal("Card of {Customer} was declined", logs.GetProperty("logs")[0].GetProperty("body").GetString());
        Assert.Equal("c-7", logs.GetProperty("logs")[0].GetProperty("attributes").GetProperty("Customer").GetString());

        var metrics = await GetAsync(client, "/api/v1/metrics?start=-15m", answer => answer.GetProperty("metrics").GetArrayLength() >= 2, cancellation);
        var names = metrics.GetProperty("metrics").EnumerateArray().ToDictionary(metric => metric.GetProperty("name").GetString()!);
        Assert.Equal("{order}", names["shop.orders"].GetProperty("unit").GetString());
        Assert.Contains("shop.latency", names.Keys);
    }

    private static string Record(ServerProcess server, OtlpExportProtocol protocol)
    {
        void Configure(OtlpExporterOptions options, string path)
        {
            options.Protocol = protocol;
            options.Endpoint = protocol == OtlpExportProtocol.Grpc ? server.OtlpGrpc : new Uri(server.OtlpHttp, path);
        }

        var resource = ResourceBuilder.CreateEmpty().AddService("dotnet-sdk", serviceVersion: "1.0");
        using var source = new ActivitySource("Otelier.Tests.Sdk");
        using var meter = new Meter("Otelier.Tests.Sdk");
        using var tracing = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(source.Name)
            .AddOtlpExporter(options => Configure(options, "/v1/traces")).Build();
        using var metering = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(meter.Name)
            .AddOtlpExporter(options => Configure(options, "/v1/metrics")).Build();
        using var loggers = LoggerFactory.Create(logging => logging.AddOpenTelemetry(options =>
        {
            options.SetResourceBuilder(resource);
            options.AddOtlpExporter(exporter => Configure(exporter, "/v1/logs"));
        }));

        string traceId;
        using (var root = source.StartActivity("checkout", ActivityKind.Server)!)
        {
            traceId = root.TraceId.ToHexString();
            root.SetTag("cart.items", 42).SetTag("cart.text", "42").SetTag("cart.discount", 0.25).SetTag("cart.gift", true).SetTag("cart.tags", new[] { "a", "b" });
            using var child = source.StartActivity("charge", ActivityKind.Client)!;
            child.AddEvent(new ActivityEvent("declined", tags: new ActivityTagsCollection { ["card.brand"] = "visa" }));
            child.SetStatus(ActivityStatusCode.Error, "declined");
            loggers.CreateLogger("shop").LogWarning("Card of {Customer} was declined", "c-7");
        }

        meter.CreateCounter<long>("shop.orders", "{order}").Add(3, new KeyValuePair<string, object?>("shop", "a"));
        meter.CreateHistogram<double>("shop.latency", "s").Record(0.2);
        Assert.True(tracing.ForceFlush());
        Assert.True(metering.ForceFlush());
        return traceId;
    }

    private static async Task<JsonElement> GetAsync(HttpClient client, string path, Func<JsonElement, bool> isComplete, CancellationToken cancellation)
    {
        while (true)
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), cancellation);
            if (answer.IsSuccessStatusCode)
            {
                using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellation));
                if (isComplete(document.RootElement))
                    return document.RootElement.Clone();
            }

            await Task.Delay(Poll, cancellation);
        }
    }
}
