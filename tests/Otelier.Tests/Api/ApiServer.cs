using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Otelier.Server;
using Otelier.Server.Http;
using Otelier.Server.SelfTelemetry;
using Otelier.Signals;
using Otelier.Signals.Logs;
using Otelier.Signals.Metrics;
using Otelier.Signals.Otlp;
using Otelier.Signals.Traces;
using Otelier.Storage;
using Otelier.Storage.Log;
using Otelier.Tests.EndToEnd;
using Xunit;

namespace Otelier.Tests.Api;

/// <summary>The query API in process, on a real engine in memory.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    internal const ulong Now = 1_750_000_000_000_000_000;

    private readonly WebApplication _app;
    private readonly StoreSet _stores;
    private int _blocks;

    private readonly WriteAheadLog _log;
    private readonly TemporaryDirectory _directory;

    private ApiServer(WebApplication app, StoreSet stores, WriteAheadLog log, TemporaryDirectory directory)
    {
        _app = app;
        _stores = stores;
        _log = log;
        _directory = directory;
        Client = app.GetTestClient();
    }

    internal HttpClient Client { get; }

    internal IServiceProvider Services => _app.Services;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    internal static async Task<ApiServer> StartAsync(StoreOptions? options = null)
    {
        var stores = await StoreSet.OpenAsync(options ?? new StoreOptions(), NullLoggerFactory.Instance, TimeProvider.System, Stop);
        var directory = new TemporaryDirectory();
        var log = await WriteAheadLog.OpenAsync(
            new LogOptions { Directory = directory.Path }, TimeProvider.System, NullLogger<WriteAheadLog>.Instance, Stop);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, HttpJsonContext.Default));
        builder.Services.AddSingleton<TimeProvider>(new FixedTime());
        builder.Services.AddSingleton(stores.Traces);
        builder.Services.AddSingleton(stores.Logs);
        builder.Services.AddSingleton(stores.Metrics);
        builder.Services.AddSingleton(stores.Status);
        builder.Services.AddSingleton(log);
        builder.Services.AddSingleton(_ => new Meter(MetricsRegistry.MeterName));
        builder.Services.AddSingleton(stores.Fields);
        builder.Services.AddSingleton(stores.Analytics);
        builder.Services.AddSingleton(stores.Export);
        builder.Services.AddSingleton(stores.Catalog);
        builder.Services.AddSingleton(new OtelierOptions());
        builder.Services.AddQueries(StoreOptions.InMemory);
        builder.Services.AddApiFeatures();
        var app = builder.Build();
        app.UseProblems();
        app.Use((context, next) =>
        {
            context.SetCaller(Caller.Anonymous);
            return next(context);
        });
        app.UseRouting();
        app.MapEndpoints();
        await app.StartAsync(Stop);
        return new ApiServer(app, stores, log, directory);
    }

    internal async Task InsertSpansAsync(byte[] request)
    {
        using var decoder = new TraceDecoder();
        using var batch = new SpanBatch();
        Assert.Equal(DecodeError.None, decoder.Decode(request, batch, new Rejections()));
        await _stores.Traces.WriteAsync(new Block<SpanBatch>($"test-{++_blocks}", [new BlockPart<SpanBatch>(batch, TenantId.Default, (long)Now)]), Stop);
    }

    internal async Task InsertLogsAsync(byte[] request)
    {
        using var decoder = new LogDecoder();
        using var batch = new LogBatch();
        Assert.Equal(DecodeError.None, decoder.Decode(request, batch, new Rejections()));
        await _stores.Logs.WriteAsync(new Block<LogBatch>($"test-{++_blocks}", [new BlockPart<LogBatch>(batch, TenantId.Default, (long)Now)]), Stop);
    }

    internal async Task InsertMetricsAsync(byte[] request)
    {
        using var decoder = new MetricsDecoder();
        using var batch = new MetricBatch();
        Assert.Equal(DecodeError.None, decoder.Decode(request, batch, new Rejections()));
        await _stores.Metrics.WriteAsync(new Block<MetricBatch>($"test-{++_blocks}", [new BlockPart<MetricBatch>(batch, TenantId.Default, (long)Now)]), Stop);
    }

    internal async Task<JsonElement> PostAsync(string path, string json, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var body = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var response = await Client.PostAsync(new Uri(path, UriKind.Relative), body, Stop);
        var text = await response.Content.ReadAsStringAsync(Stop);
        Assert.True(expected == response.StatusCode, $"{(int)response.StatusCode} {text}");
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    internal async Task<JsonElement> GetAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative), Stop);
        var text = await response.Content.ReadAsStringAsync(Stop);
        Assert.True(expected == response.StatusCode, $"{(int)response.StatusCode} {text}");
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        await _stores.DisposeAsync();
        await _log.DisposeAsync();
        _directory.Dispose();
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds((long)(Now / 1_000_000) + 1000);
    }
}
