using Otelier.Server.Http;
using Otelier.Server.Ingest;
using Otelier.Storage;

namespace Otelier.Server.Auth;

/// <summary>Joins keys, tenants and tokens to the host.</summary>
internal static class AuthSetup
{
    public static void AddAuth(this IServiceCollection services, StoreSet stores)
    {
        services.AddSingleton(stores.Catalog).AddSingleton(stores.Audit).AddSingleton(stores.Tenants);
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
        services.AddSingleton<TenantGate>().AddSingleton<IAdmissionRule>(provider => provider.GetRequiredService<TenantGate>());
        services.AddSingleton<IAdmissionRule, IngestQuota>();
        services.AddEndpoints<KeyEndpoints>().AddEndpoints<TenantEndpoints>().AddEndpoints<TokenEndpoints>();
        services.AddEndpoints<AgentOpsTokenEndpoints>().AddEndpoints<AuditEndpoints>();
        services.AddHostedService<AuthUpkeep>();
        services.AddHostedService<TenantErasure>();
    }

    /// <summary>Guards every route. Stands after routing and before whatever answers.</summary>
    public static void UseAuth(this WebApplication app) => app.Use(app.Services.GetRequiredService<AccessControl>().Guard);
}
