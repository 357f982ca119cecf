using System.Globalization;
using System.Text.RegularExpressions;

namespace Otelier.Tests.Ingest;

/// <summary>One line of the text format.</summary>
public sealed record Sample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);

/// <summary>
/// A strict reader of the Prometheus text format 0.0.4: everything that a lenient scraper lets pass is an exception here.
/// </summary>
public static partial class PrometheusText
{
    [GeneratedRegex("^[a-zA-Z_:][a-zA-Z0-9_:]*$", RegexOptions.NonBacktracking)]
    private static partial Regex MetricName { get; }

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_]*$", RegexOptions.NonBacktracking)]
    private static partial Regex LabelName { get; }

    public static (List<Sample> Samples, Dictionary<string, string> Types) Parse(string text)
    {
        Require(text.EndsWith('\n'), "The last line ends with a line feed.");
        var (samples, types, seen) = (new List<Sample>(), new Dictionary<string, string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        string? family = null;
        foreach (var line in text[..^1].Split('\n'))
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
                continue;
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                var parts = line.Split(' ');
                Require(parts.Length == 4 && MetricName.IsMatch(parts[2]), line);
                Require(parts[3] is "counter" or "gauge" or "histogram", line);
                Require(types.TryAdd(parts[2], parts[3]), $"One TYPE per family: {line}");
                family = parts[2];
                continue;
            }

            var sample = ParseSample(line);
            Require(family is not null && BelongsTo(sample.Name, family, types[family]), $"{line} stands under its family.");
            var identity = sample.Name + string.Join(',', sample.Labels.OrderBy(label => label.Key, StringComparer.Ordinal));
            Require(seen.Add(identity), $"Twice: {line}");
            samples.Add(sample);
        }

        CheckHistograms(samples, types);
        return (samples, types);
    }

    private static bool BelongsTo(string name, string family, string type) =>
        type == "histogram"
            ? name == family + "_bucket" || name == family + "_sum" || name == family + "_count"
            : name == family && (type != "counter" || name.EndsWith("_total", StringComparison.Ordinal));

    private static void CheckHistograms(List<Sample> samples, Dictionary<string, string> types)
    {
        foreach (var family in types.Where(type => type.Value == "histogram").Select(type => type.Key))
        {
            var buckets = samples.Where(sample => sample.Name == family + "_bucket").GroupBy(
                sample => string.Join(',', sample.Labels.Where(label => label.Key != "le").OrderBy(label => label.Key, StringComparer.Ordinal)));
            foreach (var series in buckets)
            {
                var bounds = series.Select(sample => Number(sample.Labels["le"])).ToList();
                Require(bounds.SequenceEqual(bounds.Order()) && double.IsPositiveInfinity(bounds[^1]), $"{family}: bounds ascend to +Inf.");
                var counts = series.Select(sample => sample.Value).ToList();
                Require(counts.SequenceEqual(counts.Order()), $"{family}: buckets are cumulative.");
                var count = samples.Single(sample => sample.Name == family + "_count" &&
                    string.Join(',', sample.Labels.OrderBy(label => label.Key, StringComparer.Ordinal)) == series.Key);
                Require(count.Value.Equals(counts[^1]), $"{family}: the count is that of +Inf.");
            }
        }
    }

    private static Sample ParseSample(string line)
    {
        var nameEnd = line.IndexOfAny(['{', ' ']);
        Require(nameEnd > 0 && MetricName.IsMatch(line[..nameEnd]), line);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        var position = nameEnd;
        if (line[position] == '{')
        {
            position++;
            while (line[position] != '}')
                ParseLabel(line, ref position, labels);
            position++;
        }

        Require(line[position] == ' ', line);
        return new Sample(line[..nameEnd], labels, Number(line[(position + 1)..]));
    }

    private static void ParseLabel(string line, ref int position, Dictionary<string, string> labels)
    {
        var equals = line.IndexOf('=', position);
        var name = line[position..equals];
        Require(LabelName.IsMatch(name) && line[equals + 1] == '"', line);
        var value = new System.Text.StringBuilder();
        for (position = equals + 2; line[position] != '"'; position++)
        {
            if (line[position] != '\\')
            {
                value.Append(line[position]);
                continue;
            }

            position++;
            value.Append(line[position] switch { 'n' => '\n', '"' => '"', '\\' => '\\', _ => throw new FormatException(line) });
        }

        Require(labels.TryAdd(name, value.ToString()), line);
        position++;
        if (line[position] == ',')
            position++;
        else
            Require(line[position] == '}', line);
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        "NaN" => double.NaN,
        _ => double.Parse(text, NumberStyles.Float & ~NumberStyles.AllowLeadingWhite & ~NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture),
    };

    private static void Require(bool condition, string what)
    {
        if (!condition)
            throw new FormatException(what);
    }
}
