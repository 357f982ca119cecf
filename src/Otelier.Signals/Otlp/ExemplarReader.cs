using Otelier.Signals.Columns;
using Otelier.Signals.Metrics;

namespace Otelier.Signals.Otlp;

/// <summary>Reads Exemplar messages. One decoder owns it.</summary>
internal sealed class ExemplarReader : IDisposable
{
    private readonly AttributeReader _attributes = new();
    private readonly ByteBuffer _hex = new();

    public void BeginBatch() => _attributes.BeginColumn();

    /// <summary>Adds one exemplar; after a fault the caller truncates <paramref name="exemplars"/>.</summary>
    public DecodeError Read(ReadOnlySpan<byte> message, MetricExemplars exemplars, ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> spanId = default, traceId = default;
        ulong time = 0, value = 0;
        var kind = NumberKind.None;
        _attributes.BeginRow();
        var reader = new ProtoReader(message);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case OtlpMetricTags.ExemplarFilteredAttributes:
                    var error = _attributes.Add(reader.ReadBytes(), body);
                    if (error != DecodeError.None)
                        reader.Fail(error);
                    break;
                case OtlpMetricTags.ExemplarTime:
                    time = reader.ReadFixed64();
                    break;
                case OtlpMetricTags.ExemplarAsDouble:
                    value = reader.ReadFixed64();
                    kind = NumberKind.Double;
                    break;
                case OtlpMetricTags.ExemplarAsInt:
                    value = reader.ReadFixed64();
                    kind = NumberKind.Int;
                    break;
                case OtlpMetricTags.ExemplarSpanId:
                    spanId = reader.ReadBytes();
                    break;
                case OtlpMetricTags.ExemplarTraceId:
                    traceId = reader.ReadBytes();
                    break;
                default:
                    ReservedFields.SkipOther(ref reader, tag, OtlpMetricTags.ExemplarLast, ReservedFields.Point);
                    break;
            }
        }

        if (reader.Error != DecodeError.None)
            return reader.Error;
        NumberValue.Add(kind, value, exemplars.Kind, exemplars.Value, exemplars.IntValue);
        AddHex(exemplars.SpanId, spanId);
        AddHex(exemplars.TraceId, traceId);
        exemplars.TimeUnixNano.Add(time);
        return _attributes.EndRow(exemplars.FilteredAttributes, body);
    }

    public void Dispose()
    {
        _attributes.Dispose();
        _hex.Dispose();
    }

    private void AddHex(StringColumn column, ReadOnlySpan<byte> id)
    {
        Convert.TryToHexStringLower(id, _hex.GetSpan(id.Length * 2), out var length);
        column.Add(_hex.GetSpan(length)[..length]);
    }
}
