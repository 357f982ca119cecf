using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Otelier.Server.Http;

/// <summary>What holds for every request on the API's listener, whatever it is for: headers, origins, the size of bodies.</summary>
internal static class ApiEdge
{
    // An answer of the API is never a page.
    private const string ContentSecurityPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Methods = "GET, POST, PUT, DELETE";
    private const string ExposedHeaders = $"Retry-After, {OtlpResult.NextCursorHeader}";
    private const string TransportSecurity = "max-age=31536000";

    public static void UseApiEdge(this IApplicationBuilder app, OtelierOptions options)
    {
        var cors = new CorsPolicy(options.Api.CorsOrigins, Methods, ExposedHeaders);
        var hosts = new HostPolicy(options);
        app.Use(next => context =>
        {
            // Written last, for an error clears what was written before it.
            context.Response.OnStarting(static state => WriteHeaders((HttpContext)state), context);
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
                size.MaxRequestBodySize = options.Api.BodyBytesMax;
            return hosts.Allows(context.Request)
                ? AnswerAsync(context, cors, next)
                : Problems.Create(StatusCodes.Status421MisdirectedRequest, HostPolicy.Refusal, "host-not-allowed").ExecuteAsync(context);
        });
    }

    private static Task AnswerAsync(HttpContext context, CorsPolicy cors, RequestDelegate next)
    {
        var isAllowed = IsSameOrigin(context.Request) || cors.Allow(context);
        if (CorsPolicy.IsPreflight(context.Request) && isAllowed)
        {
            cors.AnswerPreflight(context);
            return Task.CompletedTask;
        }

        // A browser sends what needs no preflight without asking, and where nobody has to log in any page could then change things here.
        return isAllowed || HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
            ? next(context)
            : Problems.Create(StatusCodes.Status403Forbidden, "This origin is not among Api:CorsOrigins.").ExecuteAsync(context);
    }

    private static bool IsSameOrigin(HttpRequest request) =>
        request.Headers.Origin is [{ } origin] && origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);

    private static Task WriteHeaders(HttpContext context)
    {
        var headers = context.Response.Headers;
        // A page of the UI says its own.
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.XFrameOptions = "DENY";
        if (context.Request.IsHttps)
            headers[HeaderNames.StrictTransportSecurity] = TransportSecurity;
        return Task.CompletedTask;
    }
}
