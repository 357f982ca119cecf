using System.CommandLine;
using Otelier.Cli.Demo;
using Otelier.Cli.Keys;
using Otelier.Cli.Load;
using Otelier.Cli.Verify;

namespace Otelier.Cli.CommandLine;

/// <summary>The commands and how a command line is run: faults are one line and exit code 2, Ctrl-C ends a command cleanly.</summary>
internal static class CliApplication
{
    private static readonly TimeSpan TerminationMax = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var root = new RootCommand("Otelier's tools: fill it with a demo, check it, load it, and hand out its keys.")
        {
            new DemoCommand(),
            new KeysCommand(),
            new LoadCommand(),
            new VerifyCommand(),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await error.WriteLineAsync($"otelier: {parsed.Errors[0].Message.ReplaceLineEndings(" ")} (see --help)").ConfigureAwait(false);
            return ExitCode.Usage;
        }

        var invocation = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            ProcessTerminationTimeout = TerminationMax,
            EnableDefaultExceptionHandler = false,
        };
        return await parsed.InvokeAsync(invocation, cancellationToken).ConfigureAwait(false);
    }
}
