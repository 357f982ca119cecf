using System.Text.Unicode;
using Otelier.Signals.Columns;
using Otelier.Signals.Ids;
using Otelier.Signals.Logs;

namespace Otelier.Signals.Otlp;

/// <summary>Decodes an ExportLogsServiceRequest (opentelemetry.proto.logs.v1).</summary>
public sealed class LogDecoder : SignalDecoder<LogBatch>
{
    private readonly AttributeReader _attributes = new();
    private readonly NameTable _severityTexts = new();
    private readonly NameTable _eventNames = new();
    private readonly NameTable _bodySignatures = new();
    private readonly ByteBuffer _bodyText = new();
    private readonly ByteBuffer _bodySignature = new();
    private readonly ByteBuffer _nestedSignature = new();

    protected override DecodeError ReadItem(ReadOnlySpan<byte> item, int scopeIndex, LogBatch batch, ReadOnlySpan<byte> body, Rejections rejections)
    {
        var count = batch.Count;
        var error = ReadRecord(item, batch, body);
        if (error == DecodeError.None)
        {
            batch.ScopeIndex.Add(scopeIndex);
        }
        else
        {
            batch.Truncate(count);
            rejections.Add(error, 1);
        }

        return DecodeError.None;
    }

    protected override void BeginBatch()
    {
        _attributes.BeginColumn();
        _severityTexts.BeginColumn();
        _eventNames.BeginColumn();
        _bodySignatures.BeginColumn();
    }

    protected override void DisposeReaders()
    {
        _attributes.Dispose();
        _bodyText.Dispose();
        _bodySignature.Dispose();
        _nestedSignature.Dispose();
    }

    private DecodeError ReadRecord(ReadOnlySpan<byte> record, LogBatch batch, ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> severityText = default, value = default, traceId = default, spanId = default, eventName = default;
        ulong time = 0, observedTime = 0;
        var severity = 0;
        uint flags = 0, dropped = 0;
        var hasBody = false;

        _attributes.BeginRow();
        var reader = new ProtoReader(record);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case OtlpTags.LogAttributes:
                    var error = _attributes.Add(reader.ReadBytes(), body);
                    if (error != DecodeError.None)
                        reader.Fail(error);
                    break;
                case OtlpTags.LogTime:
                    time = reader.ReadFixed64();
                    break;
                case OtlpTags.LogObservedTime:
                    observedTime = reader.ReadFixed64();
                    break;
                case OtlpTags.LogSeverityNumber:
                    severity = (int)reader.ReadVarint();
                    break;
                case OtlpTags.LogSeverityText:
                    severityText = reader.ReadBytes();
                    break;
                case OtlpTags.LogBody:
                    value = reader.ReadBytes();
                    hasBody = true;
                    break;
                case OtlpTags.LogDroppedAttributesCount:
                    dropped = (uint)reader.ReadVarint();
                    break;
                case OtlpTags.LogFlags:
                    flags = reader.ReadFixed32();
                    break;
                case OtlpTags.LogTraceId:
                    traceId = reader.ReadBytes();
                    break;
                case OtlpTags.LogSpanId:
                    spanId = reader.ReadBytes();
                    break;
                case OtlpTags.LogEventName:
                    eventName = reader.ReadBytes();
                    break;
                case (4 << 3) | (uint)WireType.Length:
                    // Field 4 was the record's name and is reserved since.
                    reader.Skip(tag);
                    break;
                default:
                    reader.SkipUnknown(tag, lastKnownField: 12);
                    break;
            }
        }

        if (reader.Error != DecodeError.None)
            return reader.Error;
        if (!Utf8.IsValid(severityText) || !Utf8.IsValid(eventName))
            return DecodeError.InvalidUtf8;
        var bodyError = AddBody(value, hasBody, batch);
        if (bodyError != DecodeError.None)
            return bodyError;

        batch.TimeUnixNano.Add(time);
        batch.ObservedTimeUnixNano.Add(observedTime);
        batch.SeverityNumber.Add(severity);
        _severityTexts.Add(batch.SeverityText, severityText);
        batch.DroppedAttributesCount.Add(dropped);
        batch.Flags.Add(flags);
        // The protocol asks to treat a record with an invalid id as one that belongs to no trace, not to refuse it.
        TraceId.TryRead(traceId, out var trace);
        SpanId.TryRead(spanId, out var span);
        batch.TraceId.Add(trace);
        batch.SpanId.Add(span);
        _eventNames.Add(batch.EventName, eventName);
        return _attributes.EndRow(batch.Attributes, body);
    }

    private DecodeError AddBody(ReadOnlySpan<byte> value, bool hasBody, LogBatch batch)
    {
        _bodySignature.Clear();
        var text = ReadOnlySpan<byte>.Empty;
        if (hasBody && AnyValueWire.TryReadString(value, out text))
        {
            if (!Utf8.IsValid(text))
                return DecodeError.InvalidUtf8;
            _bodySignature.Append((byte)AttributeLetter.String);
        }
        else if (hasBody)
        {
            _bodyText.Clear();
            _nestedSignature.Clear();
            var error = AnyValueText.Encode(value, _bodyText, _nestedSignature, out var letter);
            if (error != DecodeError.None)
                return error;
            text = _bodyText.WrittenSpan;
            _bodySignature.Append(letter);
            if (_nestedSignature.Length > 0)
            {
                _bodySignature.Append((byte)':');
                _bodySignature.Append(_nestedSignature.WrittenSpan);
            }
        }

        batch.Body.Add(text);
        _bodySignatures.Add(batch.BodySignature, _bodySignature.WrittenSpan);
        return DecodeError.None;
    }
}
