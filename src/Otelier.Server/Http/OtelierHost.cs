namespace Otelier.Server.Http;

/// <summary>The bare host: transport, options, health and the form of errors. Features are joined to it by <c>Program</c>.</summary>
internal static class OtelierHost
{
    // Long enough to drain the log, short enough for whoever pressed Ctrl-C.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(10);

    public static WebApplicationBuilder CreateBuilder(IConfiguration configuration, OtelierOptions options, BoundListeners bound)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        // The framework's own sources would let any environment variable configure us.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddConfiguration(configuration);
        builder.WebHost.ConfigureKestrel(kestrel => KestrelSetup.Configure(kestrel, options, bound));
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(bound);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddCertificates(options);
        builder.Services.AddEndpoints<HealthEndpoints>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, HttpJsonContext.Default));
        return builder;
    }
}
