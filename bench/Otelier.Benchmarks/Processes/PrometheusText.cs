using System.Globalization;

namespace Otelier.Benchmarks.Processes;

/// <summary>What /metrics answered, in the text format 0.0.4.</summary>
internal sealed class PrometheusText
{
    private readonly Dictionary<string, double> _values = new(StringComparer.Ordinal);

    public PrometheusText(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var space = line.LastIndexOf(' ');
            if (line.IsEmpty || line[0] == '#' || space < 0)
                continue;
            if (double.TryParse(line[(space + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
                _values[line[..space].ToString()] = value;
        }
    }

    /// <summary>The sum of all series of <paramref name="name"/> whose labels include <paramref name="label"/>; null where there is none.</summary>
    public double? Sum(string name, string label)
    {
        double? sum = null;
        foreach (var (series, value) in _values)
        {
            var isName = series.StartsWith(name, StringComparison.Ordinal) && (series.Length == name.Length || series[name.Length] == '{');
            if (isName && series.Contains(label, StringComparison.Ordinal))
                sum = (sum ?? 0) + value;
        }

        return sum;
    }
}
