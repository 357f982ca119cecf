using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Otelier.Server.SelfTelemetry;

internal enum MetricKind
{
    Counter = 0,
    Gauge,
    Histogram,
}

/// <summary>All series of one name, and their lines in the Prometheus text format 0.0.4.</summary>
internal sealed class MetricFamily
{
    /// <summary>How many series one name may have. What comes after is added up in one series that says so.</summary>
    public const int SeriesMax = 512;

    // What the OpenTelemetry SDKs call it.
    private const string OverflowLabel = "otel_metric_overflow";

    private static readonly double[] SecondsBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
    private static readonly double[] BytesBounds =
        [1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20, 1 << 22, 1 << 24, 1 << 26, 1 << 28];

    private static readonly double[] CountBounds = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

    private readonly ConcurrentDictionary<TagSet, MetricSeries> _series = new(TagSetComparer.Instance);
    private readonly ConcurrentDictionary<TagSet, MetricSeries>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> _lookup;
    private readonly MetricSeries _overflow;
    private readonly double[] _bounds;
    private readonly string _help;
    private readonly bool _isAbsolute;
    private int _overflowed;

    private MetricFamily(string name, string help, MetricKind kind, bool isAbsolute, double[] bounds)
    {
        (Name, _help, Kind, _isAbsolute, _bounds) = (name, help, kind, isAbsolute, bounds);
        _lookup = _series.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
        _overflow = new MetricSeries(bounds);
    }

    public string Name { get; }

    public MetricKind Kind { get; }

    public static MetricFamily Of(Instrument instrument)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        var kind = type == typeof(Counter<>) || type == typeof(ObservableCounter<>)
            ? MetricKind.Counter
            : type == typeof(Histogram<>) ? MetricKind.Histogram : MetricKind.Gauge;
        // An observed value, and what a Gauge records, replaces the one before; the others add to it.
        var isAbsolute = instrument.IsObservable || type == typeof(Gauge<>);
        var bounds = kind == MetricKind.Histogram ? BoundsOf(instrument) : [];
        return new MetricFamily(MetricName.Of(instrument, kind), instrument.Description ?? "", kind, isAbsolute, bounds);
    }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = Find(tags);
        if (Kind == MetricKind.Histogram)
            series.Observe(value);
        else if (_isAbsolute)
            series.Set(value);
        else
            series.Add(value);
    }

    /// <summary>Forgets observed values: what is not observed again is gone, and must not be shown for ever.</summary>
    public void BeginObservation()
    {
        if (_isAbsolute)
            _series.Clear();
    }

    public void WriteTo(StringBuilder text)
    {
        var lines = _series.Select(entry => (Labels: LabelsOf(entry.Key), Series: entry.Value)).ToList();
        if (Volatile.Read(ref _overflowed) != 0)
            lines.Add(($"{OverflowLabel}=\"true\"", _overflow));
        if (lines.Count == 0)
            return;
        lines.Sort(static (a, b) => string.CompareOrdinal(a.Labels, b.Labels));
        if (_help.Length > 0)
            text.Append("# HELP ").Append(Name).Append(' ').Append(EscapeHelp(_help)).Append('\n');
        text.Append("# TYPE ").Append(Name).Append(' ').Append(TypeName(Kind)).Append('\n');
        foreach (var (labels, series) in lines)
        {
            if (Kind == MetricKind.Histogram)
                WriteHistogram(text, labels, series);
            else
                WriteLine(text, "", labels, series.Value);
        }
    }

    private MetricSeries Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (_lookup.TryGetValue(tags, out var series))
            return series;
        // Two threads may pass here at once and go over by one each, which is no harm.
        if (_series.Count < SeriesMax)
            return _series.GetOrAdd(new TagSet(tags.ToArray()), static (_, bounds) => new MetricSeries(bounds), _bounds);
        Volatile.Write(ref _overflowed, 1);
        return _overflow;
    }

    private void WriteHistogram(StringBuilder text, string labels, MetricSeries series)
    {
        var prefix = labels.Length == 0 ? "" : labels + ",";
        long total = 0;
        for (var i = 0; i <= _bounds.Length; i++)
        {
            total += series.CountOf(i);
            var bound = i == _bounds.Length ? "+Inf" : Format(_bounds[i]);
            WriteLine(text, "_bucket", $"{prefix}le=\"{bound}\"", total);
        }

        WriteLine(text, "_sum", labels, series.Value);
        // Added up from the buckets just written, so that they agree while others are recording.
        WriteLine(text, "_count", labels, total);
    }

    private void WriteLine(StringBuilder text, string suffix, string labels, double value)
    {
        text.Append(Name).Append(suffix);
        if (labels.Length > 0)
            text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Format(value)).Append('\n');
    }

    private static double[] BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        { Unit: "s" } => SecondsBounds,
        { Unit: "By" } => BytesBounds,
        _ => CountBounds,
    };

    private static string LabelsOf(TagSet set)
    {
        var parts = new List<string>(set.Tags.Length);
        foreach (var tag in set.Tags)
            parts.Add($"{MetricName.Sanitize(tag.Key)}=\"{EscapeLabel(TextOf(tag.Value))}\"");
        parts.Sort(StringComparer.Ordinal);
        return string.Join(',', parts);
    }

    private static string TextOf(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string EscapeHelp(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string EscapeLabel(string text) => EscapeHelp(text).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string Format(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" :
        double.IsNegativeInfinity(value) ? "-Inf" :
        value.ToString("R", CultureInfo.InvariantCulture);

    private static string TypeName(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Histogram => "histogram",
        _ => "gauge",
    };
}
