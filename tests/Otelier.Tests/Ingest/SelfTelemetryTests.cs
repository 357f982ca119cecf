using System.Text;
using Otelier.Server.Ingest;
using Otelier.Signals;
using Xunit;

namespace Otelier.Tests.Ingest;

/// <summary>The framework's activity source is one for the process, so other servers must be silent meanwhile.</summary>
[CollectionDefinition("Own telemetry", DisableParallelization = true)]
public sealed class OwnTelemetryAlone;

/// <summary>Otelier's telemetry about itself, sent to itself.</summary>
[Collection("Own telemetry")]
public sealed class SelfTelemetryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Own_traces_logs_and_metrics_arrive_and_cause_no_more_of_them()
    {
        ScriptedPipeline pipeline;
        var metricsTwice = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var metrics = 0;
        await using (var server = await EdgeServer.StartAsync(Ct, options =>
        {
            options.SelfTelemetry.Endpoint = "self";
            options.SelfTelemetry.MetricInterval = TimeSpan.FromMilliseconds(100);
        }))
        {
            pipeline = server.Pipeline;
            pipeline.Script = (request, _) =>
            {
                if (request.Signal == Signal.Metrics && Interlocked.Increment(ref metrics) == 2)
                    metricsTwice.SetResult();
                return ValueTask.FromResult(new IngestResult(IngestOutcome.Accepted));
            };
            await RawHttp.ExchangeAsync(server.Api, RawHttp.Head("GET", "/fails"), Ct);
            // Exports that are requests themselves have come and gone.
            await metricsTwice.Task.WaitAsync(Ct);
            await server.App.StopAsync(Ct);
        }

        var bySignal = pipeline.Requests.ToLookup(request => request.Signal, request => Encoding.UTF8.GetString(request.Body));
        var traces = string.Concat(bySignal["Traces"]);
        Assert.All(pipeline.Requests, request => Assert.Contains("otelier", Encoding.UTF8.GetString(request.Body), StringComparison.Ordinal));
        Assert.Contains("/fails", traces, StringComparison.Ordinal);
        Assert.DoesNotContain("/v1/", traces, StringComparison.Ordinal);
        Assert.Contains("told to fail", string.Concat(bySignal["Logs"]), StringComparison.Ordinal);
        Assert.Contains("otelier.otlp.requests", string.Concat(bySignal["Metrics"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_of_somebody_else_is_not_silenced_by_the_header_alone()
    {
        ScriptedPipeline pipeline;
        await using (var server = await EdgeServer.StartAsync(Ct, options => options.SelfTelemetry.Endpoint = "self"))
        {
            pipeline = server.Pipeline;
            await RawHttp.ExchangeAsync(
                server.OtlpHttp, RawHttp.Post("/v1/logs", "application/json", "{\"a\":1}"u8.ToArray(), "x-otelier-self: guess"), Ct);
            await server.App.StopAsync(Ct);
        }

        var traces = string.Concat(pipeline.Requests.Where(request => request.Signal == "Traces").Select(request => Encoding.UTF8.GetString(request.Body)));
        Assert.Contains("/v1/logs", traces, StringComparison.Ordinal);
    }
}
