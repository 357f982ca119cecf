using System.Globalization;
using Otelier.Server.Http;
using Otelier.Signals.Api;
using Otelier.Signals.Logs;
using Otelier.Storage;

namespace Otelier.Server.Logs;

/// <summary><c>/api/v1/logs/{id}</c> and <c>/api/v1/logs/{id}/context</c>.</summary>
internal sealed class LogContextEndpoints(ILogStore store, TenantAccessor tenants) : IEndpoints
{
    private const string Route = "/api/v1/logs/{id}";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Route, ApiRoute.Of(GetLogAsync));
        routes.MapGet($"{Route}/context", ApiRoute.Of(GetContextAsync));
    }

    private async Task<IResult> GetLogAsync(HttpContext context)
    {
        if (context.Request.Query.Keys.FirstOrDefault() is { } name)
            return Problems.Unprocessable($"There is no parameter '{name}'.");
        if (ReadId(context) is not { } id || await store.GetLogAsync(tenants.TenantOf(context), id, context.RequestAborted) is not { } record)
            return NotFound();
        return JsonAnswer.OfMembers(json =>
        {
            json.WritePropertyName("log");
            LogJson.Write(json, record);
        });
    }

    private async Task<IResult> GetContextAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (query.Keys.FirstOrDefault(name => name is not ("before" or "after" or "scope")) is { } unknown)
            return Problems.Unprocessable($"There is no parameter '{unknown}'. Allowed: before, after, scope.");
        if (ReadSide(query, "before") is not { } before || ReadSide(query, "after") is not { } after)
            return Problems.Unprocessable($"'before' and 'after' are numbers from 0 to {LogContextQuery.SideMax}.");
        if (ReadStream(query) is not { } stream)
            return Problems.Unprocessable("'scope' is to be one of resource, service.");
        if (ReadId(context) is not { } id)
            return NotFound();
        var question = new LogContextQuery(tenants.TenantOf(context), id, before, after, stream);
        if (await store.GetContextAsync(question, context.RequestAborted) is not { } answer)
            return NotFound();
        return JsonAnswer.OfMembers(json =>
        {
            json.WriteStartArray("logs");
            foreach (var record in answer.Records)
                LogJson.Write(json, record);
            json.WriteEndArray();
            json.WriteNumber("index", answer.Index);
            json.WriteWarnings([]);
        });
    }

    private static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult NotFound() => Problems.NotFound("There is no log record of that id.");

    private static LogId? ReadId(HttpContext context) =>
        LogId.TryParse(context.Request.RouteValues["id"] as string, out var id) ? id : null;

    private static int? ReadSide(IQueryCollection query, string name)
    {
        if (!query.TryGetValue(name, out var texts))
            return LogContextQuery.SideDefault;
        return texts is [{ } text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= LogContextQuery.SideMax
            ? number
            : null;
    }

    private static LogStream? ReadStream(IQueryCollection query) => query.TryGetValue("scope", out var texts)
        ? texts switch { ["resource"] => LogStream.Resource, ["service"] => LogStream.Service, _ => null }
        : LogStream.Resource;
}
