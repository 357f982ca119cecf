using System.Collections.Frozen;
using Microsoft.Net.Http.Headers;

namespace Otelier.Server.Http;

/// <summary>Which browser origins may call a listener. Origins are listed; a lone <c>*</c> admits all, without credentials.</summary>
/// <param name="origins">The list.</param>
/// <param name="methods">What they may call it with.</param>
/// <param name="exposedHeaders">Headers of the answer that their scripts may read.</param>
internal sealed class CorsPolicy(IEnumerable<string> origins, string methods, string exposedHeaders)
{
    private const string Everyone = "*";
    private const string PreflightSeconds = "7200";

    private readonly FrozenSet<string> _origins = origins.ToFrozenSet(StringComparer.Ordinal);

    public static bool IsOrigin(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.GetLeftPart(UriPartial.Authority) == text;

    /// <summary>Whether this is a browser asking if it may.</summary>
    public static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) &&
        request.Headers.ContainsKey(HeaderNames.Origin) &&
        request.Headers.ContainsKey(HeaderNames.AccessControlRequestMethod);

    /// <summary>Lets an allowed origin read the answer; <see langword="false"/> when there is an origin and it is not allowed.</summary>
    public bool Allow(HttpContext context)
    {
        var origin = context.Request.Headers.Origin;
        if (origin.Count == 0)
            return true;
        var headers = context.Response.Headers;
        if (_origins.Contains(Everyone))
        {
            headers.AccessControlAllowOrigin = Everyone;
        }
        else
        {
            headers.Vary = HeaderNames.Origin;
            if (origin.Count != 1 || !_origins.Contains(origin[0]!))
                return false;
            headers.AccessControlAllowOrigin = origin;
            headers.AccessControlAllowCredentials = "true";
        }

        headers.AccessControlExposeHeaders = exposedHeaders;
        return true;
    }

    public void AnswerPreflight(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowMethods = methods;
        headers.AccessControlAllowHeaders = context.Request.Headers.AccessControlRequestHeaders;
        headers.AccessControlMaxAge = PreflightSeconds;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
