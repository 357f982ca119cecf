using Otelier.Server.Http;

namespace Otelier.Server.Ingest;

/// <summary>Joins the OTLP edge to the host. The host provides the <see cref="IngestDelegate"/>.</summary>
internal static class OtlpSetup
{
    public static void AddOtlp(this IServiceCollection services)
    {
        services.AddSingleton(provider => new InFlightBytes(provider.GetRequiredService<OtelierOptions>().Otlp.InFlightBytesMax));
        services.AddSingleton<IngestMetrics>();
        services.AddSingleton<OtlpReceiver>();
        services.AddSingleton<OtlpHttpEndpoints>();
        services.AddSingleton<GrpcHealth>();
        services.AddSingleton<OtlpGrpcEndpoints>();
    }

    public static void UseOtlp(this WebApplication app)
    {
        app.UseListener(Listener.OtlpHttp, app.Services.GetRequiredService<OtlpHttpEndpoints>().HandleAsync);
        app.UseListener(Listener.OtlpGrpc, app.Services.GetRequiredService<OtlpGrpcEndpoints>().HandleAsync);
    }
}
