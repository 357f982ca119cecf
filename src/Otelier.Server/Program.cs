using Otelier.Server;
using Otelier.Server.Auth;
using Otelier.Server.Http;
using Otelier.Server.Ingest;
using Otelier.Server.SelfTelemetry;
using Otelier.Server.Ui;

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
builder.Services.AddQueries(options.DataDir);
builder.Services.AddApiFeatures();

await using var app = builder.Build();
app.Use(self.Suppressing);
app.UseOtlp();
app.UseApiEdge(options);
app.UseProblems();
app.UseRouting();
app.UseAuth();
app.UseUi();
app.MapEndpoints();
await app.Services.GetRequiredService<FirstKey>().PrintIfNeededAsync(Console.Out, CancellationToken.None);
await app.RunAsync();
return 0;
