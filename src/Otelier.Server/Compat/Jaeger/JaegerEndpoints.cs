using System.Text.Json;
using Otelier.Server.Http;
using Otelier.Signals;
using Otelier.Signals.Api;
using Otelier.Signals.Traces;
using Otelier.Storage;

namespace Otelier.Server.Compat.Jaeger;

/// <summary>Jaeger's first query API, as its UI and Grafana's data source call it, under <c>/jaeger</c>.</summary>
internal sealed class JaegerEndpoints(ITraceStore store, TenantAccessor tenants, TimeProvider time) : IEndpoints
{
    private const ulong MicroNanos = 1_000;
    private const ulong MilliNanos = 1_000_000;

    private readonly JaegerTraces _traces = new(store);

    public void Map(IEndpointRouteBuilder routes)
    {
        Get("services", FindServicesAsync);
        Get("services/{service}/operations", FindServiceOperationsAsync);
        Get("operations", FindOperationsAsync);
        Get("traces", FindTracesAsync);
        Get("traces/{traceId}", GetTraceAsync);
        Get("dependencies", FindDependenciesAsync);

        void Get(string path, Func<HttpContext, Task<IResult>> handleAsync) =>
            routes.MapGet($"/jaeger/api/{path}", JaegerAnswer.Route(handleAsync, JaegerAnswer.Error));
    }

    private async Task<IResult> FindServicesAsync(HttpContext context) =>
        JaegerAnswer.List(
            await store.FindServiceNamesAsync(tenants.TenantOf(context), NamesRange(time), context.RequestAborted),
            (json, name) => json.WriteStringValue(name));

    private async Task<IResult> FindServiceOperationsAsync(HttpContext context)
    {
        // The framework leaves an escaped slash in a route value alone.
        var service = Uri.UnescapeDataString((string)context.Request.RouteValues["service"]!);
        var operations = await store.FindOperationNamesAsync(tenants.TenantOf(context), service, NamesRange(time), context.RequestAborted);
        return JaegerAnswer.List([.. operations.Select(operation => operation.Name).Distinct()], (json, name) => json.WriteStringValue(name));
    }

    private async Task<IResult> FindOperationsAsync(HttpContext context)
    {
        var parameters = new JaegerParameters(context.Request.Query);
        if (parameters.Text("service") is not { } service)
            return JaegerAnswer.Error(StatusCodes.Status400BadRequest, "parameter 'service' is required");
        var operations = await store.FindOperationNamesAsync(tenants.TenantOf(context), service, NamesRange(time), context.RequestAborted);
        return JaegerAnswer.List(OfKind(operations, parameters.Text("spanKind")), WriteOperation);
    }

    private async Task<IResult> FindTracesAsync(HttpContext context)
    {
        var parameters = new JaegerParameters(context.Request.Query);
        var tenant = tenants.TenantOf(context);
        if (parameters.Texts("traceID") is { Count: > 0 } ids)
            return await ReadNamedAsync(context, tenant, ids);
        var search = JaegerSearch.OfFirst(parameters, time.UnixNano());
        if (parameters.Problem is { } problem)
            return JaegerAnswer.Error(StatusCodes.Status400BadRequest, problem);
        var found = await _traces.FindAsync(tenant, search, context.RequestAborted);
        return await ReadAsync(context, tenant, found, isByName: false);
    }

    private async Task<IResult> ReadNamedAsync(HttpContext context, TenantId tenant, IReadOnlyList<string> ids)
    {
        if (ids.Count > JaegerLimits.TracesMax)
            return JaegerAnswer.Error(StatusCodes.Status400BadRequest, $"there are more than {JaegerLimits.TracesMax} trace ids");
        var traces = new List<JaegerTraceRef>();
        foreach (var id in ids.Distinct())
        {
            if (!JaegerTraces.TryParseId(id, out var traceId))
                return JaegerAnswer.Error(StatusCodes.Status400BadRequest, $"cannot parse traceID param: {id}");
            traces.Add(new JaegerTraceRef(traceId, null));
        }

        return await ReadAsync(context, tenant, traces, isByName: true);
    }

