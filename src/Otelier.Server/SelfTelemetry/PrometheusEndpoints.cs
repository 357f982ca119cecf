using Otelier.Server.Http;

namespace Otelier.Server.SelfTelemetry;

/// <summary><c>/metrics</c> in Prometheus' text format.</summary>
internal sealed class PrometheusEndpoints(MetricsRegistry registry) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/metrics", context =>
    {
        context.Response.ContentType = MetricsRegistry.ContentType;
        return context.Response.WriteAsync(registry.Write(), context.RequestAborted);
    });
}
