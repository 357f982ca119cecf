using Otelier.Signals.Metrics;

namespace Otelier.Signals.Otlp;

/// <summary>Reads NumberDataPoint messages. After a fault the caller takes the point back.</summary>
internal sealed class NumberPointReader(SeriesReader series, ExemplarReader exemplars)
{
    public DecodeError Read(ReadOnlySpan<byte> point, MetricBatch batch, ReadOnlySpan<byte> body)
    {
        ulong start = 0, time = 0, value = 0;
        uint flags = 0;
        var kind = NumberKind.None;
        var firstExemplar = batch.Exemplars.Count;
        var reader = new ProtoReader(point);
        while (reader.TryReadTag(out var tag))
        {
            var error = DecodeError.None;
            switch (tag)
            {
                case OtlpMetricTags.NumberAttributes:
                    error = series.Add(reader.ReadBytes(), body);
                    break;
                case OtlpMetricTags.StartTime:
                    start = reader.ReadFixed64();
                    break;
                case OtlpMetricTags.Time:
                    time = reader.ReadFixed64();
                    break;
                case OtlpMetricTags.NumberAsDouble:
                    value = reader.ReadFixed64();
                    kind = NumberKind.Double;
                    break;
                case OtlpMetricTags.NumberAsInt:
                    value = reader.ReadFixed64();
                    kind = NumberKind.Int;
                    break;
                case OtlpMetricTags.NumberExemplars:
                    error = exemplars.Read(reader.ReadBytes(), batch.Exemplars, body);
                    break;
                case OtlpMetricTags.NumberFlags:
                    flags = (uint)reader.ReadVarint();
                    break;
                default:
                    ReservedFields.SkipOther(ref reader, tag, OtlpMetricTags.NumberLast, ReservedFields.Point);
                    break;
            }

            if (error != DecodeError.None)
                reader.Fail(error);
        }

        if (reader.Error != DecodeError.None)
            return reader.Error;
        if (time == 0)
            return DecodeError.MissingTime;
        if (kind == NumberKind.None && (flags & PointFlags.NoRecordedValue) == 0)
            return DecodeError.MissingValue;
        var seriesError = series.EndPoint(batch.Series, body, out var seriesIndex);
        if (seriesError != DecodeError.None)
            return seriesError;

        var points = batch.Numbers;
        batch.Exemplars.Attach(firstExemplar, seriesIndex, points.Count, time);
        points.Add(seriesIndex, start, time, flags);
        NumberValue.Add(kind, value, points.Kind, points.Value, points.IntValue);
        return DecodeError.None;
    }
}
