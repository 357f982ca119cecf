using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Otelier.Signals;

namespace Otelier.Tests.Cli;

internal sealed record Received(Signal Signal, string ContentType, JsonObject Message, int Bytes);

/// <summary>What the sink answers to one request instead of success.</summary>
internal sealed record SinkAnswer(int Status)
{
    public string? RetryAfter { get; init; }

    /// <summary>The answer's body: an Export…ServiceResponse in protobuf.</summary>
    public byte[] Body { get; init; } = [];
}

/// <summary>An OTLP server on loopback that decodes strictly, remembers everything and answers as told.</summary>
internal sealed class OtlpSink : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtlpSink(WebApplication app) => _app = app;

    public Uri Http { get; private set; } = null!;

    public Uri Grpc { get; private set; } = null!;

    public ConcurrentQueue<Received> Requests { get; } = new();

    /// <summary>Answers for the next requests; success when empty.</summary>
    public ConcurrentQueue<SinkAnswer> Answers { get; } = new();

    public ConcurrentQueue<string> Faults { get; } = new();

    /// <summary>Starts a sink; <paramref name="configure"/> may add routes, such as a REST API.</summary>
    public static async Task<OtlpSink> StartAsync(CancellationToken cancellationToken, Action<WebApplication, OtlpSink>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, o => o.Protocols = HttpProtocols.Http1);
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, o => o.Protocols = HttpProtocols.Http2);
        });
        var app = builder.Build();
        var sink = new OtlpSink(app);
        app.MapPost("/v1/traces", c => sink.ReceiveAsync(c, Signal.Traces));
        app.MapPost("/v1/logs", c => sink.ReceiveAsync(c, Signal.Logs));
        app.MapPost("/v1/metrics", c => sink.ReceiveAsync(c, Signal.Metrics));
        app.MapPost("/opentelemetry.proto.collector.trace.v1.TraceService/Export", c => sink.ReceiveAsync(c, Signal.Traces));
        app.MapPost("/opentelemetry.proto.collector.logs.v1.LogsService/Export", c => sink.ReceiveAsync(c, Signal.Logs));
        app.MapPost("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", c => sink.ReceiveAsync(c, Signal.Metrics));
        configure?.Invoke(app, sink);
        await app.StartAsync(cancellationToken);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        (sink.Http, sink.Grpc) = (new Uri(addresses[0]), new Uri(addresses[1]));
        return sink;
    }

    /// <summary>All items of a signal with the resource and scope they came under.</summary>
    public IEnumerable<(JsonNode Item, JsonNode Resource)> Items(Signal signal)
    {
        var (resources, scopes, items) = signal switch
        {
            Signal.Traces => ("resourceSpans", "scopeSpans", "spans"),
            Signal.Logs => ("resourceLogs", "scopeLogs", "logRecords"),
            _ => ("resourceMetrics", "scopeMetrics", "metrics"),
        };
        return from request in Requests
               where request.Signal == signal
               from resource in request.Message[resources]!.AsArray()
               from scope in resource![scopes]!.AsArray()
               from item in scope![items]!.AsArray()
               select (item!, resource["resource"]!);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context, Signal signal)
    {
        var grpc = context.Request.ContentType == "application/grpc";
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        var body = buffer.ToArray();
        if (!Answers.TryDequeue(out var answer))
            answer = new SinkAnswer(grpc ? 0 : 200);
        if (answer.Status is 0 or 200)
            Remember(context, signal, grpc ? body[5..] : body, compressed: grpc ? body[0] == 1 : context.Request.Headers.ContentEncoding == "gzip");

        if (answer.RetryAfter is not null)
            context.Response.Headers.RetryAfter = answer.RetryAfter;
        if (grpc)
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[] { 0, 0, 0, 0, (byte)answer.Body.Length }, context.RequestAborted);
            await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
            context.Response.AppendTrailer("grpc-status", $"{answer.Status}");
            return;
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = context.Request.ContentType!;
        context.Response.ContentLength = answer.Body.Length;
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private void Remember(HttpContext context, Signal signal, byte[] body, bool compressed)
    {
        try
        {
            if (compressed)
            {
                using var plain = new MemoryStream();
                using (var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress))
                    gzip.CopyTo(plain);
                body = plain.ToArray();
            }

            // Parsed from text either way, so that numbers are numbers of JSON whatever they came as.
            var message = JsonNode.Parse(context.Request.ContentType == "application/json"
                ? body
                : Encoding.UTF8.GetBytes(WireSchema.ToJson(body, signal).ToJsonString()))!.AsObject();
            Requests.Enqueue(new Received(signal, context.Request.ContentType!, message, body.Length));
        }
        catch (Exception error) when (error is InvalidDataException or System.Text.Json.JsonException)
        {
            Faults.Enqueue(error.Message);
        }
    }
}