    private async Task<IResult> GetTraceAsync(HttpContext context)
    {
        if (!JaegerTraces.TryParseId(((string)context.Request.RouteValues["traceId"]!).Trim(), out var traceId))
            return JaegerAnswer.Error(StatusCodes.Status400BadRequest, "a trace id is up to 32 hexadecimal digits, not all zero");
        var parameters = new JaegerParameters(context.Request.Query);
        var (start, end) = (parameters.UnixTime("start", MicroNanos), parameters.UnixTime("end", MicroNanos));
        if (parameters.Problem is { } problem)
            return JaegerAnswer.Error(StatusCodes.Status400BadRequest, problem);
        TimeRange? hint = start is null && end is null ? null : new TimeRange(start ?? 0, end ?? long.MaxValue);
        return await ReadAsync(context, tenants.TenantOf(context), [new JaegerTraceRef(traceId, hint)], isByName: true, isOne: true);
    }

    private async Task<IResult> FindDependenciesAsync(HttpContext context)
    {
        var parameters = new JaegerParameters(context.Request.Query);
        var end = parameters.UnixTime("endTs", MilliNanos);
        var lookback = parameters.UnixTime("lookback", MilliNanos) ?? (ulong)JaegerLimits.DependenciesDefault.Ticks * 100;
        if (end is null or 0)
            parameters.Refuse("parameter 'endTs' is required");
        if (parameters.Problem is { } problem)
            return JaegerAnswer.Error(StatusCodes.Status400BadRequest, problem);
        var length = Math.Clamp(lookback, 1, Math.Min(end!.Value, (ulong)SearchLimits.RangeMax.Ticks * 100));
        var map = await store.FindServiceMapAsync(tenants.TenantOf(context), new TimeRange(end.Value - length, end.Value), context.RequestAborted);
        var names = map.Nodes.ToDictionary(node => node.Id, node => node.Name);
        // Jaeger knows names alone: a queue stands between those who send and those who receive, like a service.
        var links = map.Edges
            .GroupBy(edge => (Parent: names[edge.SourceId], Child: names[edge.TargetId]))
            .Select(link => (link.Key.Parent, link.Key.Child, Calls: link.Aggregate(0UL, (sum, edge) => sum + edge.Calls.Count)))
            .ToList();
        return JaegerAnswer.List(links, (json, link) =>
        {
            json.WriteStartObject();
            json.WriteString("parent", link.Parent);
            json.WriteString("child", link.Child);
            json.WriteNumber("callCount", link.Calls);
            json.WriteEndObject();
        });
    }

    private async Task<IResult> ReadAsync(
        HttpContext context, TenantId tenant, IReadOnlyList<JaegerTraceRef> traces, bool isByName, bool isOne = false)
    {
        // The first spans decide between an answer and an error, before anything is sent.
        var pieces = _traces.ReadAsync(tenant, traces, context.RequestAborted).GetAsyncEnumerator(context.RequestAborted);
        try
        {
            var hasAny = await pieces.MoveNextAsync();
            if (hasAny || !isOne)
                return new JaegerTracesResult(pieces, hasAny, traces, isByName);
        }
        catch
        {
            await pieces.DisposeAsync();
            throw;
        }

        await pieces.DisposeAsync();
        return JaegerAnswer.Error(StatusCodes.Status404NotFound, "trace not found");
    }

    /// <summary>Of what time the names are told.</summary>
    internal static TimeRange NamesRange(TimeProvider time)
    {
        var now = time.UnixNano();
        return new TimeRange(now - Math.Min(now, (ulong)JaegerLimits.NamesRange.Ticks * 100), now);
    }

    /// <summary>The operations of a kind, which is asked for by Jaeger's word for it; all without one.</summary>
    internal static IReadOnlyList<OperationName> OfKind(IReadOnlyList<OperationName> operations, string? kind) =>
        kind is null ? operations : [.. operations.Where(operation => JaegerJson.KindWord(operation.Kind) == kind)];

    internal static void WriteOperation(Utf8JsonWriter json, OperationName operation)
    {
        json.WriteStartObject();
        json.WriteString("name", operation.Name);
        json.WriteString("spanKind", JaegerJson.KindWord(operation.Kind));
        json.WriteEndObject();
    }
}
