using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace Otelier.Tests.Architecture;

/// <summary>Contracts of Storage are public; an engine shows only the type by which it is chosen.</summary>
public sealed class StorageSurfaceTests
{
    private static readonly string[] EngineNamespaces = ["Otelier.Storage.ClickHouse", "Otelier.Storage.PostgreSql"];

    /// <summary>Full names of the public types of the engines: each is one more thing that cannot be changed freely.</summary>
    private static readonly HashSet<string> Entrances = [];

    private static readonly Regex NativeWords = new(
        @"\b(nint|nuint|U?IntPtr|DllImport|LibraryImport|NativeLibrary|Marshal)\b", RegexOptions.NonBacktracking);

    [Fact]
    public void Engines_show_nothing_but_their_entrances()
    {
        var shown = Assembly.Load("Otelier.Storage").GetExportedTypes()
            .Where(t => EngineNamespaces.Any(n => t.Namespace == n || t.Namespace?.StartsWith(n + ".", StringComparison.Ordinal) == true))
            .Select(t => t.FullName!);

        Assert.Equal(Entrances.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Native_pointers_stay_in_interop_folders()
    {
        var strays =
            from file in Repository.CSharp("src")
            where !file.Contains("/Interop/", StringComparison.Ordinal)
            from line in CSharpText.CodeOf(Repository.Read(file)).Split('\n').Index()
            where NativeWords.IsMatch(line.Item)
            select $"{file}:{line.Index + 1}";

        Findings.AssertNone(strays);
    }

    [Theory]
    [InlineData("private nint _handle;", true)]
    [InlineData("[LibraryImport(Library)]", true)]
    [InlineData("IntPtr.Zero", true)]
    [InlineData("var hinting = printInt;", false)]
    public void Native_words_are_recognised(string line, bool native) => Assert.Equal(native, NativeWords.IsMatch(line));
}
