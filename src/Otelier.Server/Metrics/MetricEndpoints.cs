using Microsoft.AspNetCore.Http.HttpResults;
using Otelier.Server.Http;
using Otelier.Signals;
using Otelier.Signals.Api;
using Otelier.Signals.Filters;
using Otelier.Signals.Metrics;
using Otelier.Signals.Otlp;
using Otelier.Storage;

namespace Otelier.Server.Metrics;

/// <summary><c>/api/v1/metrics</c>, what is asked of one of them, and <c>/api/v1/metrics/query</c>.</summary>
internal sealed class MetricEndpoints(IMetricStore store, CursorCodec cursors, TenantAccessor tenants, TimeProvider time) : IEndpoints
{
    private const string Route = "/api/v1/metrics";

    private static readonly string[] ListParameters = ["limit", "cursor", "service", "name", "prefix", "search", "q", QueryParameters.AttributePrefix];
    private static readonly string[] PointParameters = ["limit", "cursor", "format", "service", "name", "q", QueryParameters.AttributePrefix];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Route, ApiRoute.Of(FindMetricsAsync));
        routes.MapGet($"{Route}/{{**name}}", ApiRoute.Of(context => FindPointsAsync(context, MetricPath.NameOf(context))));
        routes.MapGet($"{Route}/{{name}}/labels", ApiRoute.Of(FindLabelsAsync));
        routes.MapGet($"{Route}/{{name}}/series", ApiRoute.Of(FindSeriesAsync));
        routes.MapGet($"{Route}/{{name}}/exemplars", ApiRoute.Of(FindExemplarsAsync));
        routes.MapPost($"{Route}/query", ApiRoute.Of(QueryAsync));
        routes.MapPost($"{Route}/query/instant", ApiRoute.Of(QueryInstantAsync));
    }

    private async Task<IResult> FindMetricsAsync(HttpContext context)
    {
        // As OTLP there is nothing but points; so asked for, a name may also hold what no path can carry.
        if (context.Request.Query.ContainsKey("format"))
        {
            return context.Request.Query["name"] is [{ Length: > 0 } asked]
                ? await FindPointsAsync(context, asked)
                : Problems.Unprocessable("format=otlp gives the points of one metric: name it with the parameter 'name'.");
        }

        var parameters = new QueryParameters(context.Request.Query, time.UnixNano(), ListParameters)
            .AnyOf("service", IntrinsicField.ServiceName)
            .AnyOf("name", IntrinsicField.Name)
            .Attributes()
            .Filtered(Signal.Metrics);
        var prefix = parameters.Single("prefix") ?? "";
        parameters.Contains("search", IntrinsicField.Name);
        var tenant = tenants.TenantOf(context);
        var search = CursorCodec.SearchOf("metrics", tenant, context.Request.Query, parameters.Filter);
        if (parameters.Problem is { } problem)
            return problem;
        if (!cursors.TryReadCursor(parameters, search, out var cursor))
            return Problems.InvalidCursor();
        var range = cursor?.Range ?? parameters.Range;
        var query = new MetricListQuery(tenant, range, prefix, parameters.Filter, parameters.Limit, cursor?.Key);
        var page = await store.FindMetricsAsync(query, context.RequestAborted);
        return new JsonListResult<MetricInfo>("metrics", page.Items, MetricJson.Write, cursors.WriteNext(page.Next, range, search), page.Warnings);
    }

    private async Task<IResult> FindPointsAsync(HttpContext context, string name)
    {
        var parameters = new QueryParameters(context.Request.Query, time.UnixNano(), PointParameters)
            .AnyOf("service", IntrinsicField.ServiceName)
            .Attributes()
            .Filtered(Signal.Metrics);
        var tenant = tenants.TenantOf(context);
        var search = CursorCodec.SearchOf($"points {name}", tenant, context.Request.Query, parameters.Filter);
        if (parameters.Problem is { } problem)
            return problem;
        if (!cursors.TryReadCursor(parameters, search, out var cursor))
            return Problems.InvalidCursor();
        var range = cursor?.Range ?? parameters.Range;
        var page = await store.FindPointsAsync(new PointQuery(tenant, name, range, parameters.Filter, parameters.Limit, cursor?.Key), context.RequestAborted);
        var next = cursors.WriteNext(page.Next, range, search);
        return parameters.IsOtlp
            ? new OtlpResult(OtlpSchema.ExportMetricsServiceRequest, Encode(page.Items), next)
            : new JsonListResult<MetricPoint>("points", page.Items, MetricJson.Write, next, page.Warnings);
    }

    private async Task<IResult> QueryAsync(HttpContext context)
    {
        var (request, problem) = await MetricJsonContext.ReadAsync(context, MetricJsonContext.Default.MetricQueryRequest);
        if (request is null)
            return problem!;
        (var query, problem) = request.ToQuery(tenants.TenantOf(context), time.UnixNano());
        if (query is null)
            return problem!;
        return new MetricAnswerResult(await store.QueryAsync(query, context.RequestAborted));
    }

    private async Task<IResult> QueryInstantAsync(HttpContext context)
    {
        var (request, problem) = await MetricJsonContext.ReadAsync(context, MetricJsonContext.Default.MetricInstantRequest);
        if (request is null)
            return problem!;
        (var query, problem) = request.ToQuery(tenants.TenantOf(context), time.UnixNano());
        if (query is null)
            return problem!;
        return new MetricInstantResult(await store.QueryAsync(query, context.RequestAborted));
    }

    private async Task<IResult> FindLabelsAsync(HttpContext context)
    {
        var (query, problem) = ReadSeries(context, "/labels");
        return problem ?? (IResult)new MetricListResult<MetricLabel>("labels", await store.FindLabelsAsync(query!, context.RequestAborted), SeriesJson.Write);
    }

    private async Task<IResult> FindExemplarsAsync(HttpContext context)
    {
        var (query, problem) = ReadSeries(context, "/exemplars");
        return problem ?? (IResult)new MetricListResult<SeriesExemplar>(
            "exemplars", await store.FindExemplarsAsync(query!, context.RequestAborted), SeriesJson.Write);
    }

    private async Task<IResult> FindSeriesAsync(HttpContext context)
    {
        var parameters = SeriesParameters(context, "cursor");
        var tenant = tenants.TenantOf(context);
        var name = MetricPath.NameBefore(context, "/series");
        var search = CursorCodec.SearchOf($"series {name}", tenant, context.Request.Query, parameters.Filter);
        if (parameters.Problem is { } problem)
            return problem;
        if (!cursors.TryReadCursor(parameters, search, out var cursor))
            return Problems.InvalidCursor();
        var range = cursor?.Range ?? parameters.Range;
        var page = await store.FindSeriesAsync(new SeriesQuery(tenant, name, range, parameters.Filter, parameters.Limit, cursor?.Key), context.RequestAborted);
        return new JsonListResult<SeriesSeen>("series", page.Items, SeriesJson.Write, cursors.WriteNext(page.Next, range, search), page.Warnings);
    }

    private (SeriesQuery? Query, ProblemHttpResult? Problem) ReadSeries(HttpContext context, string part)
    {
        var parameters = SeriesParameters(context);
        return parameters.Problem is { } problem
            ? (null, problem)
            : (new SeriesQuery(tenants.TenantOf(context), MetricPath.NameBefore(context, part), parameters.Range, parameters.Filter, parameters.Limit), null);
    }

    private QueryParameters SeriesParameters(HttpContext context, params IEnumerable<string> more) =>
        new QueryParameters(context.Request.Query, time.UnixNano(), ["limit", "service", "q", QueryParameters.AttributePrefix, .. more])
            .AnyOf("service", IntrinsicField.ServiceName)
            .Attributes()
            .Filtered(Signal.Metrics);

#pragma warning disable CS1998 // One piece, ready at once.
    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Encode(IReadOnlyList<MetricPoint> points)
    {
        var output = new ProtoWriter();
        OtlpMetricEncoder.Write(points, output);
        yield return output.WrittenMemory;
    }
#pragma warning restore CS1998
}
