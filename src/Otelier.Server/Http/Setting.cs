using System.Globalization;

namespace Otelier.Server.Http;

/// <summary>
/// One setting: where it stands in the configuration, what it means, and how its text becomes a value.
/// Options declare their settings beside their properties, so that one list serves binding, the refusal of
/// unknown names, and <c>--help</c>.
/// </summary>
/// <param name="Key">The configuration key, parts separated by a colon: <c>Listen:Api</c>.</param>
/// <param name="Meaning">English, one line, with unit and range.</param>
/// <param name="DefaultText">The value when nothing is configured, as it would be written.</param>
/// <param name="Apply">Sets the value from its text; gives what is wrong with the text, or <see langword="null"/>.</param>
internal sealed record Setting(string Key, string Meaning, string DefaultText, Func<string, string?> Apply)
{
    private static readonly (string Suffix, long Factor)[] ByteUnits =
        [("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40), ("B", 1)];

    private static readonly (string Suffix, double Seconds)[] DurationUnits =
        [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86400)];

    /// <summary>The name of the environment variable that sets this.</summary>
    public string EnvironmentName => SettingsReader.EnvironmentPrefix + Key.Replace(":", "__", StringComparison.Ordinal).ToUpperInvariant();

    public static Setting Text(string key, string meaning, string defaultText, Action<string> set) =>
        new(key, meaning, defaultText, text =>
        {
            set(text);
            return null;
        });

    public static Setting Flag(string key, string meaning, bool defaultValue, Action<bool> set) =>
        new(key, meaning, defaultValue ? "true" : "false", text =>
        {
            if (!bool.TryParse(text, out var value))
                return "is neither 'true' nor 'false'";
            set(value);
            return null;
        });

    /// <summary>One of an enumeration's names, in either case.</summary>
    public static Setting Choice<T>(string key, string meaning, T defaultValue, Action<T> set)
        where T : struct, Enum => new(key, meaning, Enum.GetName(defaultValue)!.ToLowerInvariant(), text =>
        {
            var name = Enum.GetNames<T>().FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
            if (name is null)
                return $"is not one of {string.Join(", ", Enum.GetNames<T>().Select(known => known.ToLowerInvariant()))}";
            set(Enum.Parse<T>(name));
            return null;
        });

    public static Setting Count(string key, string meaning, int defaultValue, int min, int max, Action<int> set) =>
        new(key, meaning, defaultValue.ToString(CultureInfo.InvariantCulture), text =>
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < min || value > max)
                return string.Create(CultureInfo.InvariantCulture, $"is not a whole number from {min} to {max}");
            set(value);
            return null;
        });

    /// <summary>A size: a whole number followed by nothing, <c>B</c>, <c>KiB</c>, <c>MiB</c>, <c>GiB</c> or <c>TiB</c>.</summary>
    public static Setting Bytes(string key, string meaning, long defaultValue, long min, long max, Action<long> set) =>
        new(key, meaning, FormatBytes(defaultValue), text =>
        {
            if (!TryParseBytes(text, out var value) || value < min || value > max)
                return $"is not a size from {FormatBytes(min)} to {FormatBytes(max)} (for example 64MiB)";
            set(value);
            return null;
        });

    /// <summary>A length of time: a number followed by <c>ms</c>, <c>s</c>, <c>m</c>, <c>h</c> or <c>d</c>.</summary>
    public static Setting Duration(string key, string meaning, string defaultText, TimeSpan min, TimeSpan max, Action<TimeSpan> set) =>
        new(key, meaning, defaultText, text =>
        {
            if (!TryParseDuration(text, out var value) || value < min || value > max)
                return $"is not a length of time from {min:c} to {max:c} (for example 500ms, 10s, 2h)";
            set(value);
            return null;
        });

    public static Setting Address(string key, string meaning, ListenAddress defaultValue, Action<ListenAddress> set) =>
        new(key, meaning, defaultValue.ToString(), text =>
        {
            if (!ListenAddress.TryParse(text, out var value, out var problem))
                return problem;
            set(value);
            return null;
        });

    /// <summary>Several texts, separated by commas, or a JSON array.</summary>
    public static Setting List(string key, string meaning, Action<IReadOnlyList<string>> set) =>
        new(key, meaning, "", text =>
        {
            set(text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            return null;
        });

    internal static bool TryParseBytes(string text, out long bytes)
    {
        var (number, factor) = (text, 1L);
        foreach (var unit in ByteUnits)
        {
            if (!text.EndsWith(unit.Suffix, StringComparison.OrdinalIgnoreCase))
                continue;
            (number, factor) = (text[..^unit.Suffix.Length].TrimEnd(), unit.Factor);
            break;
        }

        bytes = 0;
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > long.MaxValue / factor)
            return false;
        bytes = count * factor;
        return true;
    }

    internal static bool TryParseDuration(string text, out TimeSpan duration)
    {
        duration = default;
        foreach (var unit in DurationUnits)
        {
            if (!text.EndsWith(unit.Suffix, StringComparison.Ordinal))
                continue;
            if (!double.TryParse(text[..^unit.Suffix.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                continue;
            if (number * unit.Seconds > TimeSpan.MaxValue.TotalSeconds / 2)
                return false;
            duration = TimeSpan.FromSeconds(number * unit.Seconds);
            return true;
        }

        return false;
    }

    private static string FormatBytes(long bytes)
    {
        for (var i = 3; i >= 0; i--)
        {
            if (bytes != 0 && bytes % ByteUnits[i].Factor == 0)
                return string.Create(CultureInfo.InvariantCulture, $"{bytes / ByteUnits[i].Factor}{ByteUnits[i].Suffix}");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bytes}B");
    }
}
