using Otelier.Server.Http;
using Otelier.Signals;
using Otelier.Signals.Catalog;
using Otelier.Signals.Filters;
using Otelier.Storage;

namespace Otelier.Server.Fields;

/// <summary><c>/api/v1/fields</c> and <c>/api/v1/fields/values</c>: what may stand in a filter, for autocompletion.</summary>
internal sealed class FieldEndpoints(IFieldStore store, TenantAccessor tenants, TimeProvider time) : IEndpoints
{
    private static readonly string[] SignalNames = ["traces", "logs", "metrics"];
    private static readonly Signal[] Signals = [Signal.Traces, Signal.Logs, Signal.Metrics];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/fields", ApiRoute.Of(FindFieldsAsync));
        routes.MapGet("/api/v1/fields/values", ApiRoute.Of(FindValuesAsync));
    }

    private async Task<IResult> FindFieldsAsync(HttpContext context)
    {
        var parameters = new QueryParameters(context.Request.Query, time.UnixNano(), "signal", "prefix", "limit");
        var signal = Signals[parameters.Choice("signal", SignalNames)];
        var prefix = parameters.Single("prefix") ?? "";
        if (parameters.Problem is { } problem)
            return problem;
        var fields = FieldRegistry.Of(signal)
            .Where(field => field.Name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(FieldAnswer.Of)
            .ToList();
        var (levels, key) = FieldPrefix.Read(signal, prefix);
        var query = new FieldQuery(tenants.TenantOf(context), signal, RangeOf(parameters, context), levels, key, parameters.Limit);
        var attributes = await store.FindAttributesAsync(query, context.RequestAborted);
        fields.AddRange(attributes.Select(FieldAnswer.Of));
        return new JsonListResult<FieldAnswer>("fields", [.. fields.Take(parameters.Limit)], FieldAnswer.Write, nextCursor: null, warnings: []);
    }

    private async Task<IResult> FindValuesAsync(HttpContext context)
    {
        var parameters = new QueryParameters(context.Request.Query, time.UnixNano(), "signal", "field", "prefix", "limit");
        var signal = Signals[parameters.Choice("signal", SignalNames)];
        var prefix = parameters.Single("prefix") ?? "";
        var name = parameters.Single("field");
        if (parameters.Problem is { } problem)
            return problem;
        if (name is null)
            return Problems.Unprocessable("'field' is missing.");
        if (!FieldName.TryParse(signal, name, out var field, out var unknown))
            return Problems.Unprocessable($"'field': unknown field; {unknown}.");
        if (field is FilterField.Intrinsic intrinsic && FieldRegistry.Of(intrinsic.Name).Words is { Count: > 0 } words)
        {
            var known = words.Where(word => word.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).Take(parameters.Limit).ToList();
            return new JsonListResult<string>("values", known, FieldAnswer.WriteWord, nextCursor: null, warnings: []);
        }

        var query = new FieldValueQuery(tenants.TenantOf(context), signal, RangeOf(parameters, context), field, prefix, parameters.Limit);
        var values = await store.FindValuesAsync(query, context.RequestAborted);
        Warning[] warnings = field is FilterField.Attribute && values.Count > 0
            ? [new Warning(Warning.Estimated, "Of attributes a sample of values is kept; the counts say how often a value was noted.")]
            : [];
        return new JsonListResult<FieldValueInfo>("values", values, FieldAnswer.Write, nextCursor: null, warnings);
    }

    /// <summary>Without a start the catalog is asked as far back as a search may go: a key that nobody uses today is a key.</summary>
    private static TimeRange RangeOf(QueryParameters parameters, HttpContext context) =>
        context.Request.Query.ContainsKey("start")
            ? parameters.Range
            : parameters.Range with { StartUnixNano = parameters.Range.EndUnixNano - Math.Min(parameters.Range.EndUnixNano, (ulong)SearchLimits.RangeMax.Ticks * 100) };
}
