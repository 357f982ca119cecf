using Otelier.Server.Http;
using Otelier.Server.Ingest;
using Otelier.Storage;

namespace Otelier.Server.Auth;

/// <summary>Joins keys, tenants and tokens to the host.</summary>
internal static class AuthSetup
{
    public static void AddAuth(this IServiceCollection services, StoreSet stores)
    {
        services.AddSingleton(stores.Catalog).AddSingleton(stores.Audit);
        services.AddSingleton<KeyRing>().AddSingleton<KeyUses>().AddSingleton<TenantRegistry>();
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<OtelierOptions>();
            var life = options.Auth.TokenLife > options.Auth.RefreshLife ? options.Auth.TokenLife : options.Auth.RefreshLife;
            return SigningKeys.Open(
                options.DataDir == StoreOptions.InMemory ? null : options.DataDir,
                options.Auth.SigningKeyLife,
                life,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<SigningKeys>>());
        });
        services.AddSingleton<TokenCodec>().AddSingleton<Tokens>().AddSingleton<Authenticator>();
        services.AddSingleton<AuthenticateDelegate>(provider => provider.GetRequiredService<Authenticator>().Authenticate);
        services.AddSingleton<AuditTrail>().AddSingleton<AccessControl>().AddSingleton<FirstKey>();
        services.AddSingleton<IAdmissionRule, IngestQuota>();
        services.AddSingleton<KeyEndpoints>().AddSingleton<TenantEndpoints>().AddSingleton<TokenEndpoints>();
        services.AddSingleton<AgentOpsTokenEndpoints>().AddSingleton<AuditEndpoints>();
        services.AddHostedService<AuthUpkeep>();
    }

    /// <summary>Guards every route. Stands after routing and before whatever answers.</summary>
    public static void UseAuth(this WebApplication app) => app.Use(app.Services.GetRequiredService<AccessControl>().Guard);

    public static void MapAuth(this WebApplication app)
    {
        app.Services.GetRequiredService<KeyEndpoints>().Map(app);
        app.Services.GetRequiredService<TenantEndpoints>().Map(app);
        app.Services.GetRequiredService<TokenEndpoints>().Map(app);
        app.Services.GetRequiredService<AgentOpsTokenEndpoints>().Map(app);
        app.Services.GetRequiredService<AuditEndpoints>().Map(app);
    }
}
