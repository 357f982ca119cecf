using System.Text.Json;
using Otelier.Server.Http;
using Otelier.Signals;
using Otelier.Storage.Catalog;

namespace Otelier.Server.Auth;

/// <summary><c>GET /api/v1/audit</c>.</summary>
internal sealed class AuditEndpoints(IAuditLog log, CursorCodec cursors, TenantAccessor tenants, TenantRegistry registry, TimeProvider time) : IEndpoints
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
        var range = Since(registry.Find(tenant), cursor?.Range ?? parameters.Range);
        var page = await log.FindAsync(new AuditQuery(tenant, range, parameters.Limit, cursor?.Key), context.RequestAborted);
        return new JsonListResult<AuditEntry>("entries", page.Items, Write, cursors.WriteNext(page.Next, range, search), []);
    }

    /// <summary>What was done to an earlier tenant of the same name, whose entries stay, is not this one's business.</summary>
    private static TimeRange Since(Tenant? tenant, TimeRange range)
    {
        if (tenant?.Document is not { } document || tenant.Id == TenantId.Default)
            return range;
        var made = (ulong)(document.CreatedAt - DateTimeOffset.UnixEpoch).Ticks * 100;
        return range with { StartUnixNano = Math.Clamp(made, range.StartUnixNano, range.EndUnixNano) };
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
