using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Otelier.Benchmarks.EndToEnd;

namespace Otelier.Benchmarks.Processes;

/// <summary>
/// This program again, as a process that has the engine inside: the engine can be loaded once per process, and its processor
/// time and memory are to be seen alone.
/// </summary>
internal static class BenchChild
{
    public const string Insert = "child-insert";
    public const string Inspect = "child-inspect";

    public static bool IsAskedFor(string[] arguments) => arguments is [Insert or Inspect, _];

    /// <summary>What the child does: reads its order, works, writes its result.</summary>
    public static async Task<int> MainAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var json = arguments[0] == Insert
            ? JsonSerializer.Serialize(
                await EngineInsert.RunAsync(JsonSerializer.Deserialize(arguments[1], BenchJson.Default.EngineInsertOrder)!, cancellationToken),
                BenchJson.Default.EngineInsertResult)
            : JsonSerializer.Serialize(
                await TableInspection.RunAsync(JsonSerializer.Deserialize(arguments[1], BenchJson.Default.TableInspectionOrder)!, cancellationToken),
                BenchJson.Default.TableInspectionResult);
        await Console.Out.WriteLineAsync(json);
        return 0;
    }

    public static Task<EngineInsertResult> RunAsync(BenchContext context, EngineInsertOrder order, CancellationToken cancellationToken) =>
        RunAsync(context, Insert, JsonSerializer.Serialize(order, BenchJson.Default.EngineInsertOrder), BenchJson.Default.EngineInsertResult, cancellationToken);

    public static Task<TableInspectionResult> RunAsync(BenchContext context, TableInspectionOrder order, CancellationToken cancellationToken) => RunAsync(
        context, Inspect, JsonSerializer.Serialize(order, BenchJson.Default.TableInspectionOrder), BenchJson.Default.TableInspectionResult, cancellationToken);

    private static async Task<T> RunAsync<T>(BenchContext context, string what, string order, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var process = Process.Start(Programs.StartOf(context.Programs.Self, [what, order]))!;
        try
        {
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? JsonSerializer.Deserialize(output, type)!
                : throw new InvalidOperationException($"{what} ended with {process.ExitCode}: {await error}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
