using System.Runtime.InteropServices;
using Otelier.Benchmarks;
using Otelier.Benchmarks.Processes;
using Otelier.Benchmarks.Report;

const int Fault = 2;

using var stopping = new CancellationTokenSource();
// The processes that were started are ended first, and the scratch folder is emptied.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopping.Cancel();
}

using var interrupted = PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, Stop);

if (BenchChild.IsAskedFor(args))
    return await BenchChild.MainAsync(args, stopping.Token);
if (args is ["--list"])
{
    foreach (var one in BenchCases.All)
        await Console.Out.WriteLineAsync($"{one.Name,-12} {one.About}");
    return 0;
}

var (options, fault) = BenchOptions.Read(args, Environment.GetEnvironmentVariable("CASES"));
if (options is null)
{
    await Console.Error.WriteLineAsync(fault);
    return Fault;
}

var programs = Programs.Find();
// On the disk that holds the repository, not in a temporary folder that may be memory.
var scratch = Directory.CreateDirectory(Path.Combine(programs.Repository, "artifacts", "bench", Guid.NewGuid().ToString("N")[..8]));
var context = new BenchContext(options.Quick, options.PairCount, programs, scratch.FullName, Console.Error);
var rows = new List<ResultRow>();
var failed = false;
try
{
    foreach (var one in options.Cases)
    {
        context.Say($"== {one.Name}: {one.About}");
        try
        {
            rows.AddRange((await one.RunAsync(context, stopping.Token)).Select(figure => ResultRow.Of(one.Name, figure)));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The other cases may still be measured; the table shows that this one was not.
            await Console.Error.WriteLineAsync(exception.ToString());
            rows.Add(ResultRow.Failed(one.Name, exception.Message));
            failed = true;
        }
    }
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("Stopped; what was measured until now:");
    failed = true;
}
finally
{
    scratch.Delete(recursive: true);
}

await Console.Out.WriteLineAsync(ResultTable.Format(rows));
var facts = await MachineFacts.ReadAsync(programs.Repository, TimeProvider.System, CancellationToken.None);
await Console.Out.WriteLineAsync(string.Join('\n', facts.Lines));
if (options.WritePage && !stopping.IsCancellationRequested)
{
    var page = Path.Combine(programs.Repository, "docs", "benchmarks.md");
    var text = BenchmarksPage.Update(await File.ReadAllTextAsync(page), rows, [.. BenchCases.All.Select(one => one.Name)], facts);
    await File.WriteAllTextAsync(page, text);
}

return failed ? 1 : 0;
