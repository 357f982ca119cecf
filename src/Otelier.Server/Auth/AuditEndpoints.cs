using System.Text.Json;
using Otelier.Server.Http;
using Otelier.Storage.Catalog;

namespace Otelier.Server.Auth;

/// <summary><c>GET /api/v1/audit</c>.</summary>
internal sealed class AuditEndpoints(IAuditLog log, CursorCodec cursors, TenantAccessor tenants, TimeProvider time) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/audit", ApiRoute.Of(FindAsync)).Requires(Permission.Admin);

    private async Task<IResult> FindAsync(HttpContext context)
    {
        var parameters = new QueryParameters(context.Request.Query, time.UnixNano(), "limit", "cursor");
        var tenant = tenants.TenantOf(context);
        var search = CursorCodec.SearchOf("audit", tenant, context.Request.Query, filter: null);
        if (parameters.Problem is { } problem)
            return problem;
        if (!cursors.TryReadCursor(parameters, search, out var cursor))
            return Problems.InvalidCursor();
        var range = cursor?.Range ?? parameters.Range;
        var page = await log.FindAsync(new AuditQuery(tenant, range, parameters.Limit, cursor?.Key), context.RequestAborted);
        return new JsonListResult<AuditEntry>("entries", page.Items, Write, cursors.WriteNext(page.Next, range, search), []);
    }

    private static void Write(Utf8JsonWriter json, AuditEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("id", entry.Id);
        json.WriteString("timeUnixNano", entry.TimeUnixNano.ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.WriteString("action", entry.Action);
        json.WriteString("target", entry.Target);
        json.WriteString("outcome", entry.Outcome);
        json.WriteString("actorId", entry.ActorId);
        json.WriteString("actorName", entry.ActorName);
        json.WriteString("actorTenant", entry.ActorTenant);
        json.WriteString("remoteAddress", entry.RemoteAddress);
        json.WriteEndObject();
    }
}
