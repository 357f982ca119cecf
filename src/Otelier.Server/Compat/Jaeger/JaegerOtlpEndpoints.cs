using Otelier.Server.Http;
using Otelier.Signals;
using Otelier.Storage;

namespace Otelier.Server.Compat.Jaeger;

/// <summary>Jaeger's third query API, which answers OTLP, under <c>/jaeger</c>.</summary>
internal sealed class JaegerOtlpEndpoints(ITraceStore store, TenantAccessor tenants, TimeProvider time) : IEndpoints
{
    private readonly JaegerTraces _traces = new(store);

    public void Map(IEndpointRouteBuilder routes)
    {
        Get("services", FindServicesAsync);
        Get("operations", FindOperationsAsync);
        Get("traces", FindTracesAsync);
        Get("traces/{traceId}", GetTraceAsync);

        void Get(string path, Func<HttpContext, Task<IResult>> handleAsync) =>
            routes.MapGet($"/jaeger/api/v3/{path}", JaegerAnswer.Route(handleAsync, JaegerAnswer.GatewayError));
    }

    private async Task<IResult> FindServicesAsync(HttpContext context)
    {
        var names = await store.FindServiceNamesAsync(tenants.TenantOf(context), JaegerEndpoints.NamesRange(time), context.RequestAborted);
        return JaegerAnswer.Object(json =>
        {
            json.WriteStartArray("services");
            foreach (var name in names)
                json.WriteStringValue(name);
            json.WriteEndArray();
        });
    }

    private async Task<IResult> FindOperationsAsync(HttpContext context)
    {
        var parameters = new JaegerParameters(context.Request.Query);
        if (parameters.Text("service") is not { } service)
            return JaegerAnswer.GatewayError(StatusCodes.Status400BadRequest, "parameter service is required");
        var operations = await store.FindOperationNamesAsync(tenants.TenantOf(context), service, JaegerEndpoints.NamesRange(time), context.RequestAborted);
        var asked = JaegerEndpoints.OfKind(operations, parameters.Text("spanKind", "span_kind"));
        return JaegerAnswer.Object(json =>
        {
            json.WriteStartArray("operations");
            foreach (var operation in asked)
                JaegerEndpoints.WriteOperation(json, operation);
            json.WriteEndArray();
        });
    }

    private async Task<IResult> FindTracesAsync(HttpContext context)
    {
        var parameters = new JaegerParameters(context.Request.Query);
        var search = JaegerSearch.OfThird(parameters);
        if (parameters.Problem is { } problem)
            return JaegerAnswer.GatewayError(StatusCodes.Status400BadRequest, problem);
        var tenant = tenants.TenantOf(context);
        var found = await _traces.FindAsync(tenant, search, context.RequestAborted);
        return await ReadAsync(context, tenant, found);
    }

    private async Task<IResult> GetTraceAsync(HttpContext context)
    {
        if (!JaegerTraces.TryParseId(((string)context.Request.RouteValues["traceId"]!).Trim(), out var traceId))
            return JaegerAnswer.GatewayError(StatusCodes.Status400BadRequest, "malformed parameter trace_id: up to 32 hexadecimal digits, not all zero");
        var parameters = new JaegerParameters(context.Request.Query);
        var (start, end) = (parameters.Time("startTime", "start_time"), parameters.Time("endTime", "end_time"));
        if (parameters.Problem is { } problem)
            return JaegerAnswer.GatewayError(StatusCodes.Status400BadRequest, problem);
        TimeRange? hint = start is null && end is null ? null : new TimeRange(start ?? 0, end ?? long.MaxValue);
        return await ReadAsync(context, tenants.TenantOf(context), [new JaegerTraceRef(traceId, hint)]);
    }

    private async Task<IResult> ReadAsync(HttpContext context, TenantId tenant, IReadOnlyList<JaegerTraceRef> traces)
    {
        var pieces = _traces.ReadAsync(tenant, traces, context.RequestAborted).GetAsyncEnumerator(context.RequestAborted);
        try
        {
            if (await pieces.MoveNextAsync())
                return new JaegerOtlpResult(pieces);
        }
        catch
        {
            await pieces.DisposeAsync();
            throw;
        }

        await pieces.DisposeAsync();
        return JaegerAnswer.GatewayError(StatusCodes.Status404NotFound, "No traces found");
    }
}
