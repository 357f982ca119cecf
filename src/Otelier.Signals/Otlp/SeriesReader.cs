using Otelier.Signals.Metrics;

namespace Otelier.Signals.Otlp;

/// <summary>Reads the attributes of data points into the batch's series. One decoder owns it.</summary>
internal sealed class SeriesReader : IDisposable
{
    private readonly AttributeReader _attributes = new();
    private int _metricIndex;
    private int _firstRow;
    private ulong _metricHash;
    private ulong _resourceHash;

    public void BeginBatch() => _attributes.BeginColumn();

    /// <summary>The points that follow are of the metric <paramref name="metricIndex"/>.</summary>
    public void BeginMetric(MetricSeries series, int metricIndex, ulong metricHash, ulong resourceHash)
    {
        _firstRow = series.Count;
        _metricIndex = metricIndex;
        _metricHash = metricHash;
        _resourceHash = resourceHash;
    }

    public void BeginPoint() => _attributes.BeginRow();

    public DecodeError Add(ReadOnlySpan<byte> keyValue, ReadOnlySpan<byte> body) => _attributes.Add(keyValue, body);

    /// <summary>Finds the series of the point whose attributes have been added; after a fault the caller truncates the series.</summary>
    public DecodeError EndPoint(MetricSeries series, ReadOnlySpan<byte> body, out int seriesIndex)
    {
        seriesIndex = series.Count;
        var error = _attributes.EndRow(series.Attributes, body);
        if (error != DecodeError.None)
            return error;
        var hash = SeriesIdentity.OfSeries(series.Attributes.Hash(seriesIndex), _metricHash, _resourceHash);
        if (seriesIndex > _firstRow && series.Hash[seriesIndex - 1] == hash)
        {
            series.Attributes.Truncate(seriesIndex);
            seriesIndex--;
            return DecodeError.None;
        }

        series.MetricIndex.Add(_metricIndex);
        series.Hash.Add(hash);
        return DecodeError.None;
    }

    public void Dispose() => _attributes.Dispose();
}
