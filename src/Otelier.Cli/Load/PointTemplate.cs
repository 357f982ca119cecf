using System.Globalization;

namespace Otelier.Cli.Load;

/// <summary>
/// Encodes a run of series: 20 metrics per resource, 25 series per metric, five labels each, gauges and sums in turn. Templates
/// together hold every series once, so one round over them is one collection.
/// </summary>
internal sealed class PointTemplate(LoadOptions options, Func<int, byte[]> prefix, ulong startNanos)
{
    private const int SeriesPerMetric = 25;
    private const int SeriesPerResource = 500;

    private static readonly double[] Bounds = [0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000];

    private readonly PatchableMessage _message = new();

    public static int Count(LoadOptions options) => (options.Series + options.Batch - 1) / options.Batch;

    public PointLoadBatch Build(int template)
    {
        var first = template * options.Batch;
        var last = Math.Min(first + options.Batch, options.Series);
        var kinds = new PointKind[last - first];
        _message.Clear();
        for (var series = first; series < last;)
        {
            var resource = series / SeriesPerResource;
            _message.Open();
            LoadVocabulary.Resource(_message, LoadVocabulary.Services[resource % LoadVocabulary.Services.Length], resource, options);
            _message.Open();
            _message.Open();
            _message.Writer.WriteString(1, "shop.metrics");
            _message.Close(1);
            while (series < last && series / SeriesPerResource == resource)
                series = Metric(series, last, kinds.AsSpan(series - first));
            _message.Close(2);
            _message.Close(1);
        }

        var (bytes, marks) = _message.Build(prefix);
        return new PointLoadBatch(bytes, _message.Writer.Length, marks, kinds, options.Numbered);
    }

    private int Metric(int series, int last, Span<PointKind> kinds)
    {
        var block = series / SeriesPerMetric;
        var end = Math.Min((block + 1) * SeriesPerMetric, last);
        var slot = block % LoadVocabulary.Metrics.Length;
        var kind = Kind(block, slot);
        var (name, unit) = kind == PointKind.Histogram ? ("http.server.request.duration", "ms") : LoadVocabulary.Metrics[slot];

        _message.Open();
        _message.Writer.WriteString(1, options.Numbered ? "otelier.load.number" : name);
        _message.Writer.WriteString(3, unit);
        _message.Open();
        for (var s = series; s < end; s++)
        {
            kinds[s - series] = kind;
            Point(s, kind);
        }

        if (kind != PointKind.Gauge)
            _message.Writer.WriteVarint(2, 2);
        if (kind is PointKind.IntegerSum or PointKind.DoubleSum)
            _message.Writer.WriteVarint(3, 1);
        _message.Close(kind switch { PointKind.Gauge => 5, PointKind.Histogram => 9, _ => 7 });
        _message.Close(2);
        return end;
    }

    private PointKind Kind(int block, int slot)
    {
        if (options.Numbered)
            return PointKind.Gauge;
        if (Overwrite.Scatter((ulong)block) % 1000 < options.Histograms * 1000)
            return PointKind.Histogram;
        return (slot & 1) == 0 ? PointKind.Gauge : slot % 4 == 1 ? PointKind.IntegerSum : PointKind.DoubleSum;
    }

    private void Point(int series, PointKind kind)
    {
        var attributes = kind == PointKind.Histogram ? 9 : 7;
        _message.Open();
        var point = _message.Writer;
        if (kind != PointKind.Gauge)
            point.WriteFixed64(2, startNanos);
        point.WriteFixed64(3, 0);
        _message.Mark(8);
        if (kind == PointKind.Histogram)
            Histogram();
        else
            Number(asInteger: options.Numbered || kind == PointKind.IntegerSum);

        _message.Attribute(attributes, "http.request.method", LoadVocabulary.Methods[series % LoadVocabulary.Methods.Length]);
        _message.Attribute(attributes, "http.route", $"/api/v2/{LoadVocabulary.Nouns[series % LoadVocabulary.Nouns.Length]}/{{id}}");
        _message.Attribute(attributes, "http.response.status_code", LoadVocabulary.StatusCodes[series % LoadVocabulary.StatusCodes.Length]);
        _message.Attribute(attributes, "network.zone", LoadVocabulary.Regions[series % LoadVocabulary.Regions.Length]);
        _message.Attribute(attributes, "worker.shard", "s" + series.ToString("0000000", CultureInfo.InvariantCulture));
        _message.Close(1);
    }

    private void Number(bool asInteger)
    {
        _message.Writer.WriteFixed64(asInteger ? 6 : 4, 0);
        _message.Mark(8);
        _message.MarkNothing();
        _message.MarkNothing();
    }

    private void Histogram()
    {
        var point = _message.Writer;
        point.WriteFixed64(4, 0);
        _message.Mark(8);
        point.WriteDouble(5, 0);
        _message.Mark(8);
        point.WriteBytes(6, new byte[8 * PointLoadBatch.BucketCount]);
        _message.Mark(8 * PointLoadBatch.BucketCount);
        var bounds = point.BeginMessage(7);
        foreach (var bound in Bounds)
            point.WriteRawFixed64(BitConverter.DoubleToUInt64Bits(bound));
        point.EndMessage(bounds);
    }
}
