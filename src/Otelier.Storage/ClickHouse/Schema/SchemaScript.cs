using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Otelier.Storage.ClickHouse.Schema;

/// <summary>
/// One step of the schema. A script that failed midway is applied again as a whole, so each of its statements must be one that may
/// be repeated: <c>CREATE … IF NOT EXISTS</c>, <c>ALTER … ADD COLUMN IF NOT EXISTS</c>.
/// </summary>
/// <param name="Version">Orders the steps; each greater than the one before it.</param>
/// <param name="Name">What it does, in a few words.</param>
/// <param name="Text">
/// SQL statements, each ended by a semicolon at the end of a line; lines that begin with <c>--</c> are comments;
/// <c>{{name}}</c> is replaced by a setting. Must not change once released.
/// </param>
internal sealed partial record SchemaScript(int Version, string Name, string Text)
{
    private const string ResourcePrefix = "Schema/";

    /// <summary>Identifies the text, whatever the settings and the line ends.</summary>
    internal string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Normalize(Text))));

    /// <summary>The scripts in an assembly, in order: resources named <c>Schema/0001_name.sql</c>.</summary>
    internal static IReadOnlyList<SchemaScript> Embedded(Assembly assembly)
    {
        var scripts = new List<SchemaScript>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(ResourcePrefix, StringComparison.Ordinal)))
        {
            var match = FileName().Match(resource[ResourcePrefix.Length..]);
            if (!match.Success)
                throw new InvalidOperationException($"{resource} is not named like {ResourcePrefix}0001_name.sql.");
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            scripts.Add(new SchemaScript(
                int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), match.Groups[2].Value, reader.ReadToEnd()));
        }

        return [.. scripts.OrderBy(s => s.Version)];
    }

    /// <summary>The statements with their settings filled in.</summary>
    /// <exception cref="SchemaException">The script names a setting that is not given.</exception>
    internal IReadOnlyList<string> Statements(IReadOnlyDictionary<string, string> settings)
    {
        var text = Placeholder().Replace(Normalize(Text), match => settings.TryGetValue(match.Groups[1].Value, out var value)
            ? value
            : throw new SchemaException($"Schema step {Version} ({Name}) needs the setting {match.Groups[1].Value}, which is not given."));
        if (text.Contains("{{", StringComparison.Ordinal))
            throw new SchemaException($"Schema step {Version} ({Name}) has a malformed placeholder.");

        var statements = new List<string>();
        var statement = new StringBuilder();
        foreach (var line in text.Split('\n'))
        {
            var content = line.TrimEnd();
            if (content.TrimStart().StartsWith("--", StringComparison.Ordinal))
                continue;
            var ends = content.EndsWith(';');
            statement.Append(ends ? content[..^1] : content).Append('\n');
            if (ends)
                Take();
        }

        Take();
        return statements;

        void Take()
        {
            var sql = statement.ToString().Trim();
            statement.Clear();
            if (sql.Length > 0)
                statements.Add(sql);
        }
    }

    private static string Normalize(string text) => text.ReplaceLineEndings("\n");

    [GeneratedRegex(@"^(\d{4})_([a-z0-9_]+)\.sql$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex FileName();

    [GeneratedRegex(@"\{\{([a-z][a-z0-9_]*)\}\}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}
