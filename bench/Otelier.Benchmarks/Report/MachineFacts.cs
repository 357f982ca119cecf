using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Otelier.Benchmarks.Report;

/// <summary>What a figure depends on besides the code.</summary>
/// <param name="Day">When it was measured, as a date.</param>
/// <param name="Commit">Which code, shortened; with a plus where files differ from it.</param>
/// <param name="Lines">The machine, one fact per line.</param>
internal sealed record MachineFacts(string Day, string Commit, IReadOnlyList<string> Lines)
{
    public static async Task<MachineFacts> ReadAsync(string repository, TimeProvider time, CancellationToken cancellationToken)
    {
        var commit = await GitAsync(repository, ["rev-parse", "--short=10", "HEAD"], cancellationToken) ?? "unknown";
        // The page itself is written by the benchmarks.
        var changed = await GitAsync(repository, ["status", "--porcelain", "--untracked-files=no", "--", ".", ":!docs/benchmarks.md"], cancellationToken);
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30);
        return new MachineFacts(
            time.GetLocalNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            string.IsNullOrEmpty(changed) ? commit : commit + "+",
            [
                string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} × {Processor()}, {memory:0.#} GiB of memory"),
                $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}",
            ]);
    }

    private static string Processor()
    {
        const string Cpu = "/proc/cpuinfo";
        const string Model = "model name";
        var line = File.Exists(Cpu) ? File.ReadLines(Cpu).FirstOrDefault(l => l.StartsWith(Model, StringComparison.Ordinal)) : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }

    private static async Task<string?> GitAsync(string repository, string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["-C", repository, .. arguments]) { RedirectStandardOutput = true })!;
            var output = await git.StandardOutput.ReadToEndAsync(cancellationToken);
            await git.WaitForExitAsync(cancellationToken);
            return git.ExitCode == 0 ? output.Trim() : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // A machine without git can be measured too.
            return null;
        }
    }
}
