using System.Text.Unicode;
using Otelier.Signals.Columns;
using Otelier.Signals.Ids;
using Otelier.Signals.Traces;

namespace Otelier.Signals.Otlp;

/// <summary>Decodes an ExportTraceServiceRequest (opentelemetry.proto.trace.v1).</summary>
public sealed class TraceDecoder : SignalDecoder<SpanBatch>
{
    private readonly AttributeReader _attributes = new();
    private readonly AttributeReader _eventAttributes = new();
    private readonly AttributeReader _linkAttributes = new();
    private readonly NameTable _names = new();
    private readonly NameTable _eventNames = new();

    protected override DecodeError ReadItem(ReadOnlySpan<byte> item, int scopeIndex, SpanBatch batch, ReadOnlySpan<byte> body, Rejections rejections)
    {
        var count = batch.Count;
        var error = ReadSpan(item, batch, body);
        if (error == DecodeError.None)
        {
            batch.ScopeIndex.Add(scopeIndex);
        }
        else
        {
            batch.TakeBack(count);
            rejections.Add(error, 1);
        }

        return DecodeError.None;
    }

    protected override void BeginBatch()
    {
        _attributes.BeginColumn();
        _eventAttributes.BeginColumn();
        _linkAttributes.BeginColumn();
        _names.BeginColumn();
        _eventNames.BeginColumn();
    }

    protected override void DisposeReaders()
    {
        _attributes.Dispose();
        _eventAttributes.Dispose();
        _linkAttributes.Dispose();
    }

    private DecodeError ReadSpan(ReadOnlySpan<byte> span, SpanBatch batch, ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> traceId = default, spanId = default, parent = default, traceState = default, name = default, status = default;
        ulong start = 0, end = 0;
        var kind = 0;
        uint flags = 0, droppedAttributes = 0, droppedEvents = 0, droppedLinks = 0;

        _attributes.BeginRow();
        var reader = new ProtoReader(span);
        while (reader.TryReadTag(out var tag))
        {
            var error = DecodeError.None;
            switch (tag)
            {
                case OtlpTags.SpanAttributes:
                    error = _attributes.Add(reader.ReadBytes(), body);
                    break;
                case OtlpTags.SpanTraceId:
                    traceId = reader.ReadBytes();
                    break;
                case OtlpTags.SpanSpanId:
                    spanId = reader.ReadBytes();
                    break;
                case OtlpTags.SpanTraceState:
                    traceState = reader.ReadBytes();
                    break;
                case OtlpTags.SpanParentSpanId:
                    parent = reader.ReadBytes();
                    break;
                case OtlpTags.SpanName:
                    name = reader.ReadBytes();
                    break;
                case OtlpTags.SpanKind:
                    kind = (int)reader.ReadVarint();
                    break;
                case OtlpTags.SpanStartTime:
                    start = reader.ReadFixed64();
                    break;
                case OtlpTags.SpanEndTime:
                    end = reader.ReadFixed64();
                    break;
                case OtlpTags.SpanDroppedAttributesCount:
                    droppedAttributes = (uint)reader.ReadVarint();
                    break;
                case OtlpTags.SpanEvents:
                    error = ReadEvent(reader.ReadBytes(), batch.Events, body);
                    break;
                case OtlpTags.SpanDroppedEventsCount:
                    droppedEvents = (uint)reader.ReadVarint();
                    break;
                case OtlpTags.SpanLinks:
                    error = ReadLink(reader.ReadBytes(), batch.Links, body);
                    break;
                case OtlpTags.SpanDroppedLinksCount:
                    droppedLinks = (uint)reader.ReadVarint();
                    break;
                case OtlpTags.SpanStatus:
                    status = reader.ReadBytes();
                    break;
                case OtlpTags.SpanFlags:
                    flags = reader.ReadFixed32();
                    break;
                default:
                    reader.SkipUnknown(tag, lastKnownField: 16);
                    break;
            }

            if (error != DecodeError.None)
                reader.Fail(error);
        }

        if (reader.Error != DecodeError.None)
            return reader.Error;
        if (!TraceId.TryRead(traceId, out var traceIdValue) || traceIdValue.IsZero)
            return DecodeError.InvalidTraceId;
        if (!SpanId.TryRead(spanId, out var spanIdValue) || spanIdValue.IsZero)
            return DecodeError.InvalidSpanId;
        if (!SpanId.TryRead(parent, out var parentValue) && !parent.IsEmpty)
            return DecodeError.InvalidParentSpanId;
        if (!Utf8.IsValid(name) || !Utf8.IsValid(traceState))
            return DecodeError.InvalidUtf8;
        var statusError = ReadStatus(status, batch);
        if (statusError != DecodeError.None)
            return statusError;

        batch.TraceId.Add(traceIdValue);
        batch.SpanId.Add(spanIdValue);
        batch.ParentSpanId.Add(parentValue);
        batch.TraceState.Add(traceState);
        batch.Flags.Add(flags);
        _names.Add(batch.Name, name);
        batch.Kind.Add(kind);
        batch.StartTimeUnixNano.Add(start);
        batch.EndTimeUnixNano.Add(end);
        batch.DroppedAttributesCount.Add(droppedAttributes);
        batch.EventEnds.Add(batch.Events.Count);
        batch.DroppedEventsCount.Add(droppedEvents);
        batch.LinkEnds.Add(batch.Links.Count);
        batch.DroppedLinksCount.Add(droppedLinks);
        return _attributes.EndRow(batch.Attributes, body);
    }

