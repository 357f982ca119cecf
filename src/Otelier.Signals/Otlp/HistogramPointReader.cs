using Otelier.Signals.Metrics;

namespace Otelier.Signals.Otlp;

/// <summary>Reads HistogramDataPoint messages. After a fault the caller takes the point back.</summary>
internal sealed class HistogramPointReader(SeriesReader series, ExemplarReader exemplars)
{
    public DecodeError Read(ReadOnlySpan<byte> point, MetricBatch batch, ReadOnlySpan<byte> body)
    {
        ulong start = 0, time = 0, count = 0;
        double sum = 0, min = 0, max = 0;
        uint flags = 0;
        var fields = HistogramFields.None;
        var points = batch.Histograms;
        var firstExemplar = batch.Exemplars.Count;
        var reader = new ProtoReader(point);
        while (reader.TryReadTag(out var tag))
        {
            var error = DecodeError.None;
            switch (tag)
            {
                case OtlpMetricTags.HistogramAttributes:
                    error = series.Add(reader.ReadBytes(), body);
                    break;
                case OtlpMetricTags.StartTime:
                    start = reader.ReadFixed64();
                    break;
                case OtlpMetricTags.Time:
                    time = reader.ReadFixed64();
                    break;
                case OtlpMetricTags.HistogramCount:
                    count = reader.ReadFixed64();
                    break;
                case OtlpMetricTags.HistogramSum:
                    sum = reader.ReadDouble();
                    fields |= HistogramFields.Sum;
                    break;
                case OtlpMetricTags.HistogramMin:
                    min = reader.ReadDouble();
                    fields |= HistogramFields.Min;
                    break;
                case OtlpMetricTags.HistogramMax:
                    max = reader.ReadDouble();
                    fields |= HistogramFields.Max;
                    break;
                case OtlpMetricTags.HistogramBucketCounts:
                    PackedNumbers.AddFixed64(ref reader, points.BucketCounts.Values);
                    break;
                case OtlpMetricTags.HistogramBucketCount:
                    points.BucketCounts.Values.Add(reader.ReadFixed64());
                    break;
                case OtlpMetricTags.HistogramExplicitBounds:
                    PackedNumbers.AddFixed64(ref reader, points.ExplicitBounds.Values);
                    break;
                case OtlpMetricTags.HistogramExplicitBound:
                    points.ExplicitBounds.Values.Add(reader.ReadDouble());
                    break;
                case OtlpMetricTags.HistogramExemplars:
                    error = exemplars.Read(reader.ReadBytes(), batch.Exemplars, body);
                    break;
                case OtlpMetricTags.HistogramFlags:
                    flags = (uint)reader.ReadVarint();
                    break;
                default:
                    ReservedFields.SkipOther(ref reader, tag, OtlpMetricTags.HistogramLast, ReservedFields.Point);
                    break;
            }

            if (error != DecodeError.None)
                reader.Fail(error);
        }

        if (reader.Error != DecodeError.None)
            return reader.Error;
        if (time == 0)
            return DecodeError.MissingTime;
        var bounds = points.ExplicitBounds.OpenCount;
        var buckets = points.BucketCounts.OpenCount;
        if (buckets != bounds + 1 && (buckets | bounds) != 0)
            return DecodeError.MismatchedBuckets;
        if (!IncreaseStrictly(points.ExplicitBounds.Values.Values[^bounds..]))
            return DecodeError.UnorderedBounds;
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
        points.BucketCounts.EndRow();
        points.ExplicitBounds.EndRow();
        return DecodeError.None;
    }

    /// <summary>A NaN is neither less nor greater than anything, so that it fails too, even where it stands alone.</summary>
    private static bool IncreaseStrictly(ReadOnlySpan<double> bounds)
    {
        for (var i = 0; i < bounds.Length; i++)
        {
            if (i == 0 ? double.IsNaN(bounds[i]) : !(bounds[i] > bounds[i - 1]))
                return false;
        }

        return true;
    }
}
