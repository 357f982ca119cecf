using System.Net;

namespace Otelier.Server.Http;

/// <summary>
/// By which names this server is asked. Where nobody has to log in, a page whose host name was made to point at this machine would
/// otherwise be our own page to the browser, and could read everything. An IP address cannot be made to point elsewhere, and neither
/// can <c>localhost</c>; other names are listed in <see cref="ApiOptions.AllowedHosts"/>.
/// </summary>
internal sealed class HostPolicy
{
    /// <summary>What stands before a name whose subdomains are meant.</summary>
    public const string AnySubdomain = "*.";

    /// <summary>English, for a person: which setting to change.</summary>
    public const string Refusal = "This server is not asked by this name (Host). Use its IP address or localhost, or list the name in "
        + "Api:AllowedHosts (OTELIER_API__ALLOWEDHOSTS).";

    private const string Localhost = "localhost";

    private readonly bool _isChecked;
    private readonly HashSet<string> _names;
    private readonly string[] _suffixes;

    public HostPolicy(OtelierOptions options)
    {
        // With keys a foreign page has nothing to show, and its browser keeps none for it.
        _isChecked = options.Auth.Mode == AuthMode.None || options.Api.AllowedHosts.Count > 0;
        _names = new HashSet<string>([Localhost, .. options.Api.AllowedHosts], StringComparer.OrdinalIgnoreCase);
        _suffixes = [.. _names.Where(name => name.StartsWith(AnySubdomain, StringComparison.Ordinal)).Select(name => name[1..]), $".{Localhost}"];
    }

    /// <summary>Whether the request is for us. One that names no host is: every browser names one.</summary>
    public bool Allows(HttpRequest request)
    {
        if (!_isChecked || !request.Host.HasValue)
            return true;
        var host = request.Host.Host;
        // The dot of the root changes nothing.
        if (host.EndsWith('.'))
            host = host[..^1];
        return _names.Contains(host)
            || IPAddress.TryParse(host, out _)
            || Array.Exists(_suffixes, suffix => host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether a text is a host name as browsers send it, or <c>*.</c> and one.</summary>
    public static bool IsName(string text)
    {
        var name = text.StartsWith(AnySubdomain, StringComparison.Ordinal) ? text[AnySubdomain.Length..] : text;
        return name.All(char.IsAscii) && Uri.CheckHostName(name) is UriHostNameType.Dns;
    }
}