    private static DecodeError ReadStatus(ReadOnlySpan<byte> status, SpanBatch batch)
    {
        ReadOnlySpan<byte> message = default;
        var code = 0;
        var reader = new ProtoReader(status);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case OtlpTags.StatusMessage:
                    message = reader.ReadBytes();
                    break;
                case OtlpTags.StatusCode:
                    code = (int)reader.ReadVarint();
                    break;
                default:
                    reader.SkipUnknown(tag, lastKnownField: 3);
                    break;
            }
        }

        if (reader.Error == DecodeError.None && !Utf8.IsValid(message))
            return DecodeError.InvalidUtf8;
        batch.StatusCode.Add(code);
        batch.StatusMessage.Add(message);
        return reader.Error;
    }

    private DecodeError ReadEvent(ReadOnlySpan<byte> message, SpanEvents events, ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> name = default;
        ulong time = 0;
        uint dropped = 0;
        _eventAttributes.BeginRow();
        var reader = new ProtoReader(message);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case OtlpTags.EventTime:
                    time = reader.ReadFixed64();
                    break;
                case OtlpTags.EventName:
                    name = reader.ReadBytes();
                    break;
                case OtlpTags.EventAttributes:
                    var error = _eventAttributes.Add(reader.ReadBytes(), body);
                    if (error != DecodeError.None)
                        reader.Fail(error);
                    break;
                case OtlpTags.EventDroppedAttributesCount:
                    dropped = (uint)reader.ReadVarint();
                    break;
                default:
                    reader.SkipUnknown(tag, lastKnownField: 4);
                    break;
            }
        }

        if (reader.Error != DecodeError.None)
            return reader.Error;
        if (!Utf8.IsValid(name))
            return DecodeError.InvalidUtf8;
        events.TimeUnixNano.Add(time);
        _eventNames.Add(events.Name, name);
        events.DroppedAttributesCount.Add(dropped);
        return _eventAttributes.EndRow(events.Attributes, body);
    }

    private DecodeError ReadLink(ReadOnlySpan<byte> message, SpanLinks links, ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> traceId = default, spanId = default, traceState = default;
        uint dropped = 0, flags = 0;
        _linkAttributes.BeginRow();
        var reader = new ProtoReader(message);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case OtlpTags.LinkTraceId:
                    traceId = reader.ReadBytes();
                    break;
                case OtlpTags.LinkSpanId:
                    spanId = reader.ReadBytes();
                    break;
                case OtlpTags.LinkTraceState:
                    traceState = reader.ReadBytes();
                    break;
                case OtlpTags.LinkAttributes:
                    var error = _linkAttributes.Add(reader.ReadBytes(), body);
                    if (error != DecodeError.None)
                        reader.Fail(error);
                    break;
                case OtlpTags.LinkDroppedAttributesCount:
                    dropped = (uint)reader.ReadVarint();
                    break;
                case OtlpTags.LinkFlags:
                    flags = reader.ReadFixed32();
                    break;
                default:
                    reader.SkipUnknown(tag, lastKnownField: 6);
                    break;
            }
        }

        if (reader.Error != DecodeError.None)
            return reader.Error;
        if (!Utf8.IsValid(traceState))
            return DecodeError.InvalidUtf8;
        if (traceId.Length > TraceId.Size || spanId.Length > SpanId.Size)
            return traceId.Length > TraceId.Size ? DecodeError.InvalidTraceId : DecodeError.InvalidSpanId;
        AddHex(links.TraceId, traceId);
        AddHex(links.SpanId, spanId);
        links.TraceState.Add(traceState);
        links.DroppedAttributesCount.Add(dropped);
        links.Flags.Add(flags);
        return _linkAttributes.EndRow(links.Attributes, body);
    }

    private static void AddHex(StringColumn column, ReadOnlySpan<byte> id)
    {
        Span<byte> hex = stackalloc byte[TraceId.Size * 2];
        Convert.TryToHexStringLower(id, hex, out var length);
        column.Add(hex[..length]);
    }
}
