using Otelier.Server.About;
using Otelier.Server.Analytics;
using Otelier.Server.Compat.Jaeger;
using Otelier.Server.Export;
using Otelier.Server.Fields;
using Otelier.Server.Http;
using Otelier.Server.Logs;
using Otelier.Server.Metrics;
using Otelier.Server.OpenApi;
using Otelier.Server.Services;
using Otelier.Server.Stats;
using Otelier.Server.Traces;
using Otelier.Server.Views;

namespace Otelier.Server;

/// <summary>Every feature of the query API; what the product serves is what the tests serve.</summary>
internal static class ApiFeatures
{
    public static void AddApiFeatures(this IServiceCollection services) => services
        .AddEndpoints<AboutEndpoints>()
        .AddEndpoints<OpenApiEndpoints>()
        .AddEndpoints<ViewEndpoints>()
        .AddEndpoints<TraceEndpoints>()
        .AddSingleton<TraceTreeCache>()
        .AddSingleton<TenantErased>(provider => provider.GetRequiredService<TraceTreeCache>().Forget)
        .AddEndpoints<TraceAnalysisEndpoints>()
        .AddEndpoints<LogEndpoints>()
        .AddEndpoints<MetricEndpoints>()
        .AddEndpoints<FieldEndpoints>()
        .AddEndpoints<ServiceEndpoints>()
        .AddEndpoints<JaegerEndpoints>()
        .AddEndpoints<JaegerOtlpEndpoints>()
        .AddStats()
        .AddEndpoints<AnalyticsEndpoints>()
        .AddEndpoints<LogContextEndpoints>()
        .AddSingleton<ExportSlots>()
        .AddEndpoints<ExportEndpoints>();
}
