using Otelier.Server.Http;
using Otelier.Signals;
using Otelier.Signals.Analytics;
using Otelier.Storage;

namespace Otelier.Server.Analytics;

/// <summary><c>/api/v1/spans|logs/aggregate</c>, <c>…/facets</c>, <c>…/compare</c>, <c>/api/v1/spans/heatmap</c>, <c>/api/v1/logs/histogram</c>.</summary>
internal sealed class AnalyticsEndpoints(IAnalyticsStore store, TenantAccessor tenants, TimeProvider time) : IEndpoints
{
    private const string BaselinePart = "baseline";

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (path, signal) in ((string, Signal)[])[("/api/v1/spans", Signal.Traces), ("/api/v1/logs", Signal.Logs)])
        {
            Map(routes, SearchForm.Methods, $"{path}/aggregate", signal, AnalyticsRequest.ReadAggregates, AggregateAsync, "aggregates", "groupBy", "step", "limit", "orderBy");
            Map(routes, SearchForm.Methods, $"{path}/facets", signal, AnalyticsRequest.ReadFacets, FindFacetsAsync, "fields", "limit");
            Map(routes, [HttpMethods.Post], $"{path}/compare", signal, AnalyticsRequest.ReadComparison, CompareAsync, BaselinePart);
        }

        Map(routes, SearchForm.Methods, "/api/v1/spans/heatmap", Signal.Traces, ReadHeatmap, GetHeatmapAsync, "step");
        Map(routes, SearchForm.Methods, "/api/v1/logs/histogram", Signal.Logs, ReadHistogram, GetHistogramAsync, "step");
    }

    /// <summary>Maps a route: reads the question, refuses what cannot be understood, asks the store.</summary>
    private void Map<TQuery>(
        IEndpointRouteBuilder routes,
        string[] methods,
        string path,
        Signal signal,
        Func<RequestParameters, TenantId, Signal, TQuery> read,
        Func<TQuery, CancellationToken, Task<IResult>> answerAsync,
        params string[] allowed) => routes.MapMethods(path, methods, ApiRoute.Of(async context =>
        {
            var (form, problem) = await SearchForm.ReadAsync(context, BaselinePart);
            if (form is null)
                return problem!;
            var parameters = new RequestParameters(form, time.UnixNano(), allowed);
            var query = read(parameters, tenants.TenantOf(context), signal);
            return parameters.Problem ?? await answerAsync(query, context.RequestAborted);
        }));

    private async Task<IResult> AggregateAsync(AggregateQuery query, CancellationToken cancellationToken) =>
        AnalyticsResults.Of(query, await store.AggregateAsync(query, cancellationToken));

    private async Task<IResult> FindFacetsAsync(FacetQuery query, CancellationToken cancellationToken) =>
        AnalyticsResults.Of(query, await store.FindFacetsAsync(query, cancellationToken));

    private async Task<IResult> CompareAsync(ComparisonQuery query, CancellationToken cancellationToken) =>
        AnalyticsResults.Of(await store.CompareAsync(query, cancellationToken));

    private async Task<IResult> GetHeatmapAsync(HeatmapQuery query, CancellationToken cancellationToken) =>
        AnalyticsResults.Of(query, await store.GetHeatmapAsync(query, cancellationToken));

    private async Task<IResult> GetHistogramAsync(LogHistogramQuery query, CancellationToken cancellationToken) =>
        AnalyticsResults.Of(query, await store.GetLogHistogramAsync(query, cancellationToken));

    private static HeatmapQuery ReadHeatmap(RequestParameters parameters, TenantId tenant, Signal signal)
    {
        var selection = AnalyticsRequest.ReadSelection(parameters, tenant, signal);
        return new HeatmapQuery(selection, AnalyticsRequest.ReadGrid(parameters, selection.Range));
    }

    private static LogHistogramQuery ReadHistogram(RequestParameters parameters, TenantId tenant, Signal signal)
    {
        var selection = AnalyticsRequest.ReadSelection(parameters, tenant, signal);
        return new LogHistogramQuery(selection, AnalyticsRequest.ReadGrid(parameters, selection.Range));
    }
}
