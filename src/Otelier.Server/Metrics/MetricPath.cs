using Microsoft.AspNetCore.Http.Features;

namespace Otelier.Server.Metrics;

/// <summary>Reads the metric's name from a path. Names may hold anything, slashes too, which routing leaves as they were written.</summary>
internal static class MetricPath
{
    private const string Prefix = "/api/v1/metrics/";

    /// <summary>The name before what is asked of it, such as <c>/labels</c>.</summary>
    public static string NameBefore(HttpContext context, string part) => NameOf(context) is var name && name.EndsWith(part, StringComparison.Ordinal) ? name[..^part.Length] : name;

    public static string NameOf(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var path = target.Split('?', 2)[0];
        var at = path.IndexOf(Prefix, StringComparison.OrdinalIgnoreCase);
        // Routing decodes everything but the slash.
        return at < 0 ? ((string?)context.Request.RouteValues["name"] ?? "").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase) : Uri.UnescapeDataString(path[(at + Prefix.Length)..]);
    }
}
