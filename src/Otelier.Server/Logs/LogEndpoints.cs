using Otelier.Server.Http;
using Otelier.Signals;
using Otelier.Signals.Api;
using Otelier.Signals.Filters;
using Otelier.Signals.Ids;
using Otelier.Signals.Logs;
using Otelier.Signals.Otlp;
using Otelier.Storage;

namespace Otelier.Server.Logs;

/// <summary><c>/api/v1/logs</c>.</summary>
internal sealed class LogEndpoints(ILogStore store, CursorCodec cursors, TenantAccessor tenants, TimeProvider time) : IEndpoints
{
    private static readonly string[] SearchParameters =
        ["limit", "cursor", "format", "q", "total", "service", "severity", "severityText", "body", "event", "traceId", "spanId", QueryParameters.AttributePrefix];

    public void Map(IEndpointRouteBuilder routes) => routes.MapMethods("/api/v1/logs", SearchForm.Methods, ApiRoute.Of(FindLogsAsync));

    private async Task<IResult> FindLogsAsync(HttpContext context)
    {
        var (form, refusal) = await SearchForm.ReadAsync(context);
        if (form is null)
            return refusal!;
        var parameters = new QueryParameters(form.Parameters, time.UnixNano(), SearchParameters)
            .AnyOf("service", IntrinsicField.ServiceName)
            .Severity("severity")
            .AnyOf("severityText", IntrinsicField.SeverityText)
            .Contains("body", IntrinsicField.Body)
            .AnyOf("event", IntrinsicField.EventName)
            .Id("traceId", IntrinsicField.TraceId, TraceId.Size * 2)
            .Id("spanId", IntrinsicField.SpanId, SpanId.Size * 2)
            .Attributes()
            .Filtered(Signal.Logs, form.Filter);
        var isCounted = parameters.Flag("total");
        var tenant = tenants.TenantOf(context);
        var search = CursorCodec.SearchOf("logs", tenant, form.Parameters, parameters.Filter);
        if (parameters.Problem is { } problem)
            return problem;
        if (!cursors.TryReadCursor(parameters, search, out var cursor))
            return Problems.InvalidCursor();
        var range = cursor?.Range ?? parameters.Range;
        var query = new LogQuery(tenant, range, parameters.Filter, parameters.Limit, cursor?.Key);
        var page = await store.FindLogsAsync(query, context.RequestAborted);
        var total = isCounted ? SearchTotal.Of(await store.CountLogsAsync(query, context.RequestAborted)) : null;
        var next = cursors.WriteNext(page.Next, range, search);
        return parameters.IsOtlp
            ? new OtlpResult(OtlpSchema.ExportLogsServiceRequest, Encode(page.Items), next)
            : new JsonListResult<LogRecord>("logs", page.Items, LogJson.Write, next, page.Warnings, total);
    }

#pragma warning disable CS1998 // One piece, ready at once.
    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Encode(IReadOnlyList<LogRecord> records)
    {
        var output = new ProtoWriter();
        OtlpLogEncoder.Write(records, output);
        yield return output.WrittenMemory;
    }
#pragma warning restore CS1998
}
