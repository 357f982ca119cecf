using System.Diagnostics.Metrics;
using System.Reflection;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Otelier.Server.SelfTelemetry;

/// <summary>Sends Otelier's own traces, logs and metrics while the server runs.</summary>
internal sealed class OwnTelemetryExport(OwnTelemetryTarget target, TimeSpan metricInterval, Meter meter, LoggerProvider logs)
    : IHostedLifecycleService, IDisposable
{
    /// <summary>The service under which own telemetry is found.</summary>
    public const string ServiceName = "otelier";

    // The framework's source of one span per HTTP request.
    private const string RequestSource = "Microsoft.AspNetCore";

    // Without this the framework leaves method, path and status out of its spans.
    private const string BareSpansSwitch = "Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData";

    private const int FlushMillis = 2000;

    private TracerProvider? _tracer;
    private MeterProvider? _meters;

    public static void DescribeRequestSpans() => AppContext.SetSwitch(BareSpansSwitch, isEnabled: false);

    public static void AddLogs(ILoggingBuilder logging, OwnTelemetryTarget target) =>
        logging.AddOpenTelemetry(options =>
        {
            options.SetResourceBuilder(Resource());
            options.IncludeFormattedMessage = true;
            options.AddOtlpExporter(exporter => target.Configure(exporter, "/v1/logs"));
        });

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _tracer = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(Resource())
            .AddSource(MetricsRegistry.MeterName, RequestSource)
            .AddOtlpExporter(exporter => target.Configure(exporter, "/v1/traces"))
            .Build();
        _meters = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(Resource())
            .AddMeter(meter.Name, MetricsRegistry.RuntimeMeterName)
            .AddOtlpExporter((exporter, reader) =>
            {
                target.Configure(exporter, "/v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)metricInterval.TotalMilliseconds;
            })
            .Build();
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends what is left while there is still somebody to take it: the listeners close in the next phase.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.Run(Flush, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _tracer?.Dispose();
        _meters?.Dispose();
    }

    private void Flush()
    {
        logs.ForceFlush(FlushMillis);
        _tracer?.ForceFlush(FlushMillis);
        _meters?.ForceFlush(FlushMillis);
    }

    private static ResourceBuilder Resource() =>
        ResourceBuilder.CreateEmpty().AddService(
            ServiceName,
            serviceVersion: Assembly.GetExecutingAssembly().GetName().Version?.ToString(3),
            autoGenerateServiceInstanceId: true);
}
