using System.Diagnostics;
using System.Globalization;

namespace Otelier.Benchmarks.Processes;

/// <summary>What a process has used.</summary>
/// <param name="Cpu">Processor time since it began.</param>
/// <param name="ResidentBytes">Its memory now, files mapped into it included.</param>
/// <param name="ResidentBytesPeak">The most that was.</param>
internal sealed record ProcessUse(TimeSpan Cpu, long ResidentBytes, long ResidentBytesPeak)
{
    /// <summary>Below this share of one core a process counts as having nothing to do.</summary>
    private const double QuietCores = 0.08;

    private static readonly TimeSpan QuietWindow = TimeSpan.FromSeconds(1);

    public static ProcessUse Of(Process process)
    {
        process.Refresh();
        return new ProcessUse(process.TotalProcessorTime, process.WorkingSet64, Peak(process));
    }

    /// <summary>
    /// Waits until the process has used next to no processor time for two seconds: its merges are done. Gives up after
    /// <paramref name="atMost"/>.
    /// </summary>
    /// <returns>The processor time used until then.</returns>
    public static async Task<TimeSpan> WaitQuietAsync(Process process, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var before = Of(process).Cpu;
        for (var quiet = 0; quiet < 2 && Stopwatch.GetElapsedTime(started) < atMost;)
        {
            await Task.Delay(QuietWindow, cancellationToken);
            var now = Of(process).Cpu;
            quiet = now - before < QuietWindow * QuietCores ? quiet + 1 : 0;
            before = now;
        }

        return before;
    }

    private static long Peak(Process process)
    {
        const string Peak = "VmHWM:";
        var status = $"/proc/{process.Id.ToString(CultureInfo.InvariantCulture)}/status";
        var line = File.Exists(status) ? File.ReadLines(status).FirstOrDefault(l => l.StartsWith(Peak, StringComparison.Ordinal)) : null;
        return line is null ? process.PeakWorkingSet64 : long.Parse(line[Peak.Length..^2], CultureInfo.InvariantCulture) << 10;
    }
}
