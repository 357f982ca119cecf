using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Otelier.Server.Http;
using Otelier.Storage;
using Otelier.Storage.Log;

namespace Otelier.Server.Stats;

/// <summary><c>/api/v1/stats</c>, <c>/api/v1/stats/tables</c> and <c>/api/v1/stats/ingest</c>: how the server itself is doing.</summary>
internal sealed class StatsEndpoints(EngineStatus engine, WriteAheadLog log, OtelierOptions options, IngestHistory history, TimeProvider time) : IEndpoints
{
    /// <summary>The figures are those of all tenants.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        var own = routes.MapRequiring(Permission.Operate);
        own.MapGet("/api/v1/stats", ApiRoute.Of(context => Task.FromResult(Answer(context, json => StatsJson.WriteQueries(json, engine.Queries)))));
        own.MapGet("/api/v1/stats/tables", ApiRoute.Of(GetTablesAsync));
        own.MapGet("/api/v1/stats/ingest", ApiRoute.Of(context => Task.FromResult(Answer(
            context, json => StatsJson.WriteIngest(json, history, LogStatus.Of(log, options.Storage.Log, time))))));
    }

    private async Task<IResult> GetTablesAsync(HttpContext context)
    {
        if (Problem(context) is { } problem)
            return problem;
        var tables = await engine.GetTablesAsync(context.RequestAborted);
        return JsonAnswer.Of(json => StatsJson.WriteTables(json, tables));
    }

    private static IResult Answer(HttpContext context, Action<Utf8JsonWriter> write) => Problem(context) ?? (IResult)JsonAnswer.Of(write);

    private static ProblemHttpResult? Problem(HttpContext context) =>
        context.Request.Query.Count == 0 ? null : Problems.Unprocessable($"There is no parameter '{context.Request.Query.Keys.First()}'; this route has none.");
}
