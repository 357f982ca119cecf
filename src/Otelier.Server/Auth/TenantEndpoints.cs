using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Otelier.Server.Http;
using Otelier.Signals;
using Otelier.Storage.Catalog;

namespace Otelier.Server.Auth;

/// <summary><c>/api/v1/tenants</c>, for admins of the default tenant.</summary>
internal sealed class TenantEndpoints(TenantRegistry tenants, KeyRing keys, AuditTrail audit) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/tenants", ApiRoute.Of(ListAsync)).Requires(Permission.Operate);
        routes.MapPost("/api/v1/tenants", ApiRoute.Of(CreateAsync)).Requires(Permission.Operate);
        routes.MapDelete("/api/v1/tenants/{name}", ApiRoute.Of(DeleteAsync)).Requires(Permission.Operate);
        routes.MapPut("/api/v1/tenants/{name}/quota", ApiRoute.Of(SetQuotaAsync)).Requires(Permission.Operate);
    }

    private Task<IResult> ListAsync(HttpContext context) => Task.FromResult<IResult>(
        QueryNames.Check(context.Request) is { } problem ? problem : new JsonListResult<Tenant>("tenants", tenants.List(), Write, null, []));

    private async Task<IResult> CreateAsync(HttpContext context)
    {
        var (request, problem) = await JsonBody.ReadAsync(context, AuthJsonContext.Default.TenantRequest);
        if (request is null)
            return problem!;
        if (!TenantId.TryParse(request.Name, out var tenant))
            return Problems.Unprocessable($"'name' is to be 1 to {TenantId.MaxLength} characters of a-z, 0-9, _ and -.");
        if (request.Quota?.Problem() is { } fault)
            return Problems.Unprocessable(fault);
        if (tenant == TenantId.Default)
            return Problems.Create(StatusCodes.Status409Conflict, "There is such a tenant.");
        var outcome = await tenants.CreateAsync(tenant, request.Quota, context.GetCaller().KeyName, context.RequestAborted);
        if (outcome == CatalogOutcome.Conflict)
            return Problems.Create(StatusCodes.Status409Conflict, "There is such a tenant, or one of this name is still being deleted.");
        if (outcome != CatalogOutcome.Applied)
            return Problems.LimitReached($"There are {TenantRegistry.TenantsMax} tenants, which is as many as there may be.");
        await audit.WriteAsync(context, "tenant.create", tenant.Value, tenant);
        return Answer(tenant, StatusCodes.Status201Created);
    }

    /// <summary>Closes the tenant at once; its data goes in the background, and with the last of it its name.</summary>
    private async Task<IResult> DeleteAsync(HttpContext context)
    {
        if (Find(context) is not { } tenant)
            return NotFound();
        if (tenant.Id == TenantId.Default)
            return Problems.Create(StatusCodes.Status409Conflict, "The default tenant cannot be deleted.");
        if (!tenant.IsDeleting)
        {
            if (await tenants.BeginDeletingAsync(tenant, context.RequestAborted) != CatalogOutcome.Applied)
                return Changed();
            await audit.WriteAsync(context, "tenant.delete", tenant.Id.Value, tenant.Id);
        }

        return TypedResults.Json(
            AnswerOf(tenants.Find(tenant.Id) ?? tenant), AuthJsonContext.Default.TenantAnswer, statusCode: StatusCodes.Status202Accepted);
    }

    private async Task<IResult> SetQuotaAsync(HttpContext context)
    {
        var (quota, problem) = await JsonBody.ReadAsync(context, AuthJsonContext.Default.Quota);
        if (quota is null)
            return problem!;
        if (quota.Problem() is { } fault)
            return Problems.Unprocessable(fault);
        if (Find(context) is not { IsDeleting: false } tenant)
            return NotFound();
        if (await tenants.SetQuotaAsync(tenant, quota, context.GetCaller().KeyName, context.RequestAborted) != CatalogOutcome.Applied)
            return Changed();
        await audit.WriteAsync(context, "tenant.quota", JsonSerializer.Serialize(quota, AuthJsonContext.Default.Quota), tenant.Id);
        return Answer(tenant.Id, StatusCodes.Status200OK);
    }

    private Tenant? Find(HttpContext context) =>
        TenantId.TryParse((string?)context.Request.RouteValues["name"], out var tenant) ? tenants.Find(tenant) : null;

    private static ProblemHttpResult Changed() => Problems.Create(StatusCodes.Status409Conflict, "Somebody else has changed the tenant meanwhile.");

    private static ProblemHttpResult NotFound() => Problems.NotFound("There is no such tenant.");

    private JsonHttpResult<TenantAnswer> Answer(TenantId tenant, int status) =>
        TypedResults.Json(AnswerOf(tenants.Find(tenant)!), AuthJsonContext.Default.TenantAnswer, statusCode: status);

    private void Write(Utf8JsonWriter json, Tenant tenant) => JsonSerializer.Serialize(json, AnswerOf(tenant), AuthJsonContext.Default.TenantAnswer);

    private TenantAnswer AnswerOf(Tenant tenant) => new(
        tenant.Id.Value,
        tenant.IsDeleting ? "deleting" : "active",
        tenant.Document?.CreatedAt,
        tenant.Document?.CreatedBy,
        tenant.IsDeleting ? 0 : keys.List(tenant.Id).Count(key => !key.IsRevoked),
        tenant.Document?.Quota);
}
