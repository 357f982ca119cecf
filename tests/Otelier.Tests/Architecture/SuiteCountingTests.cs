using System.Diagnostics;
using Xunit;

namespace Otelier.Tests.Architecture;

/// <summary>The sum that `make test` ends with must not hide a suite that fell over.</summary>
public sealed class SuiteCountingTests : IDisposable
{
    private const string Xunit = "   Some.Tests  Total: 6, Errors: 1, Failed: 1, Skipped: 3, Not Run: 0, Time: 0.1s";

    private readonly string _logs = Directory.CreateTempSubdirectory("otelier-suites").FullName;

    [Theory]
    [InlineData("suite a xunit echo '" + Xunit + "'", "3 skipped (each says why above)\n2 passed, 2 failed", 1)]
    [InlineData("suite a xunit echo 'x Total: 2, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0'", "2 passed, 0 failed", 0)]
    [InlineData("suite a node printf '# pass 4\\n# fail 0\\n# cancelled 0\\n# skipped 1\\n# todo 0\\n'", "1 skipped (each says why above)\n4 passed, 0 failed", 0)]
    [InlineData("suite a node printf '# pass 4\\n# fail 2\\n# cancelled 1\\n'", "4 passed, 3 failed", 1)]
    [InlineData("suite a xunit sh -c 'kill -9 $$'", "0 passed, 1 failed", 1)]
    [InlineData("suite a xunit true", "0 passed, 1 failed", 1)]
    [InlineData("suite a node printf '# pass 0\\n# fail 0\\n'", "0 passed, 1 failed", 1)]
    [InlineData("suite a node sh -c 'echo \"# pass 4\"; echo \"# fail 0\"; exit 3'", "4 passed, 1 failed", 1)]
    [InlineData("check a true; check b false", "1 passed, 1 failed", 1)]
    [InlineData("check a true; skip b 'no browser'", "1 skipped (each says why above)\n1 passed, 0 failed", 0)]
    [InlineData("SUITE_SECONDS_MAX=1; limit='timeout 1'; check a sleep 60; check b true", "1 passed, 1 failed", 1)]
    [InlineData(":", "0 passed, 0 failed", 1)]
    public void Suites_are_summed_and_a_crash_counts_as_a_failure(string suites, string sum, int status)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the scripts need a POSIX shell");

        Assert.Equal((sum, status), Run(suites, "total"));
    }

    [Theory]
    [InlineData("suite a xunit printf 'x\n    A.B [FAIL]\n      Expected: 1\n" + Xunit + "\n'", "-- a\n    A.B [FAIL]\n      Expected: 1\n" + Xunit)]
    [InlineData("suite a node printf 'ok 1 - b\nnot ok 2 - c\n# pass 1\n# fail 1\n'", "-- a\nnot ok 2 - c\n# pass 1\n# fail 1")]
    [InlineData("suite a vitest printf ' FAIL  c > d\n      Tests  1 failed | 2 passed (3)\n'", "-- a\n FAIL  c > d\n      Tests  1 failed | 2 passed (3)")]
    [InlineData("suite a playwright printf 'x\n  1) c › d\n  1 failed\n'", "-- a\n  1) c › d\n  1 failed")]
    [InlineData("suite a xunit sh -c 'echo crashed; exit 3'; check b sh -c 'echo c; false'", "-- a\ncrashed\n-- b\nc")]
    [InlineData("check a sh -c 'printf \"1\\n\\n3\\n4\\n5\\n6\\n7\\n8\\n\"; false'", "-- a\n3\n4\n5\n6\n7\n8")]
    [InlineData("check a echo b", "")]
    public void What_failed_is_said_again(string suites, string failures)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the scripts need a POSIX shell");

        Assert.Equal(failures, Run(suites, "failures").Text);
    }

    public void Dispose() => Directory.Delete(_logs, recursive: true);

    /// <summary>What a function of the script prints after some suites, and its status.</summary>
    private (string Text, int Status) Run(string suites, string function)
    {
        var said = Path.Combine(_logs, "said");
        using var shell = Process.Start(new ProcessStartInfo("sh")
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            ArgumentList = { "-c", $"OUT={_logs}; . scripts/suites.sh; {suites}; {function} >{said}" },
        })!;
        shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        return (File.ReadAllText(said).TrimEnd(), shell.ExitCode);
    }
}
