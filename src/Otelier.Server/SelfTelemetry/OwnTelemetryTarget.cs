using OpenTelemetry.Exporter;
using Otelier.Server.Http;

namespace Otelier.Server.SelfTelemetry;

/// <summary>
/// Where own telemetry goes, and how it gets there. When that is this process, the address is only known once the
/// listener is bound, so it is put in with each request, together with the mark that keeps such requests silent.
/// </summary>
internal sealed class OwnTelemetryTarget(SelfTelemetryOptions options, BoundListeners bound, SelfRequests self)
{
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(5);
    private static readonly Uri Placeholder = new("http://127.0.0.1");

    private bool IsSelf => options.Endpoint == SelfTelemetryOptions.Self;

    /// <summary>Points an exporter of the SDK at the target.</summary>
    /// <param name="exporter">The options to set.</param>
    /// <param name="path">The path of the signal, such as <c>/v1/traces</c>.</param>
    public void Configure(OtlpExporterOptions exporter, string path)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri((IsSelf ? Placeholder.OriginalString : options.Endpoint.TrimEnd('/')) + path);
        exporter.TimeoutMilliseconds = (int)SendTimeout.TotalMilliseconds;
        exporter.HttpClientFactory = () => new HttpClient(NewHandler(), disposeHandler: true) { Timeout = SendTimeout };
    }

    private HttpMessageHandler NewHandler()
    {
        var sockets = new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 2, ConnectTimeout = SendTimeout };
        return IsSelf ? new ToSelfHandler(bound, self, sockets) : sockets;
    }

    private sealed class ToSelfHandler(BoundListeners bound, SelfRequests self, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
            base.Send(Redirect(request), cancellationToken);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            base.SendAsync(Redirect(request), cancellationToken);

        private HttpRequestMessage Redirect(HttpRequestMessage request)
        {
            var reachable = bound.ReachableOf(Listener.OtlpHttp)
                ?? throw new HttpRequestException("The OTLP/HTTP listener is not bound.");
            request.RequestUri = new Uri($"http://{reachable}{request.RequestUri!.PathAndQuery}");
            request.Headers.Add(SelfRequests.HeaderName, self.Mark);
            return request;
        }
    }
}
