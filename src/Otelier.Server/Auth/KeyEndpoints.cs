using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Otelier.Server.Http;
using Otelier.Signals;

namespace Otelier.Server.Auth;

/// <summary><c>/api/v1/keys</c>: an admin's own tenant's keys; for admins of the default tenant, every tenant's.</summary>
internal sealed class KeyEndpoints(KeyRing keys, KeyUses uses, TenantRegistry tenants, AuditTrail audit, TimeProvider time) : IEndpoints
{
    private const int NameLengthMax = 100;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/keys", ApiRoute.Of(ListAsync)).Requires(Permission.Admin);
        routes.MapPost("/api/v1/keys", ApiRoute.Of(CreateAsync)).Requires(Permission.Admin);
        routes.MapDelete("/api/v1/keys/{id}", ApiRoute.Of(RevokeAsync)).Requires(Permission.Admin);
    }

    private Task<IResult> ListAsync(HttpContext context)
    {
        if (QueryNames.Check(context.Request, "tenant") is { } problem)
            return Task.FromResult<IResult>(problem);
        var (tenant, refusal) = TenantFor(context, context.Request.Query["tenant"] is [{ } name] ? name : null);
        return Task.FromResult<IResult>(refusal is not null ? refusal : new JsonListResult<ApiKey>("keys", keys.List(tenant), Write, null, []));
    }

    private async Task<IResult> CreateAsync(HttpContext context)
    {
        var (request, problem) = await JsonBody.ReadAsync(context, AuthJsonContext.Default.KeyRequest);
        if (request is null)
            return problem!;
        if (request.Name is not { Length: > 0 and <= NameLengthMax } name || name.Any(char.IsControl))
            return Problems.Unprocessable($"'name' is to be 1 to {NameLengthMax} characters.");
        if (!RoleName.TryParse(request.Role, out var role))
            return Problems.Unprocessable($"'role' is to be one of {string.Join(", ", RoleName.All)}.");
        if (request.ExpiresAt <= time.GetUtcNow())
            return Problems.Unprocessable("'expiresAt' has passed.");
        var (tenant, refusal) = TenantFor(context, request.Tenant);
        if (refusal is not null)
            return refusal;
        var caller = context.GetCaller();
        if (await keys.CreateAsync(tenant, name, role, request.ExpiresAt, caller.KeyName, context.RequestAborted) is not (var key, var secret))
            return Problems.LimitReached($"The tenant has {KeyRing.KeysPerTenantMax} keys, revoked ones included, which is as many as it may.");
        await audit.WriteAsync(context, "key.create", $"{key.Id} {name} ({request.Role})", tenant);
        return TypedResults.Json(AnswerOf(key) with { Key = secret }, AuthJsonContext.Default.KeyAnswer, statusCode: StatusCodes.Status201Created);
    }

    private async Task<IResult> RevokeAsync(HttpContext context)
    {
        if (QueryNames.Check(context.Request) is { } problem)
            return problem;
        var caller = context.GetCaller();
        var id = (string)context.Request.RouteValues["id"]!;
        if (keys.Find(id) is not { } key || (key.Tenant != caller.Tenant && !caller.May(Permission.Operate)))
            return Problems.NotFound("There is no such key.");
        await keys.RevokeAsync([key], context.RequestAborted);
        await audit.WriteAsync(context, "key.revoke", $"{key.Id} {key.Document.Name}", key.Tenant);
        return TypedResults.NoContent();
    }

    /// <summary>The caller's tenant, or the one it names and may administer.</summary>
    private (TenantId Tenant, ProblemHttpResult? Problem) TenantFor(HttpContext context, string? name)
    {
        var caller = context.GetCaller();
        if (name is null || name == caller.Tenant.Value)
            return (caller.Tenant, null);
        // Whether there is such a tenant is nobody else's business.
        if (!caller.May(Permission.Operate))
            return (default, Problems.Create(StatusCodes.Status403Forbidden, "Keys of other tenants are for admins of the default tenant."));
        return TenantId.TryParse(name, out var tenant) && tenants.Exists(tenant)
            ? (tenant, null)
            : (default, Problems.Unprocessable("There is no such tenant; make it first."));
    }

    private void Write(Utf8JsonWriter json, ApiKey key) => JsonSerializer.Serialize(json, AnswerOf(key), AuthJsonContext.Default.KeyAnswer);

    private KeyAnswer AnswerOf(ApiKey key) => new(
        key.Id,
        key.Document.Name,
        RoleName.Of(key.Role),
        key.Tenant.Value,
        key.Document.CreatedAt,
        key.Document.CreatedBy,
        key.Document.ExpiresAt,
        uses.LastUsed(key.Id),
        key.Document.RevokedAt);
}
