using System.Diagnostics.Metrics;
using OpenTelemetry.Logs;
using Otelier.Server.Http;

namespace Otelier.Server.SelfTelemetry;

/// <summary>Joins <c>/metrics</c> and the export of own telemetry to the host.</summary>
internal static class SelfTelemetrySetup
{
    public static void AddSelfTelemetry(this WebApplicationBuilder builder, OtelierOptions options, BoundListeners bound, SelfRequests self)
    {
        builder.Services.AddSingleton(self);
        builder.Services.AddSingleton(_ => new Meter(MetricsRegistry.MeterName));
        builder.Services.AddSingleton(provider => MetricsRegistry.Start(provider.GetRequiredService<Meter>()));
        builder.Services.AddEndpoints<PrometheusEndpoints>();
        if (options.SelfTelemetry.Endpoint.Length == 0)
            return;
        var target = new OwnTelemetryTarget(options.SelfTelemetry, bound, self);
        OwnTelemetryExport.DescribeRequestSpans();
        OwnTelemetryExport.AddLogs(builder.Logging, target);
        builder.Services.AddHostedService(provider => new OwnTelemetryExport(
            target, options.SelfTelemetry.MetricInterval, provider.GetRequiredService<Meter>(), provider.GetRequiredService<LoggerProvider>()));
    }
}
