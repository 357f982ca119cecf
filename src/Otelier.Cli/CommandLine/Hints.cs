namespace Otelier.Cli.CommandLine;

/// <summary>What to tell a person when the other side is missing.</summary>
internal static class Hints
{
    public static string NobodyListens(Uri endpoint) =>
        $"Nobody listens at {endpoint.GetLeftPart(UriPartial.Authority)} (connection refused). Start Otelier with `make run`, or give the address where it listens.";
}
