namespace Otelier.Cli.CommandLine;

/// <summary>What the process says to the shell.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The command ran and did not get what it wanted: data lost, nobody there, requests refused.</summary>
    public const int Failure = 1;

    /// <summary>The command line makes no sense.</summary>
    public const int Usage = 2;
}
