using System.Diagnostics.Metrics;
using Otelier.Server.Http;
using Otelier.Storage;
using Otelier.Storage.Log;

namespace Otelier.Server.Ingest;

/// <summary>Joins the way from a request to the store to the host.</summary>
internal static class IngestSetup
{
    public static void AddIngest(this IServiceCollection services, DataDirectory data)
    {
        services.AddSingleton(data.Log);
        services.AddSingleton(data.Stores);
        services.AddSingleton(data.Stores.Traces);
        services.AddSingleton(data.Stores.Logs);
        services.AddSingleton(data.Stores.Metrics);
        services.AddSingleton(data.Stores.Fields);
        services.AddSingleton(data.Stores.Status);
        services.AddSingleton(data.Stores.Analytics);
        services.AddSingleton(data.Stores.Export);
        services.AddSingleton<SignalDecoders>();
        services.AddSingleton(provider => RulesOf(provider.GetRequiredService<OtelierOptions>().Storage));
        services.AddSingleton<DrainMetrics>();
        services.AddSingleton(provider => new IngestPacing(
            data.Log, provider.GetRequiredService<OtelierOptions>().Storage.Log, provider.GetRequiredService<DrainService>()));
        services.AddSingleton<IngestPipeline>();
        services.AddSingleton<IngestDelegate>(provider => provider.GetRequiredService<IngestPipeline>().IngestAsync);
        services.AddSingleton<DrainService>();
        services.AddHostedService(provider => provider.GetRequiredService<DrainService>());
        services.AddHostedService<StoreUpkeep>();
        services.AddSingleton(provider => new EngineMetrics(provider.GetRequiredService<Meter>(), data.Stores.Status, provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService(provider => provider.GetRequiredService<EngineMetrics>());
        services.AddSingleton(new HealthCheck("log", HealthKind.Ready, _ => ValueTask.FromResult(data.Log switch
        {
            { IsFailed: true } => new HealthState(false, "The disk of the log failed; restart the server."),
            { IsReadOnly: true } => new HealthState(false, "The disk is nearly full; senders are told to wait."),
            _ => new HealthState(true),
        })));
        services.AddSingleton(provider => new HealthCheck("drain", HealthKind.Store, _ => ValueTask.FromResult(
            provider.GetRequiredService<DrainService>().Fault is { } fault ? new HealthState(false, fault) : new HealthState(true))));
        services.AddSingleton(new HealthCheck("parked", HealthKind.Store, _ => ValueTask.FromResult(StateOf(data.Log.Parked.All))));
        services.AddSingleton(new HealthCheck("engine", HealthKind.Store, cancellationToken => AskAsync(data.Stores.Status, cancellationToken)));
    }

    private static BlockRules RulesOf(StorageSettings settings) => new() { RefusedFor = settings.ParkAfter, RetryParked = settings.RetryParked };

    private static HealthState StateOf(IReadOnlyList<ParkedBlock> parked) => parked.Count == 0
        ? new HealthState(true)
        : new HealthState(
            true,
            $"{parked.Count} blocks ({parked.Sum(block => block.Bytes)} bytes) were refused by the store and are set aside in the log's folder 'parked', "
                + "each with the reason beside it. Once that is put right, start the server with Log:RetryParked=true.",
            IsDegraded: true);

    private static async ValueTask<HealthState> AskAsync(EngineStatus status, CancellationToken cancellationToken)
    {
        try
        {
            await status.GetAsync(cancellationToken);
            return new HealthState(true);
        }
        catch (StoreException exception)
        {
            return new HealthState(false, exception.Message);
        }
    }
}
