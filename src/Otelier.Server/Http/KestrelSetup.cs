using Microsoft.AspNetCore.Server.Kestrel.Core;
using KestrelListenOptions = Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions;

namespace Otelier.Server.Http;

/// <summary>The three listeners and every limit of the transport, in one place.</summary>
internal static class KestrelSetup
{
    // Our own limit is exact and answers in the protocol's words; this one only backs it up, with room for gRPC's framing.
    private const int BodyBytesSlack = 64 * 1024;

    private const int HeaderBytesMax = 32 * 1024;
    private const int HeaderCountMax = 100;
    private const int RequestLineBytesMax = 8 * 1024;

    // OTLP asks for 100 concurrent unary calls per connection.
    private const int StreamsPerConnectionMax = 100;

    // A window is memory a client may fill before we look at it. 8 MiB per connection keeps 100 streams of 80 KiB moving and
    // one stream at 40 MB/s over a 50 ms line.
    private const int StreamWindowBytes = 2 * 1024 * 1024;
    private const int ConnectionWindowBytes = 8 * 1024 * 1024;

    private static readonly TimeSpan KeepAlive = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(20);

    // Slower than this, for longer than the grace, is somebody holding a connection rather than sending telemetry.
    private static readonly MinDataRate SlowestRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));

    public static void Configure(KestrelServerOptions kestrel, OtelierOptions options, BoundListeners bound)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        SetLimits(kestrel.Limits, options.Otlp);
        Listen(kestrel, Listener.Api, options.Listen.Api, HttpProtocols.Http1, options.Tls, bound);
        Listen(kestrel, Listener.OtlpGrpc, options.Listen.OtlpGrpc, HttpProtocols.Http2, options.Tls, bound);
        Listen(kestrel, Listener.OtlpHttp, options.Listen.OtlpHttp, HttpProtocols.Http1, options.Tls, bound);
    }

    private static void SetLimits(KestrelServerLimits limits, OtlpOptions otlp)
    {
        limits.MaxRequestBodySize = otlp.BodyBytesMax + (long)BodyBytesSlack;
        limits.MaxConcurrentConnections = otlp.ConnectionsMax;
        limits.MaxConcurrentUpgradedConnections = otlp.ConnectionsMax;
        limits.MaxRequestHeadersTotalSize = HeaderBytesMax;
        limits.MaxRequestHeaderCount = HeaderCountMax;
        limits.MaxRequestLineSize = RequestLineBytesMax;
        limits.KeepAliveTimeout = KeepAlive;
        limits.RequestHeadersTimeout = HeadersTimeout;
        limits.MinRequestBodyDataRate = SlowestRate;
        limits.MinResponseDataRate = SlowestRate;
        limits.Http2.MaxStreamsPerConnection = StreamsPerConnectionMax;
        limits.Http2.InitialStreamWindowSize = StreamWindowBytes;
        limits.Http2.InitialConnectionWindowSize = ConnectionWindowBytes;
        limits.Http2.KeepAlivePingDelay = PingDelay;
        limits.Http2.KeepAlivePingTimeout = PingTimeout;
    }

    private static void Listen(
        KestrelServerOptions kestrel, Listener listener, ListenAddress address, HttpProtocols protocols, TlsOptions tls, BoundListeners bound)
    {
        if (address.Ip is not null)
            kestrel.Listen(address.Ip, address.Port, Configure);
        else if (address.IsEverything)
            kestrel.ListenAnyIP(address.Port, Configure);
        else
            kestrel.ListenLocalhost(address.Port, Configure);

        void Configure(KestrelListenOptions options)
        {
            options.Protocols = protocols;
            bound.Add(listener, options);
            if (address.IsTls)
                options.UseTls(kestrel.ApplicationServices.GetRequiredService<ServerCertificates>(), withClientCertificate: listener != Listener.Api && tls.ClientCa.Length > 0);
            var feature = new ListenerFeature(listener);
            options.Use(next => connection =>
            {
                connection.Features.Set(feature);
                return next(connection);
            });
        }
    }
}
