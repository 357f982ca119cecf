using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Otelier.Signals;

namespace Otelier.Cli.Export;

/// <summary>Where each signal's export service is, over HTTP and gRPC.</summary>
internal static class OtlpRoutes
{
    public static string HttpPath(Signal signal) => signal switch
    {
        Signal.Traces => "/v1/traces",
        Signal.Logs => "/v1/logs",
        _ => "/v1/metrics",
    };

    public static string GrpcPath(Signal signal) => signal switch
    {
        Signal.Traces => "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
        Signal.Logs => "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
        _ => "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
    };

    /// <summary>A unary call over HTTP/2 without TLS negotiation; the content is already framed.</summary>
    public static HttpRequestMessage GrpcRequest(Uri endpoint, Signal signal, HttpContent content)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint, GrpcPath(signal)))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        message.Headers.TE.ParseAdd("trailers");
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        return message;
    }

    /// <summary>The status in the trailers, or in the headers of an answer without a body. Read the body first.</summary>
    public static (int Code, string Message) GrpcStatus(HttpResponseMessage response)
    {
        if (response.StatusCode != HttpStatusCode.OK)
            return (14, $"HTTP {(int)response.StatusCode}");
        var code = First(response, "grpc-status");
        return code is null
            ? (2, "the answer has no grpc-status")
            : (int.Parse(code, CultureInfo.InvariantCulture), Uri.UnescapeDataString(First(response, "grpc-message") ?? ""));
    }

    private static string? First(HttpResponseMessage response, string name) =>
        response.TrailingHeaders.TryGetValues(name, out var values) || response.Headers.TryGetValues(name, out values)
            ? values.FirstOrDefault()
            : null;
}
