using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Otelier.Server.Ui;

/// <summary>
/// Serves the interface on the API's listener: its files by their names, and its page for every address that is nobody
/// else's, since the page itself knows what its addresses mean.
/// </summary>
internal sealed class UiPages(UiFiles files)
{
    private const int NonceBytes = 16;
    private const string Immutable = "public, max-age=31536000, immutable";
    private const string Revalidated = "no-cache";

    private const string NotBuilt = """
        Otelier is running, but its pages were not built: that needs Node.js 20 or newer and `make run`.
        The API is at /api/v1 and described at /openapi/v1.json.

        """;

    private static readonly SearchValues<char> PageLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz-");

    /// <summary>Addresses below these are programs': an unknown one is a 404, not a page.</summary>
    private static readonly PathString[] Programs = ["/api", "/v1", "/v3", "/health", "/openapi", "/metrics", "/jaeger", "/assets"];

    /// <summary>Gives the page to whoever asks for an address that no route has.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (!isRead || context.GetEndpoint() is not null)
            await next(context);
        else if (files.Find(context.Request.Path.Value ?? "") is { } file)
            await SendAsync(context, file);
        else if (IsPage(context.Request.Path))
            await SendPageAsync(context);
        else
            await next(context);
    }

    /// <summary>A page's first segment is plain letters; odd spellings of other addresses are no pages.</summary>
    private static bool IsPage(PathString path)
    {
        if (Array.Exists(Programs, program => path.StartsWithSegments(program)))
            return false;
        var first = path.Value.AsSpan()[1..];
        var end = first.IndexOf('/');
        first = end < 0 ? first : first[..end];
        return first.IndexOfAnyExcept(PageLetters) < 0 && (first.Length > 0 || path == "/");
    }

    private static async Task SendAsync(HttpContext context, UiFile file)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = file.IsImmutable ? Immutable : Revalidated;
        headers.ETag = file.Tag;
        headers.XContentTypeOptions = "nosniff";
        headers.Vary = HeaderNames.AcceptEncoding;
        if (context.Request.Headers.IfNoneMatch == file.Tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = file.ContentType;
        var path = file.Path;
        if (BestEncoding(context.Request, file) is { } encoding)
        {
            headers.ContentEncoding = encoding;
            path = UiFiles.PathOf(file, encoding);
        }

        // A newer build may have replaced what was listed at start.
        var content = new FileInfo(path);
        if (!content.Exists)
        {
            headers.Clear();
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentLength = content.Length;
        if (HttpMethods.IsGet(context.Request.Method))
            await context.Response.SendFileAsync(path, context.RequestAborted);
    }

    private static string? BestEncoding(HttpRequest request, UiFile file)
    {
        if (file.Encodings.Count == 0 || !StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var accepted))
            return null;
        return file.Encodings.FirstOrDefault(encoding => accepted.Any(one => one.Value == encoding && one.Quality is null or > 0));
    }

    private async Task SendPageAsync(HttpContext context)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceBytes));
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = PolicyWith(nonce);
        context.Response.ContentType = files.HasPage ? "text/html; charset=utf-8" : "text/plain; charset=utf-8";
        if (HttpMethods.IsGet(context.Request.Method))
            await context.Response.WriteAsync(files.HasPage ? files.PageWith(nonce) : NotBuilt, context.RequestAborted);
    }

    /// <summary>Nothing but our own files. The nonce is for the one style element that the filter's editor writes.</summary>
    private static string PolicyWith(string nonce) =>
        "default-src 'none'; script-src 'self'; " + $"style-src 'self' 'nonce-{nonce}'; " +
        "connect-src 'self'; img-src 'self' data: blob:; font-src 'self'; manifest-src 'self'; " +
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
}
