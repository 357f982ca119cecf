using System.Diagnostics.Metrics;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Otelier.Server.Http;
using Otelier.Server.Ingest;
using Otelier.Server.SelfTelemetry;

namespace Otelier.Tests.Ingest;

/// <summary>The edge on real sockets of the loopback, with a scripted pipeline behind it.</summary>
internal sealed class EdgeServer : IAsyncDisposable
{
    private readonly MeterListener _outcomes = new();
    private readonly Channel<string> _outcomesSeen = Channel.CreateUnbounded<string>();
    private readonly BoundListeners _bound;

    private EdgeServer(WebApplication app, BoundListeners bound) => (App, _bound) = (app, bound);

    public WebApplication App { get; }

    public ScriptedPipeline Pipeline { get; } = new();

    public InFlightBytes InFlight => App.Services.GetRequiredService<InFlightBytes>();

    public IPEndPoint OtlpHttp => new(IPAddress.Loopback, _bound.PortOf(Listener.OtlpHttp));

    public IPEndPoint OtlpGrpc => new(IPAddress.Loopback, _bound.PortOf(Listener.OtlpGrpc));

    public IPEndPoint Api => new(IPAddress.Loopback, _bound.PortOf(Listener.Api));

    public static async Task<EdgeServer> StartAsync(CancellationToken ct, Action<OtelierOptions>? configure = null, params HealthCheck[] checks)
    {
        var options = new OtelierOptions();
        options.Listen.Api = options.Listen.OtlpGrpc = options.Listen.OtlpHttp = ListenAddress.Loopback(0);
        configure?.Invoke(options);
        var quiet = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Logging:Console:LogLevel:Default"] = "None",
            ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        };
        var (bound, self) = (new BoundListeners(), new SelfRequests());
        var builder = OtelierHost.CreateBuilder(new ConfigurationBuilder().AddInMemoryCollection(quiet).Build(), options, bound);
        builder.AddSelfTelemetry(options, bound, self);
        builder.Services.AddOtlp();
        builder.Services.AddSingleton<AuthenticateDelegate>(_ => Caller.Anonymous);
        EdgeServer? server = null;
        builder.Services.AddSingleton<IngestDelegate>(_ => server!.Pipeline.IngestAsync);
        foreach (var check in checks)
            builder.Services.AddSingleton(check);
        var app = builder.Build();
        server = new EdgeServer(app, bound);
        app.Use(self.Suppressing);
        app.UseOtlp();
        app.UseApiEdge(options);
        app.UseProblems();
        app.UseRouting();
        app.MapEndpoints();
        app.MapGet("/fails", _ => throw new InvalidOperationException("told to fail"));
        server.ListenForOutcomes();
        await app.StartAsync(ct);
        return server;
    }

    /// <summary>Waits until a request is over on the server's side, and gives its outcome.</summary>
    public ValueTask<string> NextOutcomeAsync(CancellationToken ct) => _outcomesSeen.Reader.ReadAsync(ct);

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        _outcomes.Dispose();
    }

    private void ListenForOutcomes()
    {
        var meter = App.Services.GetRequiredService<Meter>();
        _outcomes.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, meter) && instrument.Name == "otelier.otlp.requests")
                listener.EnableMeasurementEvents(instrument);
        };
        _outcomes.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            foreach (var tag in tags)
            {
                if (tag.Key == "outcome")
                    _outcomesSeen.Writer.TryWrite((string)tag.Value!);
            }
        });
        _outcomes.Start();
    }
}
