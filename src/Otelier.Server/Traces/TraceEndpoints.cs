using Otelier.Server.Http;
using Otelier.Signals;
using Otelier.Signals.Api;
using Otelier.Signals.Filters;
using Otelier.Signals.Ids;
using Otelier.Signals.Otlp;
using Otelier.Signals.Traces;
using Otelier.Storage;

namespace Otelier.Server.Traces;

/// <summary><c>/api/v1/traces</c>, <c>/api/v1/traces/{traceId}</c>, <c>/api/v1/spans</c>.</summary>
internal sealed class TraceEndpoints(ITraceStore store, CursorCodec cursors, TenantAccessor tenants, TimeProvider time) : IEndpoints
{
    private static readonly string[] SearchParameters =
    [
        "limit", "cursor", "q", "sort", "total", "service", "name", "kind", "status", "minDuration", "maxDuration", "traceId", "spanId", QueryParameters.AttributePrefix,
    ];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/api/v1/traces", SearchForm.Methods, ApiRoute.Of(FindTracesAsync));
        routes.MapGet("/api/v1/traces/{traceId}", ApiRoute.Of(GetTraceAsync));
        routes.MapMethods("/api/v1/spans", SearchForm.Methods, ApiRoute.Of(FindSpansAsync));
    }

    private async Task<IResult> GetTraceAsync(HttpContext context)
    {
        if (context.Request.RouteValues["traceId"] is not string text || !TraceId.TryParse(text, out var traceId) || traceId.IsZero)
            return Problems.NotFound("A trace id is 32 hexadecimal digits, not all zero.");
        var parameters = new QueryParameters(context.Request.Query, time.UnixNano(), "format");
        if (parameters.Problem is { } problem)
            return problem;

        // A range is a hint, not a default: without one the trace is looked for everywhere.
        var query = context.Request.Query;
        TimeRange? hint = query.ContainsKey("start") || query.ContainsKey("end") ? parameters.Range : null;
        var spans = store.GetTraceAsync(tenants.TenantOf(context), traceId, hint, context.RequestAborted).GetAsyncEnumerator(context.RequestAborted);
        try
        {
            // The first span decides between an answer and a problem, before anything is sent.
            if (!await spans.MoveNextAsync())
            {
                await spans.DisposeAsync();
                return Problems.NotFound($"There is no trace {traceId}.");
            }
        }
        catch
        {
            await spans.DisposeAsync();
            throw;
        }

        return new TraceResult(spans, parameters.IsOtlp);
    }

    private async Task<IResult> FindTracesAsync(HttpContext context)
    {
        var (form, refusal) = await SearchForm.ReadAsync(context);
        if (form is null)
            return refusal!;
        var parameters = Read(form, SearchParameters);
        var order = (TraceOrder)parameters.Choice("sort", "-start", "-duration", "-spanCount", "-errorCount");
        var isCounted = parameters.Flag("total");
        var tenant = tenants.TenantOf(context);
        var search = CursorCodec.SearchOf("traces", tenant, form.Parameters, parameters.Filter);
        if (parameters.Problem is { } problem)
            return problem;
        if (!cursors.TryReadCursor(parameters, search, out var cursor))
            return Problems.InvalidCursor();
        var range = cursor?.Range ?? parameters.Range;
        var query = new TraceQuery(tenant, range, parameters.Filter, parameters.Limit, cursor?.Key, order);
        var page = await store.FindTracesAsync(query, context.RequestAborted);
        var total = isCounted ? SearchTotal.Of(await store.CountTracesAsync(query, context.RequestAborted)) : null;
        var next = cursors.WriteNext(page.Next, range, search);
        return new JsonListResult<TraceSummary>("traces", page.Items, SpanJson.Write, next, page.Warnings, total);
    }

    private async Task<IResult> FindSpansAsync(HttpContext context)
    {
        var (form, refusal) = await SearchForm.ReadAsync(context);
        if (form is null)
            return refusal!;
        var parameters = Read(form, [.. SearchParameters, "format"]);
        var order = (SpanOrder)parameters.Choice("sort", "-start", "-duration");
        var isCounted = parameters.Flag("total");
        var tenant = tenants.TenantOf(context);
        var search = CursorCodec.SearchOf("spans", tenant, form.Parameters, parameters.Filter);
        if (parameters.Problem is { } problem)
            return problem;
        if (!cursors.TryReadCursor(parameters, search, out var cursor))
            return Problems.InvalidCursor();
        var range = cursor?.Range ?? parameters.Range;
        var query = new SpanQuery(tenant, range, parameters.Filter, parameters.Limit, cursor?.Key, order);
        var page = await store.FindSpansAsync(query, context.RequestAborted);
        var total = isCounted ? SearchTotal.Of(await store.CountSpansAsync(query, context.RequestAborted)) : null;
        var next = cursors.WriteNext(page.Next, range, search);
        return parameters.IsOtlp
            ? new OtlpResult(OtlpSchema.ExportTraceServiceRequest, Encode(page.Items), next)
            : new JsonListResult<Span>("spans", page.Items, SpanJson.Write, next, page.Warnings, total);
    }

    private QueryParameters Read(SearchForm form, IReadOnlyList<string> allowed) =>
        new QueryParameters(form.Parameters, time.UnixNano(), allowed)
            .AnyOf("service", IntrinsicField.ServiceName)
            .AnyOf("name", IntrinsicField.Name)
            .Word("kind", IntrinsicField.Kind, "unspecified", "internal", "server", "client", "producer", "consumer")
            .Word("status", IntrinsicField.Status, "unset", "ok", "error")
            .Duration("minDuration", IntrinsicField.DurationNanos, FilterOperator.GreaterOrEqual)
            .Duration("maxDuration", IntrinsicField.DurationNanos, FilterOperator.LessOrEqual)
            .Id("traceId", IntrinsicField.TraceId, TraceId.Size * 2)
            .Id("spanId", IntrinsicField.SpanId, SpanId.Size * 2)
            .Attributes()
            .Filtered(Signal.Traces, form.Filter);

#pragma warning disable CS1998 // One piece, ready at once.
    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Encode(IReadOnlyList<Span> spans)
    {
        var output = new ProtoWriter();
        OtlpSpanEncoder.Write(spans, output);
        yield return output.WrittenMemory;
    }
#pragma warning restore CS1998
}
