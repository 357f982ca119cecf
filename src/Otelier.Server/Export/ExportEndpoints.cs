using System.Globalization;
using System.Runtime.CompilerServices;
using Otelier.Server.Http;
using Otelier.Signals;
using Otelier.Signals.Metrics;
using Otelier.Storage;

namespace Otelier.Server.Export;

/// <summary><c>/api/v1/export</c>.</summary>
internal sealed class ExportEndpoints(IExportStore store, IMetricStore metrics, ExportSlots slots, TenantAccessor tenants, TimeProvider time) : IEndpoints
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/api/v1/export", SearchForm.Methods, ApiRoute.Of(ExportAsync));

    private async Task<IResult> ExportAsync(HttpContext context)
    {
        var (form, problem) = await SearchForm.ReadAsync(context);
        if (form is null)
            return problem!;
        var parameters = new RequestParameters(form, time.UnixNano(), ExportRequest.Parameters);
        var tenant = tenants.TenantOf(context);
        var request = ExportRequest.Read(parameters, tenant);
        if (parameters.Problem is { } refused)
            return refused;
        if (slots.TryEnter(tenant) is not { } slot)
        {
            context.Response.Headers.RetryAfter = ((int)RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Problems.Create(
                StatusCodes.Status429TooManyRequests, $"At most {ExportSlots.TenantMax} exports of a tenant, and {ExportSlots.AllMax} in all, run at once. Wait for one to end.");
        }

        var stop = context.RequestAborted;
        return request.SignalName switch
        {
            "spans" => await BeginAsync(request, ExportShapes.Spans, store.StreamSpansAsync(request.Query, stop), slot, stop),
            "logs" => await BeginAsync(request, ExportShapes.Logs, store.StreamLogsAsync(request.Query, stop), slot, stop),
            _ => await BeginAsync(request, ExportShapes.Points, PointsAsync(request, stop), slot, stop),
        };
    }

    /// <summary>Reads the first row, which decides between an answer and a problem, before anything is sent.</summary>
    private static async Task<IResult> BeginAsync<T>(
        ExportRequest request, ExportShape<T> shape, IAsyncEnumerable<T> rows, IDisposable slot, CancellationToken cancellationToken)
    {
        var reading = rows.GetAsyncEnumerator(cancellationToken);
        try
        {
            return new ExportResult<T>(request, shape, reading, await reading.MoveNextAsync(), slot);
        }
        catch
        {
            await reading.DisposeAsync();
            slot.Dispose();
            throw;
        }
    }

    /// <summary>A metric's points, page by page.</summary>
    private async IAsyncEnumerable<MetricPoint> PointsAsync(ExportRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new PointQuery(request.Query.Tenant, request.Metric, request.Query.Range, request.Query.Filter, SearchLimits.PageRowsMax);
        while (true)
        {
            var page = await metrics.FindPointsAsync(query, cancellationToken);
            foreach (var point in page.Items)
                yield return point;
            if (page.Next is not { } next)
                yield break;
            query = query with { After = next };
        }
    }
}
