using Xunit;

namespace Otelier.Tests.Architecture;

/// <summary>Rules about files, whatever language they are in.</summary>
public sealed class FileRuleTests
{
    private const int LinesMax = 400;

    /// <summary>Longer files that are suffered: may be lowered, never raised.</summary>
    private const int ExceptionsMax = 0;

    private const string ExceptionList = "tests/Otelier.Tests/Architecture/file-cap-exceptions.txt";

    // Written in pieces, or this file would be its own first finding.
    private static readonly string[] MachinePaths = ["/wo" + "rk/", "/tmp/w" + "t", "/ro" + "ot/", "/ho" + "me/", "C:" + @"\Users"];

    private static readonly string[] RegistryHosts =
        ["registry." + "npmjs.org", "registry." + "yarnpkg.com", "api." + "nuget.org", "deb." + "debian.org", "py" + "pi.org"];

    private static readonly string[] UnfinishedMarks = ["TO" + "DO", "FIX" + "ME", "HA" + "CK:", "XX" + "X:", "NotImplemented" + "Exception"];

    [Fact]
    public void No_file_written_by_hand_is_longer_than_the_cap()
    {
        var exceptions = Exceptions();
        var tooLong =
            from file in Repository.HandWrittenCode
            let lines = Repository.ReadLines(file).Length
            where lines > exceptions.GetValueOrDefault(file, LinesMax)
            select $"{file}: {lines} lines";

        Findings.AssertNone(tooLong);
    }

    [Fact]
    public void Exceptions_to_the_cap_only_become_fewer()
    {
        var exceptions = Exceptions();

        Assert.InRange(exceptions.Count, 0, ExceptionsMax);
        Assert.All(exceptions.Keys, f => Assert.True(Repository.Files.Contains(f) && Repository.ReadLines(f).Length > LinesMax, f));
    }

    [Fact]
    public void No_file_names_a_path_of_somebodys_machine() => Findings.AssertNone(Mentions(MachinePaths, TextFiles));

    [Fact]
    public void No_file_names_a_package_registry() => Findings.AssertNone(Mentions(RegistryHosts, TextFiles));

    [Fact]
    public void No_code_is_marked_unfinished() => Findings.AssertNone(Mentions(UnfinishedMarks, Repository.HandWrittenCode));

    [Fact]
    public void A_mention_is_found_with_its_line()
    {
        var here = "tests/Otelier.Tests/Architecture/FileRuleTests.cs";

        Assert.Equal([$"{here}:1: using Xunit;"], Mentions(["using Xunit;" + ""], [here]).Take(1));
    }

    private static IEnumerable<string> TextFiles =>
        Repository.Files.Where(f => Path.GetExtension(f) is not (".png" or ".ico" or ".woff2" or ".gz" or ".bin" or ".pb"));

    private static IEnumerable<string> Mentions(string[] words, IEnumerable<string> files) =>
        from file in files
        from line in Repository.ReadLines(file).Index()
        from word in words
        where line.Item.Contains(word, StringComparison.Ordinal)
        select $"{file}:{line.Index + 1}: {word}";

    /// <summary>Lines of <c>path lines</c>: the file may not grow beyond what it is.</summary>
    private static Dictionary<string, int> Exceptions() =>
        Repository.ReadLines(ExceptionList)
            .Where(l => l.Length > 0 && l[0] != '#')
            .Select(l => l.Split(' '))
            .ToDictionary(p => p[0], p => int.Parse(p[1], System.Globalization.CultureInfo.InvariantCulture));
}
