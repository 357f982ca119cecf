using System.Globalization;
using System.Text.Json.Serialization;

namespace Otelier.Cli.Verify;

/// <summary>One way to read and what it showed at last.</summary>
/// <param name="Name">The route.</param>
/// <param name="DelayMillis">From the acknowledgement until everything was right; null when it never was.</param>
/// <param name="Faults">What was lost, there twice or different.</param>
internal sealed record CheckReport(string Name, double? DelayMillis, IReadOnlyList<string> Faults)
{
    public bool Clean => Faults.Count == 0;
}

/// <summary>One run of <c>otelier verify</c>.</summary>
internal sealed record VerifyReport(string Run, bool Clean, IReadOnlyList<CheckReport> Checks)
{
    private const int FaultLinesMax = 10;

    public void WriteText(TextWriter output)
    {
        output.WriteLine($"run {Run}");
        foreach (var check in Checks)
        {
            var delay = check.DelayMillis is { } d ? string.Create(CultureInfo.InvariantCulture, $"after {d:0} ms") : "";
            output.WriteLine($"  {(check.Clean ? "ok  " : "FAIL")} {check.Name,-52} {delay}".TrimEnd());
            foreach (var fault in check.Faults.Take(FaultLinesMax))
                output.WriteLine($"         {fault}");
            if (check.Faults.Count > FaultLinesMax)
                output.WriteLine($"         and {check.Faults.Count - FaultLinesMax} more");
        }

        var failed = Checks.Count(c => !c.Clean);
        output.WriteLine(Clean ? $"clean: {Checks.Count} checks" : $"NOT clean: {failed} of {Checks.Count} checks failed");
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = false)]
[JsonSerializable(typeof(VerifyReport))]
internal sealed partial class VerifyJson : JsonSerializerContext;
