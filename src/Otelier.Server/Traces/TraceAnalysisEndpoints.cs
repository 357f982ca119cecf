using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.HttpResults;
using Otelier.Server.Http;
using Otelier.Signals;
using Otelier.Signals.Api;
using Otelier.Signals.Ids;
using Otelier.Signals.Logs;
using Otelier.Signals.Traces.Analysis;
using Otelier.Storage;

namespace Otelier.Server.Traces;

/// <summary>Questions about one trace: its rows, where its time went, one of its spans; and two traces laid over each other.</summary>
internal sealed class TraceAnalysisEndpoints(
    ITraceStore store, ILogStore logs, TraceTreeCache trees, CursorCodec cursors, TenantAccessor tenants, TimeProvider time) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/traces/{traceId}/rows", ApiRoute.Of(GetRowsAsync));
        routes.MapPost("/api/v1/traces/{traceId}/rows", ApiRoute.Of(PostRowsAsync));
        routes.MapGet("/api/v1/traces/{traceId}/analysis", ApiRoute.Of(GetAnalysisAsync));
        routes.MapGet("/api/v1/traces/{traceId}/spans/{spanId}", ApiRoute.Of(GetSpanAsync));
        routes.MapGet("/api/v1/traces/{traceId}/logs", ApiRoute.Of(FindLogsAsync));
        routes.MapGet("/api/v1/traces/compare", ApiRoute.Of(CompareAsync));
    }

    private Task<IResult> GetRowsAsync(HttpContext context) => FindRowsAsync(context, TraceRowsRequest.Of(context.Request.Query, time.UnixNano()));

    private async Task<IResult> PostRowsAsync(HttpContext context)
    {
        var (request, problem) = await TraceRowsRequest.ReadAsync(context, time.UnixNano());
        return request is null ? problem! : await FindRowsAsync(context, request);
    }

    private async Task<IResult> FindRowsAsync(HttpContext context, TraceRowsRequest request)
    {
        if (!TryReadId(context.Request.RouteValues["traceId"], out var traceId, out var noId))
            return noId;
        if (request.Problem is { } problem)
            return problem;
        var tenant = tenants.TenantOf(context);
        if (await trees.GetAsync(tenant, traceId, request.Hint, context.RequestAborted) is not { } tree)
            return NoTrace(traceId);
        var matches = request.Search is { } search
            ? await store.FindTraceSpanIdsAsync(tenant, traceId, RangeOf(tree), search, context.RequestAborted)
            : null;
        var query = new RowQuery(request.Offset, request.Limit, request.Around, request.Collapsed, matches);
        return new TraceRowsResult(traceId, tree, query, request.HasMinimap ?? request is { Offset: 0, Around: null });
    }

    private async Task<IResult> GetAnalysisAsync(HttpContext context)
    {
        if (!TryReadId(context.Request.RouteValues["traceId"], out var traceId, out var noId))
            return noId;
        var parameters = new QueryParameters(context.Request.Query, time.UnixNano());
        if (parameters.Problem is { } problem)
            return problem;
        return await trees.GetAsync(tenants.TenantOf(context), traceId, HintOf(context, parameters), context.RequestAborted) is { } tree
            ? new TraceAnalysisResult(traceId, tree)
            : NoTrace(traceId);
    }

    private async Task<IResult> GetSpanAsync(HttpContext context)
    {
        if (!TryReadId(context.Request.RouteValues["traceId"], out var traceId, out var noId))
            return noId;
        if (context.Request.RouteValues["spanId"] is not string text || !SpanId.TryParse(text, out var spanId) || spanId.IsZero)
            return Problems.NotFound("A span id is 16 hexadecimal digits, not all zero.");
        var parameters = new QueryParameters(context.Request.Query, time.UnixNano(), "service");
        var service = parameters.Single("service");
        if (parameters.Problem is { } problem)
            return problem;
        var spans = await store.GetSpansAsync(tenants.TenantOf(context), traceId, spanId, HintOf(context, parameters), context.RequestAborted);
        return spans.FirstOrDefault(span => service is null || span.Resource.ServiceName == service) is { } found
            ? JsonAnswer.Of(json => SpanJson.Write(json, found))
            : Problems.NotFound($"There is no span {spanId} in a trace {traceId}.");
    }

    private async Task<IResult> FindLogsAsync(HttpContext context)
    {
        if (!TryReadId(context.Request.RouteValues["traceId"], out var traceId, out var noId))
            return noId;
        var parameters = new QueryParameters(context.Request.Query, time.UnixNano(), "spanId", "limit", "cursor");
        SpanId? spanId = null;
        if (parameters.Single("spanId") is { } text)
        {
            if (!SpanId.TryParse(text, out var id) || id.IsZero)
                return Problems.Unprocessable("'spanId' is to be 16 hexadecimal digits, not all zero.");
            spanId = id;
        }

        if (parameters.Problem is { } problem)
            return problem;
        var tenant = tenants.TenantOf(context);
        var search = CursorCodec.SearchOf($"traces/{traceId}/logs", tenant, context.Request.Query, filter: null);
        if (!cursors.TryReadCursor(parameters, search, out var cursor))
            return Problems.InvalidCursor();
        var page = await logs.FindTraceLogsAsync(new TraceLogQuery(tenant, traceId, spanId, parameters.Limit, cursor?.Key), context.RequestAborted);
        return new JsonListResult<LogRecord>("logs", page.Items, LogJson.Write, cursors.WriteNext(page.Next, default, search), page.Warnings);
    }

    private async Task<IResult> CompareAsync(HttpContext context)
    {
        var parameters = new QueryParameters(context.Request.Query, time.UnixNano(), "left", "right");
        var (leftText, rightText) = (parameters.Single("left"), parameters.Single("right"));
        if (parameters.Problem is { } problem)
            return problem;
        if (!TraceId.TryParse(leftText, out var leftId) || !TraceId.TryParse(rightText, out var rightId))
            return Problems.Unprocessable("'left' and 'right' are to be trace ids: 32 hexadecimal digits each.");
        var tenant = tenants.TenantOf(context);
        if (await trees.GetAsync(tenant, leftId, HintOf(context, parameters), context.RequestAborted) is not { } left)
            return NoTrace(leftId);
        if (await trees.GetAsync(tenant, rightId, HintOf(context, parameters), context.RequestAborted) is not { } right)
            return NoTrace(rightId);
        return new TraceComparisonResult(leftId, left, rightId, right);
    }

    // A range is a hint, not a default: without one the trace is looked for everywhere.
    private static TimeRange? HintOf(HttpContext context, QueryParameters parameters) =>
        context.Request.Query.ContainsKey("start") || context.Request.Query.ContainsKey("end") ? parameters.Range : null;

    private static TimeRange RangeOf(TraceTree tree) => new(tree.StartTimeUnixNano, tree.EndTimeUnixNano + 1);

    private static bool TryReadId(object? text, out TraceId traceId, [NotNullWhen(false)] out IResult? problem)
    {
        traceId = default;
        var isId = text is string id && TraceId.TryParse(id, out traceId) && !traceId.IsZero;
        problem = isId ? null : Problems.NotFound("A trace id is 32 hexadecimal digits, not all zero.");
        return isId;
    }

    private static ProblemHttpResult NoTrace(TraceId traceId) => Problems.NotFound($"There is no trace {traceId}.");
}
