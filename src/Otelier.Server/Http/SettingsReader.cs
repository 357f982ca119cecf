using System.Globalization;
using System.Text;

namespace Otelier.Server.Http;

/// <summary>
/// Reads the configuration into options by their list of settings. A name that is not on the list is a fault: a
/// misspelt limit must not silently leave the default in place.
/// </summary>
internal static class SettingsReader
{
    /// <summary>What our environment variables begin with.</summary>
    public const string EnvironmentPrefix = "OTELIER_";

    // The framework's own section, which it reads by itself.
    private const string LoggingSection = "Logging";

    /// <summary><c>appsettings.json</c>, then the environment, then the command line; the later one wins.</summary>
    public static IConfigurationRoot Load(string directory, string[] args) =>
        new ConfigurationBuilder()
            .SetBasePath(directory)
            .AddJsonFile("appsettings.json", optional: true, reloadOnChange: false)
            .AddEnvironmentVariables(EnvironmentPrefix)
            .AddCommandLine(args)
            .Build();

    /// <summary>Applies every configured value; gives the problems, in the order of the keys.</summary>
    public static List<string> Apply(IConfiguration configuration, IReadOnlyList<Setting> settings)
    {
        var known = settings.ToDictionary(setting => setting.Key, StringComparer.OrdinalIgnoreCase);
        var problems = new List<string>();
        foreach (var (key, text) in Flatten(configuration))
        {
            if (!known.TryGetValue(key, out var setting))
            {
                var nearest = Nearest(key, settings);
                problems.Add(nearest is null
                    ? $"There is no setting '{key}'."
                    : $"There is no setting '{key}'. Did you mean '{nearest.Key}' ({nearest.EnvironmentName})?");
            }
            else if (setting.Apply(text) is { } problem)
            {
                problems.Add($"{setting.Key}: '{text}' {problem}.");
            }
        }

        return problems;
    }

    /// <summary>Words of the command line that the configuration provider would pass over without a sound.</summary>
    public static List<string> FindStrayArguments(string[] args)
    {
        var problems = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i].StartsWith("--", StringComparison.Ordinal))
            {
                if (args[i].Contains('=', StringComparison.Ordinal))
                    continue;
                if (++i == args.Length || args[i].StartsWith("--", StringComparison.Ordinal))
                    problems.Add($"'{args[--i]}' lacks a value: write {args[i]}=value.");
            }
            else
            {
                problems.Add($"'{args[i]}' is not understood: write --Name=value.");
            }
        }

        return problems;
    }

    /// <summary>The table of all settings, for a person.</summary>
    public static string Describe(IReadOnlyList<Setting> settings)
    {
        var text = new StringBuilder("Settings (command line --Name=value, or environment variable):\n");
        foreach (var setting in settings)
        {
            var defaultText = setting.DefaultText.Length == 0 ? "none" : setting.DefaultText;
            text.Append(CultureInfo.InvariantCulture, $"  {setting.Key,-30} {setting.EnvironmentName}\n")
                .Append(CultureInfo.InvariantCulture, $"      {setting.Meaning} Default: {defaultText}\n");
        }

        return text.ToString();
    }

    private static IEnumerable<(string Key, string Text)> Flatten(IConfiguration configuration)
    {
        foreach (var section in configuration.GetChildren())
        {
            if (section.Path.Equals(LoggingSection, StringComparison.OrdinalIgnoreCase))
                continue;
            var children = section.GetChildren().ToList();
            if (children.Count > 0 && children.TrueForAll(child => child.Key.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0))
            {
                yield return (section.Path, string.Join(',', children.Select(child => child.Value)));
                continue;
            }

            if (section.Value is { } value)
                yield return (section.Path, value);
            foreach (var nested in Flatten(section))
                yield return nested;
        }
    }

    private static Setting? Nearest(string key, IReadOnlyList<Setting> settings)
    {
        var best = settings.MinBy(setting => Distance(key, setting.Key));
        return best is not null && Distance(key, best.Key) <= Math.Max(2, best.Key.Length / 3) ? best : null;
    }

    /// <summary>Levenshtein's distance, letters compared without case.</summary>
    private static int Distance(string a, string b)
    {
        var previous = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            previous[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = previous[j - 1] + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                current[j] = Math.Min(replace, Math.Min(previous[j], current[j - 1]) + 1);
            }

            previous = current;
        }

        return previous[b.Length];
    }
}
