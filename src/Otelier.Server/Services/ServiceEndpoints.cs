using Otelier.Server.Http;
using Otelier.Signals.Api;
using Otelier.Signals.Services;
using Otelier.Storage;

namespace Otelier.Server.Services;

/// <summary><c>/api/v1/services</c>.</summary>
internal sealed class ServiceEndpoints(ITraceStore store, TenantAccessor tenants, TimeProvider time) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/services", ApiRoute.Of(FindServicesAsync));

    private async Task<IResult> FindServicesAsync(HttpContext context)
    {
        var parameters = new QueryParameters(context.Request.Query, time.UnixNano());
        if (parameters.Problem is { } problem)
            return problem;
        var services = await store.FindServicesAsync(tenants.TenantOf(context), parameters.Range, context.RequestAborted);
        return new JsonListResult<ServiceSummary>("services", services, ServiceJson.Write, nextCursor: null, warnings: []);
    }
}
