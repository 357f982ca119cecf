using System.Text.Unicode;
using Otelier.Signals.Columns;
using Otelier.Signals.Metrics;

namespace Otelier.Signals.Otlp;

/// <summary>
/// Decodes an ExportMetricsServiceRequest (opentelemetry.proto.metrics.v1). What is rejected is counted in data points; a
/// metric that is refused as a whole counts as its points, or as one where it has none. A metric that rightly has no
/// points leaves nothing behind.
/// </summary>
public sealed class MetricsDecoder : SignalDecoder<MetricBatch>
{
    private readonly SeriesReader _series = new();
    private readonly ExemplarReader _exemplars = new();
    private readonly AttributeReader _metadata = new();
    private readonly NameTable _names = new();
    private readonly NameTable _descriptions = new();
    private readonly NameTable _units = new();
    private readonly NumberPointReader _numbers;
    private readonly HistogramPointReader _histograms;
    private readonly ExponentialHistogramPointReader _exponentialHistograms;
    private readonly SummaryPointReader _summaries;
    private int _hashedScope = -1;
    private ulong _scopeHash;
    private ulong _resourceHash;

    public MetricsDecoder()
    {
        _numbers = new NumberPointReader(_series, _exemplars);
        _histograms = new HistogramPointReader(_series, _exemplars);
        _exponentialHistograms = new ExponentialHistogramPointReader(_series, _exemplars);
        _summaries = new SummaryPointReader(_series);
    }

    protected override DecodeError ReadItem(
        ReadOnlySpan<byte> item, int scopeIndex, MetricBatch batch, ReadOnlySpan<byte> body, Rejections rejections)
    {
        var error = MetricHead.Read(item, out var head);
        if (error == DecodeError.None)
            error = Check(head);
        var row = batch.Metrics.Count;
        if (error == DecodeError.None)
            error = AddMetric(item, head, scopeIndex, batch, body);
        if (error != DecodeError.None)
        {
            batch.Metrics.Truncate(row);
            rejections.Add(error, head.RejectedPoints);
            return DecodeError.None;
        }

        var before = batch.Count;
        ReadData(item, head, batch, body, rejections);
        if (batch.Count == before)
            batch.Metrics.Truncate(row);
        return DecodeError.None;
    }

    protected override int CountItems(ReadOnlySpan<byte> item)
    {
        var error = MetricHead.Read(item, out var head);
        return error == DecodeError.None && head.DataTag != 0 ? head.Points : head.RejectedPoints;
    }

    protected override void BeginBatch()
    {
        _series.BeginBatch();
        _exemplars.BeginBatch();
        _metadata.BeginColumn();
        _names.BeginColumn();
        _descriptions.BeginColumn();
        _units.BeginColumn();
        _hashedScope = -1;
    }

    protected override void DisposeReaders()
    {
        _series.Dispose();
        _exemplars.Dispose();
        _metadata.Dispose();
    }

    private static DecodeError Check(in MetricHead head)
    {
        if (head.Name.IsEmpty)
            return DecodeError.MissingMetricName;
        if (head.DataTag == 0)
            return DecodeError.MissingMetricData;
        var hasTemporality = head.DataTag is OtlpMetricTags.Sum or OtlpMetricTags.Histogram or OtlpMetricTags.ExponentialHistogram;
        if (hasTemporality && head.AggregationTemporality == 0)
            return DecodeError.UnspecifiedTemporality;
        return Utf8.IsValid(head.Name) && Utf8.IsValid(head.Description) && Utf8.IsValid(head.Unit)
            ? DecodeError.None
            : DecodeError.InvalidUtf8;
    }

    private DecodeError AddMetric(ReadOnlySpan<byte> metric, in MetricHead head, int scopeIndex, MetricBatch batch, ReadOnlySpan<byte> body)
    {
        var metrics = batch.Metrics;
        var row = metrics.Count;
        var error = ReadMetadata(metric, head.HasMetadata, metrics.Metadata, body);
        if (error != DecodeError.None)
            return error;
        _names.Add(metrics.Name, head.Name);
        _descriptions.Add(metrics.Description, head.Description);
        _units.Add(metrics.Unit, head.Unit);
        metrics.Type.Add(head.Type);
        metrics.AggregationTemporality.Add(head.AggregationTemporality);
        metrics.IsMonotonic.Add(head.IsMonotonic);
        metrics.ScopeIndex.Add(scopeIndex);

        if (_hashedScope != scopeIndex)
        {
            var resource = batch.Scopes.ResourceIndex[scopeIndex];
            _resourceHash = SeriesIdentity.OfResource(batch.Resources, resource);
            _scopeHash = SeriesIdentity.OfScope(batch.Scopes, scopeIndex, _resourceHash);
            _hashedScope = scopeIndex;
        }

        _series.BeginMetric(batch.Series, row, SeriesIdentity.OfMetric(metrics, row, _scopeHash), _resourceHash);
        return DecodeError.None;
    }

    private DecodeError ReadMetadata(ReadOnlySpan<byte> metric, bool hasMetadata, AttributesColumn column, ReadOnlySpan<byte> body)
    {
        _metadata.BeginRow();
        var reader = new ProtoReader(hasMetadata ? metric : default);
        while (reader.TryReadTag(out var tag))
        {
            if (tag != OtlpMetricTags.Metadata)
            {
                reader.Skip(tag);
                continue;
            }

            var error = _metadata.Add(reader.ReadBytes(), body);
            if (error != DecodeError.None)
                reader.Fail(error);
        }

        return reader.Error != DecodeError.None ? reader.Error : _metadata.EndRow(column, body);
    }

    /// <summary>Reads the points of the metric's data, which may stand in several fields that the protocol merges into one.</summary>
    private void ReadData(ReadOnlySpan<byte> metric, in MetricHead head, MetricBatch batch, ReadOnlySpan<byte> body, Rejections rejections)
    {
        var reader = new ProtoReader(metric[head.DataStart..]);
        while (reader.TryReadTag(out var tag))
        {
            if (tag != head.DataTag)
            {
                reader.Skip(tag);
                continue;
            }

            var data = new ProtoReader(reader.ReadBytes());
            while (data.TryReadTag(out var field))
            {
                if (field == OtlpMetricTags.DataPoints)
                    ReadPoint(data.ReadBytes(), head.DataTag, batch, body, rejections);
                else
                    data.Skip(field);
            }
        }
    }

    private void ReadPoint(ReadOnlySpan<byte> point, uint dataTag, MetricBatch batch, ReadOnlySpan<byte> body, Rejections rejections)
    {
        var exemplars = batch.Exemplars.Count;
        _series.BeginPoint();
        var error = dataTag switch
        {
            OtlpMetricTags.Histogram => _histograms.Read(point, batch, body),
            OtlpMetricTags.ExponentialHistogram => _exponentialHistograms.Read(point, batch, body),
            OtlpMetricTags.Summary => _summaries.Read(point, batch, body),
            _ => _numbers.Read(point, batch, body),
        };
        if (error == DecodeError.None)
            return;
        batch.TakeBackPoint(exemplars);
        rejections.Add(error, 1);
    }
}
