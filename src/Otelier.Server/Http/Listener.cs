using System.Collections.Concurrent;
using System.Net;
using KestrelListenOptions = Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions;

namespace Otelier.Server.Http;

/// <summary>Through which door a connection came in.</summary>
internal enum Listener
{
    Api = 0,
    OtlpGrpc,
    OtlpHttp,
}

/// <summary>Marks a connection with its <see cref="Listener"/>: the Host header is the client's claim, this is ours.</summary>
internal sealed record ListenerFeature(Listener Listener);

/// <summary>The ports in use once the server has started (they differ from the configured ones where those are 0).</summary>
internal sealed class BoundListeners
{
    private readonly ConcurrentDictionary<Listener, KestrelListenOptions> _listeners = new();

    public void Add(Listener listener, KestrelListenOptions options) => _listeners[listener] = options;

    /// <summary>The port, or 0 before the server has started.</summary>
    public int PortOf(Listener listener) => EndPointOf(listener)?.Port ?? 0;

    /// <summary>
    /// Address and port under which this process reaches its own listener; <see langword="null"/> before the server has started.
    /// </summary>
    public IPEndPoint? ReachableOf(Listener listener)
    {
        if (EndPointOf(listener) is not { Port: not 0 } endPoint)
            return null;
        var isEverything = endPoint.Address.Equals(IPAddress.Any) || endPoint.Address.Equals(IPAddress.IPv6Any);
        return new IPEndPoint(isEverything ? IPAddress.Loopback : endPoint.Address, endPoint.Port);
    }

    private IPEndPoint? EndPointOf(Listener listener) => _listeners.GetValueOrDefault(listener)?.IPEndPoint;
}

internal static class ListenerExtensions
{
    /// <summary>The listener of this request; the API's where there is no socket below (in-process test servers).</summary>
    public static Listener GetListener(this HttpContext context) =>
        context.Features.Get<ListenerFeature>()?.Listener ?? Listener.Api;

    /// <summary>Gives every request of one listener to <paramref name="handler"/>, before routing.</summary>
    public static void UseListener(this IApplicationBuilder app, Listener listener, RequestDelegate handler) =>
        app.Use(next => context => context.GetListener() == listener ? handler(context) : next(context));
}
