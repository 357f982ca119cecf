using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Otelier.Server.Http;

/// <summary>
/// The API's errors: RFC 9457 <c>application/problem+json</c>, whose <c>type</c> is one of a small set of URNs that
/// programs may rely on. The detail is for people and may change.
/// </summary>
internal static class Problems
{
    private const string MediaType = "application/problem+json";
    private const string TypePrefix = "urn:otelier:error:";

    public static ProblemHttpResult BadRequest(string detail) => Create(StatusCodes.Status400BadRequest, detail);

    /// <summary>A cursor that this server did not write, or wrote for another search.</summary>
    public static ProblemHttpResult InvalidCursor() => TypedResults.Problem(Describe(
        StatusCodes.Status400BadRequest, "The cursor belongs to another search, or is none. Begin without a cursor.", "invalid-cursor", "Invalid cursor"));

    public static ProblemHttpResult NotFound(string detail) => Create(StatusCodes.Status404NotFound, detail);

    public static ProblemHttpResult Unprocessable(string detail) => Create(StatusCodes.Status422UnprocessableEntity, detail);

    /// <summary>A limit of the query was reached: narrow it.</summary>
    public static ProblemHttpResult LimitReached(string detail) =>
        TypedResults.Problem(Describe(StatusCodes.Status422UnprocessableEntity, detail, "limit-reached", "A limit was reached"));

    public static ProblemHttpResult Unavailable(string detail) => Create(StatusCodes.Status503ServiceUnavailable, detail);

    /// <summary>A problem with a name of its own, where programs have reason to tell it from others of its status.</summary>
    public static ProblemHttpResult Create(int status, string detail, string name) =>
        TypedResults.Problem(Describe(status, detail, name, ReasonPhrases.GetReasonPhrase(status)));

    public static ProblemHttpResult Create(int status, string detail) => TypedResults.Problem(Describe(status, detail));

    /// <summary>Gives a body to every error answer that has none, and to every exception a 500 that tells nothing of itself.</summary>
    public static void UseProblems(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = AnswerExceptionAsync });
        app.UseStatusCodePages(pages => WriteAsync(pages.HttpContext, Describe(pages.HttpContext.Response.StatusCode, detail: null)));
    }

    private static Task AnswerExceptionAsync(HttpContext context)
    {
        var refusal = context.Features.Get<IExceptionHandlerFeature>()?.Error as BadHttpRequestException;
        context.Response.StatusCode = refusal?.StatusCode ?? StatusCodes.Status500InternalServerError;
        return WriteAsync(context, Describe(context.Response.StatusCode, refusal?.Message));
    }

    private static Task WriteAsync(HttpContext context, ProblemDetails problem) =>
        context.Response.WriteAsJsonAsync(problem, HttpJsonContext.Default.ProblemDetails, MediaType, context.RequestAborted);

    private static ProblemDetails Describe(int status, string? detail) =>
        Describe(status, detail, NameOf(status), ReasonPhrases.GetReasonPhrase(status));

    private static ProblemDetails Describe(int status, string? detail, string name, string title) =>
        new() { Type = TypePrefix + name, Title = title, Status = status, Detail = detail };

    private static string NameOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "bad-request",
        StatusCodes.Status401Unauthorized => "unauthenticated",
        StatusCodes.Status403Forbidden => "forbidden",
        StatusCodes.Status404NotFound => "not-found",
        StatusCodes.Status405MethodNotAllowed => "method-not-allowed",
        StatusCodes.Status408RequestTimeout => "request-timeout",
        StatusCodes.Status409Conflict => "conflict",
        StatusCodes.Status413PayloadTooLarge => "too-large",
        StatusCodes.Status415UnsupportedMediaType => "unsupported-media-type",
        StatusCodes.Status422UnprocessableEntity => "unprocessable",
        StatusCodes.Status429TooManyRequests => "too-many-requests",
        StatusCodes.Status503ServiceUnavailable => "unavailable",
        StatusCodes.Status504GatewayTimeout => "timeout",
        < 500 => "refused",
        _ => "internal",
    };
}
