using Otelier.Signals.Columns;
using Otelier.Signals.Metrics;

namespace Otelier.Signals.Otlp;

/// <summary>Reads ExponentialHistogramDataPoint messages. After a fault the caller takes the point back.</summary>
internal sealed class ExponentialHistogramPointReader(SeriesReader series, ExemplarReader exemplars)
{
    public DecodeError Read(ReadOnlySpan<byte> point, MetricBatch batch, ReadOnlySpan<byte> body)
    {
        ulong start = 0, time = 0, count = 0, zeroCount = 0;
        double sum = 0, min = 0, max = 0, zeroThreshold = 0;
        uint flags = 0;
        int scale = 0, positiveOffset = 0, negativeOffset = 0;
        var fields = HistogramFields.None;
        var points = batch.ExponentialHistograms;
        var firstExemplar = batch.Exemplars.Count;
        var reader = new ProtoReader(point);
        while (reader.TryReadTag(out var tag))
        {
            var error = DecodeError.None;
            switch (tag)
            {
                case OtlpMetricTags.ExponentialAttributes:
                    error = series.Add(reader.ReadBytes(), body);
                    break;
                case OtlpMetricTags.StartTime:
                    start = reader.ReadFixed64();
                    break;
                case OtlpMetricTags.Time:
                    time = reader.ReadFixed64();
                    break;
                case OtlpMetricTags.ExponentialCount:
                    count = reader.ReadFixed64();
                    break;
                case OtlpMetricTags.ExponentialSum:
                    sum = reader.ReadDouble();
                    fields |= HistogramFields.Sum;
                    break;
                case OtlpMetricTags.ExponentialScale:
                    scale = PackedNumbers.ZigZag(reader.ReadVarint());
                    break;
                case OtlpMetricTags.ExponentialZeroCount:
                    zeroCount = reader.ReadFixed64();
                    break;
                case OtlpMetricTags.ExponentialPositive:
                    fields |= HistogramFields.Positive;
                    error = ReadBuckets(reader.ReadBytes(), points.PositiveBucketCounts, ref positiveOffset);
                    break;
                case OtlpMetricTags.ExponentialNegative:
                    fields |= HistogramFields.Negative;
                    error = ReadBuckets(reader.ReadBytes(), points.NegativeBucketCounts, ref negativeOffset);
                    break;
                case OtlpMetricTags.ExponentialFlags:
                    flags = (uint)reader.ReadVarint();
                    break;
                case OtlpMetricTags.ExponentialExemplars:
                    error = exemplars.Read(reader.ReadBytes(), batch.Exemplars, body);
                    break;
                case OtlpMetricTags.ExponentialMin:
                    min = reader.ReadDouble();
                    fields |= HistogramFields.Min;
                    break;
                case OtlpMetricTags.ExponentialMax:
                    max = reader.ReadDouble();
                    fields |= HistogramFields.Max;
                    break;
                case OtlpMetricTags.ExponentialZeroThreshold:
                    zeroThreshold = reader.ReadDouble();
                    break;
                default:
                    reader.SkipUnknown(tag, OtlpMetricTags.ExponentialLast);
                    break;
            }

            if (error != DecodeError.None)
                reader.Fail(error);
        }

        if (reader.Error != DecodeError.None)
            return reader.Error;
        if (time == 0)
            return DecodeError.MissingTime;
        var seriesError = series.EndPoint(batch.Series, body, out var seriesIndex);
        if (seriesError != DecodeError.None)
            return seriesError;

        batch.Exemplars.Attach(firstExemplar, seriesIndex, points.Count, time);
        points.Add(seriesIndex, start, time, flags);
        points.Fields.Add(fields);
        points.PopulationCount.Add(count);
        points.Sum.Add(sum);
        points.Min.Add(min);
        points.Max.Add(max);
        points.Scale.Add(scale);
        points.ZeroCount.Add(zeroCount);
        points.ZeroThreshold.Add(zeroThreshold);
        points.PositiveOffset.Add(positiveOffset);
        points.PositiveBucketCounts.EndRow();
        points.NegativeOffset.Add(negativeOffset);
        points.NegativeBucketCounts.EndRow();
        return DecodeError.None;
    }

    private static DecodeError ReadBuckets(ReadOnlySpan<byte> message, ListColumn<ulong> counts, ref int offset)
    {
        var reader = new ProtoReader(message);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case OtlpMetricTags.BucketsOffset:
                    offset = PackedNumbers.ZigZag(reader.ReadVarint());
                    break;
                case OtlpMetricTags.BucketsCounts:
                    PackedNumbers.AddVarints(ref reader, counts.Values);
                    break;
                case OtlpMetricTags.BucketsCount:
                    counts.Values.Add(reader.ReadVarint());
                    break;
                default:
                    reader.SkipUnknown(tag, OtlpMetricTags.BucketsLast);
                    break;
            }
        }

        return reader.Error;
    }
}
