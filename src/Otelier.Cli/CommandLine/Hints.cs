namespace Otelier.Cli.CommandLine;

/// <summary>What to tell a person when the other side is missing, or does not let them in.</summary>
internal static class Hints
{
    public static string NobodyListens(Uri endpoint) =>
        $"Nobody listens at {endpoint.GetLeftPart(UriPartial.Authority)} (connection refused). Start Otelier with `make run`, or give the address where it listens.";

    public static string NotLetIn(Uri endpoint, string answer) =>
        $"{endpoint.GetLeftPart(UriPartial.Authority)} takes nothing from this sender ({answer}). Give a key that may send with --key, or in {CheckedOption.ApiKeyVariable}.";
}
