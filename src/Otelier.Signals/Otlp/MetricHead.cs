using Otelier.Signals.Metrics;

namespace Otelier.Signals.Otlp;

/// <summary>
/// What a Metric message says about all of its points, found before the first of them is read: the temporality may stand
/// behind the points, and points are counted whether or not they will be read.
/// </summary>
internal ref struct MetricHead
{
    public ReadOnlySpan<byte> Name;
    public ReadOnlySpan<byte> Description;
    public ReadOnlySpan<byte> Unit;

    /// <summary>The tag under which the data stands; 0 where there is none. Of several kinds the last one sent counts.</summary>
    public uint DataTag;

    /// <summary>Where in the message the data starts; every field with <see cref="DataTag"/> from here on is a part of it.</summary>
    public int DataStart;

    public int AggregationTemporality;
    public bool IsMonotonic;
    public bool HasMetadata;

    /// <summary>How many data points there are, as far as the message can be taken apart.</summary>
    public int Points;

    /// <summary>What a rejection of the whole metric counts: its points, and one where it has none, so that the sender hears of it.</summary>
    public readonly int RejectedPoints => Math.Max(Points, 1);

    public readonly MetricType Type => DataTag switch
    {
        OtlpMetricTags.Gauge => MetricType.Gauge,
        OtlpMetricTags.Sum => MetricType.Sum,
        OtlpMetricTags.Histogram => MetricType.Histogram,
        OtlpMetricTags.ExponentialHistogram => MetricType.ExponentialHistogram,
        OtlpMetricTags.Summary => MetricType.Summary,
        _ => throw new InvalidOperationException("A metric without data has no type."),
    };

    public static DecodeError Read(ReadOnlySpan<byte> metric, out MetricHead head)
    {
        head = default;
        var reader = new ProtoReader(metric);
        for (var start = 0; reader.TryReadTag(out var tag); start = reader.Position)
        {
            var dataError = DecodeError.None;
            switch (tag)
            {
                case OtlpMetricTags.Name:
                    head.Name = reader.ReadBytes();
                    break;
                case OtlpMetricTags.Description:
                    head.Description = reader.ReadBytes();
                    break;
                case OtlpMetricTags.Unit:
                    head.Unit = reader.ReadBytes();
                    break;
                case OtlpMetricTags.Metadata:
                    reader.ReadBytes();
                    head.HasMetadata = true;
                    break;
                case OtlpMetricTags.Gauge:
                case OtlpMetricTags.Summary:
                    dataError = head.ReadData(reader.ReadBytes(), tag, start, lastKnownField: 1);
                    break;
                case OtlpMetricTags.Histogram:
                case OtlpMetricTags.ExponentialHistogram:
                    dataError = head.ReadData(reader.ReadBytes(), tag, start, lastKnownField: 2);
                    break;
                case OtlpMetricTags.Sum:
                    dataError = head.ReadData(reader.ReadBytes(), tag, start, lastKnownField: 3);
                    break;
                default:
                    ReservedFields.SkipOther(ref reader, tag, OtlpMetricTags.MetricLast, ReservedFields.Metric);
                    break;
            }

            if (dataError != DecodeError.None)
                reader.Fail(dataError);
        }

        return reader.Error;
    }

    private DecodeError ReadData(scoped ReadOnlySpan<byte> data, uint dataTag, int start, uint lastKnownField)
    {
        if (DataTag != dataTag)
        {
            DataTag = dataTag;
            DataStart = start;
            Points = 0;
            AggregationTemporality = 0;
            IsMonotonic = false;
        }

        var reader = new ProtoReader(data);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case OtlpMetricTags.DataPoints:
                    reader.ReadBytes();
                    if (reader.Error == DecodeError.None)
                        Points++;
                    break;
                case OtlpMetricTags.AggregationTemporality when lastKnownField >= 2:
                    AggregationTemporality = (int)reader.ReadVarint();
                    break;
                case OtlpMetricTags.IsMonotonic when lastKnownField >= 3:
                    IsMonotonic = reader.ReadVarint() != 0;
                    break;
                default:
                    reader.SkipUnknown(tag, lastKnownField);
                    break;
            }
        }

        return reader.Error;
    }
}
