using Otelier.Server.About;
using Otelier.Server.Auth;
using Otelier.Server.Http;
using Otelier.Server.Ingest;
using Otelier.Server.Logs;
using Otelier.Server.Metrics;
using Otelier.Server.SelfTelemetry;
using Otelier.Server.Services;
using Otelier.Server.Traces;
using Otelier.Server.Views;

const int ConfigurationFault = 2;
const int StorageFault = 3;

if (args is ["--help"])
{
    await Console.Out.WriteAsync(SettingsReader.Describe(new OtelierOptions().Settings()));
    return 0;
}

var configuration = SettingsReader.Load(AppContext.BaseDirectory, args);
var (options, problems) = OtelierOptions.Read(configuration);
problems = [.. SettingsReader.FindStrayArguments(args), .. problems];
if (problems.Count > 0)
{
    await Console.Error.WriteLineAsync(string.Join('\n', problems));
    var allowed = string.Join(", ", options.Settings().Select(setting => setting.Key));
    await Console.Error.WriteLineAsync($"Allowed: {allowed}. --help explains each.");
    return ConfigurationFault;
}

var bound = new BoundListeners();
var self = new SelfRequests();
var builder = OtelierHost.CreateBuilder(configuration, options, bound);
builder.AddSelfTelemetry(options, bound, self);
builder.Services.AddOtlp();

using var loggers = LoggerFactory.Create(logging => logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddSimpleConsole());
await using var data = await DataDirectory.TryOpenAsync(options, loggers, TimeProvider.System, CancellationToken.None);
if (data is null)
    return StorageFault;
builder.Services.AddIngest(data);
builder.Services.AddAuth(data.Stores);
builder.Services.AddSingleton<ViewEndpoints>().AddSingleton<AboutEndpoints>();
builder.Services.AddQueries(options.DataDir);
builder.Services.AddSingleton<TraceEndpoints>().AddSingleton<LogEndpoints>().AddSingleton<ServiceEndpoints>()
    .AddSingleton<MetricEndpoints>();

await using var app = builder.Build();
app.Use(self.Suppressing);
app.UseOtlp();
app.UseApiEdge(options);
app.UseProblems();
app.UseRouting();
app.UseAuth();
app.Services.GetRequiredService<HealthEndpoints>().Map(app);
app.MapAuth();
app.Services.GetRequiredService<ViewEndpoints>().Map(app);
app.Services.GetRequiredService<AboutEndpoints>().Map(app);
var queries = app.MapRequiring(Permission.Read);
app.Services.GetRequiredService<TraceEndpoints>().Map(queries);
app.Services.GetRequiredService<LogEndpoints>().Map(queries);
app.Services.GetRequiredService<ServiceEndpoints>().Map(queries);
app.Services.GetRequiredService<MetricEndpoints>().Map(queries);
queries.MapPrometheus();
await app.Services.GetRequiredService<FirstKey>().PrintIfNeededAsync(Console.Out, CancellationToken.None);
await app.RunAsync();
return 0;
