using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Otelier.Server.Http;
using Otelier.Signals;
using Otelier.Signals.Api;
using Otelier.Signals.Services;
using Otelier.Storage;

namespace Otelier.Server.Services;

/// <summary><c>/api/v1/services</c>, <c>/api/v1/services/{name}</c>, <c>/api/v1/red</c> and <c>/api/v1/service-map</c>.</summary>
internal sealed class ServiceEndpoints(ITraceStore store, TenantAccessor tenants, TimeProvider time) : IEndpoints
{
    private const string ApdexThreshold = "apdexThreshold";

    private static readonly string[] Groupings = ["none", "service", "operation"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/services", ApiRoute.Of(FindServicesAsync));
        routes.MapGet("/api/v1/services/{name}", ApiRoute.Of(GetServiceAsync));
        routes.MapGet("/api/v1/red", ApiRoute.Of(FindRedAsync));
        routes.MapGet("/api/v1/service-map", ApiRoute.Of(FindServiceMapAsync));
    }

    private async Task<IResult> FindServicesAsync(HttpContext context)
    {
        var parameters = new QueryParameters(context.Request.Query, time.UnixNano(), ApdexThreshold);
        var (apdex, refused) = ReadApdex(parameters);
        if ((parameters.Problem ?? refused) is { } problem)
            return problem;
        var services = await store.FindServicesAsync(tenants.TenantOf(context), parameters.Range, context.RequestAborted);
        return new JsonListResult<ServiceSummary>(
            "services", services, (json, service) => ServiceJson.Write(json, service, apdex), nextCursor: null, warnings: []);
    }

    private async Task<IResult> GetServiceAsync(HttpContext context)
    {
        var parameters = new QueryParameters(context.Request.Query, time.UnixNano(), ApdexThreshold);
        var (apdex, refused) = ReadApdex(parameters);
        if ((parameters.Problem ?? refused) is { } problem)
            return problem;
        // Routing leaves an encoded slash as it is.
        var name = ((string)context.Request.RouteValues["name"]!).Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var found = await store.GetServiceAsync(tenants.TenantOf(context), parameters.Range, name, context.RequestAborted);
        return found is null ? Problems.NotFound("There is no such service in the range.") : new ServiceDetailResult(found, apdex);
    }

    private async Task<IResult> FindRedAsync(HttpContext context)
    {
        var parameters = new QueryParameters(context.Request.Query, time.UnixNano(), "service", "operation", "kind", "groupBy", "step", "limit");
        var problems = new List<string>();
        var kind = IndexOf(parameters, "kind", SpanJson.KindWords, problems);
        var groupBy = IndexOf(parameters, "groupBy", Groupings, problems) ?? 0;
        var step = ReadStep(parameters, problems);
        var steps = (parameters.Range.EndUnixNano - parameters.Range.StartUnixNano) / TimeRange.MinuteNanos / (ulong)step;
        if (steps > ServiceLimits.RedStepsMax)
            problems.Add($"The range has more than {ServiceLimits.RedStepsMax} steps: take longer ones.");
        if (parameters.Problem is { } problem)
            return problem;
        if (problems.Count > 0)
            return Problems.Unprocessable(string.Join(' ', problems));
        var query = new RedQuery(
            tenants.TenantOf(context),
            parameters.Range,
            parameters.Single("service"),
            parameters.Single("operation"),
            kind,
            (RedGrouping)groupBy,
            step,
            (int)Math.Min((ulong)parameters.Limit, Math.Max(1, ServiceLimits.RedPointsMax / (steps + 1))));
        return new RedResult(await store.FindRedAsync(query, context.RequestAborted));
    }

    private async Task<IResult> FindServiceMapAsync(HttpContext context)
    {
        var parameters = new QueryParameters(context.Request.Query, time.UnixNano(), "service");
        var service = parameters.Single("service");
        if (parameters.Problem is { } problem)
            return problem;
        var map = await store.FindServiceMapAsync(tenants.TenantOf(context), parameters.Range, context.RequestAborted);
        return new ServiceMapResult(service is null ? map : map.Around(service));
    }

    private static (ulong? Nanos, ProblemHttpResult? Problem) ReadApdex(QueryParameters parameters)
    {
        if (parameters.Single(ApdexThreshold) is not { } text)
            return (null, null);
        return TimeText.TryParseDuration(text, out var nanos) && nanos > 0
            ? (nanos, null)
            : (null, Problems.Unprocessable($"'{ApdexThreshold}' is to be a length of time such as 500ms, more than 0."));
    }

    private static int ReadStep(QueryParameters parameters, List<string> problems)
    {
        if (parameters.Single("step") is not ({ } text and not "auto"))
            return RedSteps.AutomaticMinutes(parameters.Range);
        if (TimeText.TryParseDuration(text, out var nanos) && nanos > 0 && nanos % TimeRange.MinuteNanos == 0 && nanos <= (ulong)SearchLimits.RangeMax.Ticks * 100)
            return (int)(nanos / TimeRange.MinuteNanos);
        problems.Add(string.Create(CultureInfo.InvariantCulture, $"'step' is to be 'auto' or a length of time in whole minutes, such as 5m, to {SearchLimits.RangeMax.TotalDays}d."));
        return 1;
    }

    private static int? IndexOf(QueryParameters parameters, string name, IReadOnlyList<string> words, List<string> problems)
    {
        if (parameters.Single(name) is not { } word)
            return null;
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i] == word)
                return i;
        }

        problems.Add($"'{name}' is to be one of {string.Join(", ", words)}.");
        return null;
    }
}
