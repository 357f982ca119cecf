using System.Reflection;
using Xunit;

namespace Otelier.Tests.Architecture;

/// <summary>
/// A folder of Otelier.Server is a feature. Features never import each other: they meet in <c>Http</c>, in the contracts by
/// which Ingest lets others listen, in Storage and in Signals. Only the root namespace (Program.cs) sees them all.
/// </summary>
public sealed class ServerFeatureTests
{
    private const int ProgramLinesMax = 80;
    private const string Root = "Otelier.Server";
    private const string Shared = "Http";

    /// <summary>Ingest's contracts for taps and admission rules; what their signatures name belongs to them.</summary>
    private static readonly string[] Contracts = [Root + ".Ingest.IBatchTap", Root + ".Ingest.IAdmissionRule"];

    private static readonly Assembly Server = typeof(Otelier.Server.Ingest.IngestRequest).Assembly;

    [Fact]
    public void A_feature_imports_no_other_feature()
    {
        var contracts = ContractTypes();

        var imports =
            from type in Server.GetTypes()
            let feature = FeatureOf(type)
            where feature is not null and not ""
            from member in ReferencedMembers.Of(type)
            from target in ReferencedMembers.TypesOf(member)
            where target.Assembly == Server
            let imported = FeatureOf(target)
            where imported is not null && imported != feature && imported != Shared && !contracts.Contains(target)
            select $"{feature} imports {target.FullName} (in {ReferencedMembers.Outermost(type).FullName})";

        Findings.AssertNone(imports);
    }

    [Theory]
    [InlineData(typeof(Otelier.Server.Ingest.IngestRequest), "Ingest")]
    [InlineData(typeof(string), null)]
    public void A_type_belongs_to_the_feature_its_namespace_names(Type type, string? feature) =>
        Assert.Equal(feature, FeatureOf(type));

    [Fact]
    public void A_namespace_is_the_folder_it_stands_in()
    {
        var astray =
            from file in Repository.CSharp("src")
            let lines = Repository.ReadLines(file)
            let declared = lines.FirstOrDefault(l => l.StartsWith("namespace ", StringComparison.Ordinal))
            let folder = Path.GetDirectoryName(file)!["src/".Length..].Replace('/', '.')
            where declared is not null && declared != $"namespace {folder};"
            select $"{file}: {declared}";

        Findings.AssertNone(astray);
    }

    [Fact]
    public void Program_only_composes() =>
        Assert.InRange(Repository.ReadLines("src/Otelier.Server/Program.cs").Length, 1, ProgramLinesMax - 1);

    /// <summary>Null for what is not ours (generated code, other assemblies), empty for the composition, else the folder.</summary>
    private static string? FeatureOf(Type type)
    {
        var outermost = ReferencedMembers.Outermost(type);
        if (outermost.Assembly != Server)
            return null;
        if (outermost.Name == "Program" || outermost.Namespace == Root)
            return "";
        if (outermost.Namespace?.StartsWith(Root + ".", StringComparison.Ordinal) != true)
            return null;
        var folders = outermost.Namespace[(Root.Length + 1)..].Split('.');
        // Each system we speak for is a feature of its own.
        return folders is ["Compat", var system, ..] ? "Compat." + system : folders[0];
    }

    private static HashSet<Type> ContractTypes()
    {
        var open = new Stack<Type>(Contracts.Select(c => Server.GetType(c)).OfType<Type>());
        var closed = new HashSet<Type>();
        while (open.TryPop(out var type))
        {
            if (FeatureOf(type) != "Ingest" || !closed.Add(type))
                continue;
            var visible = type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly);
            foreach (var named in visible.SelectMany(ReferencedMembers.TypesOf))
                open.Push(named);
        }

        return closed;
    }
}
