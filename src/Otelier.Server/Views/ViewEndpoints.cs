using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Otelier.Server.Http;
using Otelier.Signals;
using Otelier.Storage.Catalog;

namespace Otelier.Server.Views;

/// <summary><c>/api/v1/views</c>: searches that a tenant's people keep under a name.</summary>
internal sealed class ViewEndpoints(ICatalog catalog, TenantAccessor tenants, TimeProvider time) : IEndpoints
{
    private const string Route = "/api/v1/views";
    private const int ViewsPerTenantMax = 1000;
    private const int IdSize = 8;

    // A character takes up to six bytes of JSON.
    private static readonly CatalogKind Kind = new("view", ViewsPerTenantMax, BodyBytesMax: 64 * 1024);

    private readonly CatalogIndex<ILookup<TenantId, ViewAnswer>> _views = new(catalog, Kind, documents => documents.ToLookup(document => document.Tenant, Read));

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Route, ApiRoute.Of(ListAsync)).Requires(Permission.Read);
        routes.MapPost(Route, ApiRoute.Of(CreateAsync)).Requires(Permission.Write);
        routes.MapPut($"{Route}/{{id}}", ApiRoute.Of(ReplaceAsync)).Requires(Permission.Write);
        routes.MapDelete($"{Route}/{{id}}", ApiRoute.Of(DeleteAsync)).Requires(Permission.Write);
    }

    private Task<IResult> ListAsync(HttpContext context)
    {
        if (QueryNames.Check(context.Request, "page") is { } problem)
            return Task.FromResult<IResult>(problem);
        var page = context.Request.Query["page"] is [{ } name] ? name : null;
        var views = _views.Current[tenants.TenantOf(context)].Where(view => page is null || view.Page == page).OrderBy(view => view.Name, StringComparer.Ordinal);
        return Task.FromResult<IResult>(new JsonListResult<ViewAnswer>(
            "views", [.. views], (json, view) => JsonSerializer.Serialize(json, view, ViewJsonContext.Default.ViewAnswer), null, []));
    }

    private async Task<IResult> CreateAsync(HttpContext context)
    {
        var (request, problem) = await JsonBody.ReadAsync(context, ViewJsonContext.Default.ViewRequest);
        if (request is null)
            return problem!;
        if (request.Problem() is { } fault)
            return Problems.Unprocessable(fault);
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdSize));
        var document = new ViewDocument(request.Name!, request.Page!, request.Search!, time.GetUtcNow(), context.GetCaller().KeyName);
        return await WriteAsync(context, id, document, expectedVersion: 0, StatusCodes.Status201Created);
    }

    private async Task<IResult> ReplaceAsync(HttpContext context)
    {
        var (request, problem) = await JsonBody.ReadAsync(context, ViewJsonContext.Default.ViewRequest);
        if (request is null)
            return problem!;
        if (request.Problem() is { } fault)
            return Problems.Unprocessable(fault);
        if (Find(context) is not { } known)
            return NotFound();
        var document = new ViewDocument(request.Name!, request.Page!, request.Search!, known.CreatedAt, known.CreatedBy);
        return await WriteAsync(context, known.Id, document, expectedVersion: null, StatusCodes.Status200OK);
    }

    private async Task<IResult> DeleteAsync(HttpContext context)
    {
        if (Find(context) is not { } known)
            return NotFound();
        await catalog.ApplyAsync(Kind, [new CatalogChange(tenants.TenantOf(context), known.Id, Body: null)], context.RequestAborted);
        return TypedResults.NoContent();
    }

    private async Task<IResult> WriteAsync(HttpContext context, string id, ViewDocument view, ulong? expectedVersion, int status)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(view, ViewJsonContext.Default.ViewDocument);
        var outcome = await catalog.ApplyAsync(Kind, [new CatalogChange(tenants.TenantOf(context), id, body, expectedVersion)], context.RequestAborted);
        return outcome == CatalogOutcome.Applied
            ? TypedResults.Json(AnswerOf(id, view), ViewJsonContext.Default.ViewAnswer, statusCode: status)
            : Problems.LimitReached($"The tenant has {ViewsPerTenantMax} views, which is as many as it may, or this one is too large.");
    }

    private ViewAnswer? Find(HttpContext context)
    {
        var id = (string?)context.Request.RouteValues["id"];
        return _views.Current[tenants.TenantOf(context)].FirstOrDefault(view => view.Id == id);
    }

    private static ProblemHttpResult NotFound() => Problems.NotFound("There is no such view.");

    private static ViewAnswer Read(CatalogDocument document) =>
        AnswerOf(document.Id, JsonSerializer.Deserialize(document.Body.Span, ViewJsonContext.Default.ViewDocument)!);

    private static ViewAnswer AnswerOf(string id, ViewDocument view) => new(id, view.Name, view.Page, view.Search, view.CreatedAt, view.CreatedBy);
}
