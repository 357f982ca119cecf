using Xunit;

namespace Otelier.Tests.Architecture;

public sealed class DecisionRecordTests
{
    private static readonly string[] Sections = ["## Context", "## Decision", "## Consequences", "## How to reverse"];

    private static List<string> Records =>
        Repository.Files.Where(f => f.StartsWith("docs/adr/", StringComparison.Ordinal) && f.EndsWith(".md", StringComparison.Ordinal)).ToList();

    [Fact]
    public void Decision_records_are_numbered_without_gaps() =>
        Assert.Equal(
            Enumerable.Range(1, Records.Count).Select(n => $"{n:000}"),
            Records.Select(f => Path.GetFileName(f)[..3]));

    [Fact]
    public void Decision_records_say_why_what_at_what_price_and_how_to_undo_it()
    {
        Assert.NotEmpty(Records);
        Assert.All(Records, f => Assert.Equal(Sections, Repository.ReadLines(f).Where(l => l.StartsWith("## ", StringComparison.Ordinal))));
    }
}
