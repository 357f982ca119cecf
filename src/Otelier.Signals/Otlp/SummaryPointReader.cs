using Otelier.Signals.Metrics;

namespace Otelier.Signals.Otlp;

/// <summary>Reads SummaryDataPoint messages. After a fault the caller takes the point back.</summary>
internal sealed class SummaryPointReader(SeriesReader series)
{
    public DecodeError Read(ReadOnlySpan<byte> point, MetricBatch batch, ReadOnlySpan<byte> body)
    {
        ulong start = 0, time = 0, count = 0;
        double sum = 0;
        uint flags = 0;
        var points = batch.Summaries;
        var reader = new ProtoReader(point);
        while (reader.TryReadTag(out var tag))
        {
            var error = DecodeError.None;
            switch (tag)
            {
                case OtlpMetricTags.SummaryAttributes:
                    error = series.Add(reader.ReadBytes(), body);
                    break;
                case OtlpMetricTags.StartTime:
                    start = reader.ReadFixed64();
                    break;
                case OtlpMetricTags.Time:
                    time = reader.ReadFixed64();
                    break;
                case OtlpMetricTags.SummaryCount:
                    count = reader.ReadFixed64();
                    break;
                case OtlpMetricTags.SummarySum:
                    sum = reader.ReadDouble();
                    break;
                case OtlpMetricTags.SummaryQuantileValues:
                    error = ReadQuantile(reader.ReadBytes(), points);
                    break;
                case OtlpMetricTags.SummaryFlags:
                    flags = (uint)reader.ReadVarint();
                    break;
                default:
                    ReservedFields.SkipOther(ref reader, tag, OtlpMetricTags.SummaryLast, ReservedFields.Point);
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

        points.Add(seriesIndex, start, time, flags);
        points.PopulationCount.Add(count);
        points.Sum.Add(sum);
        points.Quantiles.EndRow();
        points.QuantileValues.EndRow();
        return DecodeError.None;
    }

    private static DecodeError ReadQuantile(ReadOnlySpan<byte> message, SummaryPoints points)
    {
        double quantile = 0, value = 0;
        var reader = new ProtoReader(message);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case OtlpMetricTags.Quantile:
                    quantile = reader.ReadDouble();
                    break;
                case OtlpMetricTags.QuantileValue:
                    value = reader.ReadDouble();
                    break;
                default:
                    reader.SkipUnknown(tag, OtlpMetricTags.QuantileLast);
                    break;
            }
        }

        points.Quantiles.Values.Add(quantile);
        points.QuantileValues.Values.Add(value);
        return reader.Error;
    }
}
