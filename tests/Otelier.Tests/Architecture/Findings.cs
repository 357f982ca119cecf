using Xunit;

namespace Otelier.Tests.Architecture;

internal static class Findings
{
    /// <summary>Fails with every finding on a line of its own; Assert.Empty would shorten them beyond use.</summary>
    public static void AssertNone(IEnumerable<string> findings)
    {
        var lines = findings.Distinct().Order(StringComparer.Ordinal).ToList();
        if (lines.Count > 0)
            Assert.Fail(string.Join(Environment.NewLine, lines));
    }
}
