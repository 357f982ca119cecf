using System.Text.RegularExpressions;
using Xunit;

namespace Otelier.Tests.Architecture;

/// <summary>A name says what a thing is or does; these endings say that its author did not know.</summary>
public sealed class NamingTests
{
    private static readonly Regex EmptyName = new(
        "([a-z0-9]|^)(Helpers?|Managers?|Utils?|Utility|Utilities|V[0-9]+|Old|New)$|^(helpers?|utils?|utilities)$",
        RegexOptions.NonBacktracking);

    private static readonly Regex DeclaredType = new(
        @"\b(class|struct|record|interface|enum|type)\s+(?<name>[A-Za-z_]\w*)", RegexOptions.NonBacktracking);

    private static readonly Regex DeclaredTest = new(
        @"\[([^\]]*\W)?(Fact|Theory)\b[^\]]*\](\s*\[[^\]]*\])*\s*(public|internal)\s+((async|static|unsafe)\s+)*[\w.<>?]+\s+(?<name>\w+)\s*\(",
        RegexOptions.NonBacktracking);

    private static readonly Regex BugNumber = new(
        "^(Bug|Issue|Test)_?[0-9]*_?$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase);

    [Fact]
    public void No_file_has_a_name_that_says_nothing() =>
        Findings.AssertNone(Repository.HandWrittenCode.Where(f => IsEmptyName(Path.GetFileName(f).Split('.')[0])));

    [Fact]
    public void No_type_has_a_name_that_says_nothing()
    {
        var empty =
            from file in Repository.HandWrittenCode
            from Match match in DeclaredType.Matches(CSharpText.CodeOf(Repository.Read(file)))
            where IsEmptyName(match.Groups["name"].Value)
            select $"{file}: {match.Groups["name"].Value}";

        Findings.AssertNone(empty);
    }

    [Fact]
    public void Tests_are_named_by_behaviour()
    {
        var unnamed =
            from file in Repository.CSharp("tests")
            from Match match in DeclaredTest.Matches(CSharpText.CodeOf(Repository.Read(file)))
            let name = match.Groups["name"].Value
            where !name.Contains('_', StringComparison.Ordinal) || BugNumber.IsMatch(name)
            select $"{file}: {name}";

        Findings.AssertNone(unnamed);
    }

    [Theory]
    [InlineData("StringHelper", true)]
    [InlineData("QueryUtils", true)]
    [InlineData("StoreManager", true)]
    [InlineData("dateUtils", true)]
    [InlineData("TracePageV2", true)]
    [InlineData("ParserOld", true)]
    [InlineData("Threshold", false)]
    [InlineData("OtlpV1Routes", false)]
    [InlineData("IPv4", false)]
    public void An_empty_name_is_recognised(string name, bool empty) => Assert.Equal(empty, IsEmptyName(name));

    [Theory]
    [InlineData("    [Fact]\n    public async Task Drop()\n", "Drop")]
    [InlineData("[Theory]\n[InlineData(1)]\npublic void Drop_is_told(int n)", "Drop_is_told")]
    [InlineData("[Fact(Timeout = 5)] public ValueTask<int> Drop()", "Drop")]
    [InlineData("[Theory, InlineData(1)] internal static void Drop()", "Drop")]
    [InlineData("[Trait(1), Xunit.Fact] public void Drop()", "Drop")]
    [InlineData("public void NoTest()", "")]
    public void A_test_is_recognised(string code, string name) => Assert.Equal(name, DeclaredTest.Match(code).Groups["name"].Value);

    private static bool IsEmptyName(string name) => EmptyName.IsMatch(name);
}
