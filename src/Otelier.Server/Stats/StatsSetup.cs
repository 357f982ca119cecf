using Otelier.Server.Http;

namespace Otelier.Server.Stats;

/// <summary>Joins the server's own figures to the host.</summary>
internal static class StatsSetup
{
    public static IServiceCollection AddStats(this IServiceCollection services) => services
        .AddSingleton<IngestHistory>()
        .AddHostedService(provider => provider.GetRequiredService<IngestHistory>())
        .AddEndpoints<StatsEndpoints>();
}
