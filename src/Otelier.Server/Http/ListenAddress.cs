using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Otelier.Server.Http;

/// <summary>
/// Where to listen: <c>http://</c> or <c>https://</c> + an IP address, <c>localhost</c> (both loopbacks) or <c>*</c> (every address) + port.
/// Names are not resolved, for a name may change what it points at after the check for loopback.
/// </summary>
internal sealed record ListenAddress
{
    private const string Plain = "http://";
    private const string Tls = "https://";

    private ListenAddress(string host, IPAddress? ip, int port, bool isTls) => (Host, Ip, Port, IsTls) = (host, ip, port, isTls);

    /// <summary>Whether TLS ends here.</summary>
    public bool IsTls { get; }

    /// <summary>The host as it was written.</summary>
    public string Host { get; }

    /// <summary>The address; <see langword="null"/> for <c>localhost</c> and <c>*</c>.</summary>
    public IPAddress? Ip { get; }

    /// <summary>The port; 0 lets the system choose, which works with an IP address only.</summary>
    public int Port { get; }

    /// <summary>Both loopback addresses.</summary>
    public bool IsLocalhost => Ip is null && !IsEverything;

    /// <summary>Every address of the machine.</summary>
    public bool IsEverything => Ip is null && Host is "*" or "+";

    /// <summary>Whether only this machine can reach it.</summary>
    public bool IsLoopback => IsLocalhost || (Ip is not null && IPAddress.IsLoopback(Ip));

    public static ListenAddress Loopback(int port, bool isTls = false) => new("127.0.0.1", IPAddress.Loopback, port, isTls);

    public static bool TryParse(string text, [NotNullWhen(true)] out ListenAddress? address, [NotNullWhen(false)] out string? problem)
    {
        address = null;
        problem = null;
        var isTls = text.StartsWith(Tls, StringComparison.OrdinalIgnoreCase);
        if (!isTls && !text.StartsWith(Plain, StringComparison.OrdinalIgnoreCase))
        {
            problem = "begins neither with http:// nor with https:// (for example http://127.0.0.1:4300)";
            return false;
        }

        var authority = text[(isTls ? Tls : Plain).Length..].TrimEnd('/');
        var colon = authority.LastIndexOf(':');
        if (colon <= 0 ||
            !int.TryParse(authority[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ||
            port > IPEndPoint.MaxPort)
        {
            problem = "has no port from 0 to 65535 (for example http://127.0.0.1:4300)";
            return false;
        }

        var host = authority[..colon];
        if (host is "*" or "+" || host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            if (port == 0)
                problem = "may leave the port to the system (0) only with an IP address";
            else
                address = new ListenAddress(host.ToLowerInvariant(), null, port, isTls);
        }
        else if (IPAddress.TryParse(host, out var ip) && host.Contains(ip.AddressFamily == AddressFamily.InterNetworkV6 ? '[' : '.'))
        {
            // The bracket and the dot keep out the numbers that the framework would also take for an address.
            address = new ListenAddress(host, ip, port, isTls);
        }
        else
        {
            problem = "names a host; use an IP address (IPv6 in brackets), localhost or *";
        }

        return address is not null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsTls ? Tls : Plain)}{Host}:{Port}");
}
