using System.Reflection;
using System.Xml.Linq;
using Xunit;

namespace Otelier.Tests.Architecture;

/// <summary>Signals ← Storage ← Server, Signals ← Cli.</summary>
public sealed class ProjectDirectionTests
{
    public static TheoryData<string, string, string[]> Projects => new()
    {
        { "Otelier.Signals", "Otelier.Signals", [] },
        { "Otelier.Storage", "Otelier.Storage", ["Otelier.Signals"] },
        { "Otelier.Server", "otelier-server", ["Otelier.Signals", "Otelier.Storage"] },
        { "Otelier.Cli", "otelier", ["Otelier.Signals"] },
    };

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_those_below_it(string project, string assembly, string[] below)
    {
        var declared = References(project, "ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r));
        var used = Assembly.Load(assembly).GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Where(n => n.StartsWith("otelier", StringComparison.OrdinalIgnoreCase));

        Assert.Equal(below, declared.Order(StringComparer.Ordinal));
        Assert.Subset(below.ToHashSet(), used.ToHashSet());
    }

    [Fact]
    public void Every_project_under_src_has_its_place_in_the_direction()
    {
        var found = Repository.Files.Where(f => f.StartsWith("src/", StringComparison.Ordinal) && f.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(f => Path.GetFileNameWithoutExtension(f));

        Assert.Equal(Projects.Select(p => p.Data.Item1).Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Signals_needs_nothing_but_the_base_class_library()
    {
        Assert.Empty(References("Otelier.Signals", "PackageReference"));
        Assert.Empty(References("Otelier.Signals", "FrameworkReference"));
        Assert.All(
            typeof(Signals.TenantId).Assembly.GetReferencedAssemblies(),
            a => Assert.StartsWith("System.", a.Name, StringComparison.Ordinal));
    }

    private static List<string> References(string project, string kind) =>
        XDocument.Load(Path.Combine(Repository.Root, "src", project, project + ".csproj"))
            .Descendants(kind)
            .Select(e => (string?)e.Attribute("Include") ?? "")
            .ToList();
}
