using Otelier.Server.Http;

namespace Otelier.Server.OpenApi;

/// <summary><c>/openapi/v1.json</c>: the API described as OpenAPI 3.1.</summary>
internal sealed class OpenApiEndpoints : IEndpoints
{
    private readonly Lazy<byte[]> _document = new(() => OpenApiDocument.Load().ToJson());

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/openapi/v1.json", context =>
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.Body.WriteAsync(_document.Value, context.RequestAborted).AsTask();
    }).Requires(Permission.Open);
}
