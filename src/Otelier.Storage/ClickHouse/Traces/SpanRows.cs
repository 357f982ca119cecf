using System.Globalization;
using Otelier.Signals.Ids;
using Otelier.Signals.Traces;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Tables;

namespace Otelier.Storage.ClickHouse.Traces;

/// <summary>Turns rows of <c>otel_traces</c> back into the spans that were sent.</summary>
internal sealed class SpanRows
{
    /// <summary>What a query selects to be read here: every column but those that say where a row is kept.</summary>
    public static string SelectList { get; } =
        string.Join(", ", SpanTable.Table.ColumnNames.Where(name => name is not ("Tenant" or "TimeClass")).Select(name => $"`{name}`"));

    private readonly Origins _origins = new();

    public void Read(NativeBlock block, List<Span> spans)
    {
        var reader = new BlockReader(block, new OriginReader(block, _origins));
        for (var row = 0; row < block.RowCount; row++)
            spans.Add(reader.Read(row));
    }

    /// <summary>An id is stored as the empty text where it is zero.</summary>
    public static SpanId SpanIdOf(string text) => SpanId.TryParse(text, out var id) ? id : default;

    /// <summary>The number of a word, or of a number in decimal; 0 for what is neither.</summary>
    public static int NumberOf(BytesResultColumn column, int row, IReadOnlyList<string> words)
    {
        var text = column.GetString(row);
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i] == text)
                return i;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    private sealed class BlockReader(NativeBlock block, OriginReader origin)
    {
        private readonly DateTime64ResultColumn _start = block.GetDateTime64("Timestamp");
        private readonly BytesResultColumn _traceId = block.GetBytes("TraceId");
        private readonly BytesResultColumn _spanId = block.GetBytes("SpanId");
        private readonly BytesResultColumn _parentSpanId = block.GetBytes("ParentSpanId");
        private readonly BytesResultColumn _traceState = block.GetBytes("TraceState");
        private readonly FixedResultColumn<uint> _flags = block.GetUInt32("Flags");
        private readonly BytesResultColumn _name = block.GetBytes("SpanName");
        private readonly BytesResultColumn _kind = block.GetBytes("SpanKind");
        private readonly MapReader _attributes = MapReader.Of(block, "SpanAttributes");
        private readonly FixedResultColumn<uint> _droppedAttributes = block.GetUInt32("DroppedAttributesCount");
        private readonly FixedResultColumn<ulong> _duration = block.GetUInt64("Duration");
        private readonly FixedResultColumn<long> _endCorrection = block.GetInt64("EndTimeCorrection");
        private readonly BytesResultColumn _statusCode = block.GetBytes("StatusCode");
        private readonly BytesResultColumn _statusMessage = block.GetBytes("StatusMessage");
        private readonly ArrayResultColumn _events = block.GetArray("Events.Timestamp");
        private readonly DateTime64ResultColumn _eventTime = (DateTime64ResultColumn)block.GetArray("Events.Timestamp").Items;
        private readonly BytesResultColumn _eventName = (BytesResultColumn)block.GetArray("Events.Name").Items;
        private readonly MapReader _eventAttributes = MapReader.OfItems(block, "Events.Attributes");
        private readonly FixedResultColumn<uint> _eventDropped = (FixedResultColumn<uint>)block.GetArray("Events.DroppedAttributesCount").Items;
        private readonly FixedResultColumn<uint> _droppedEvents = block.GetUInt32("DroppedEventsCount");
        private readonly ArrayResultColumn _links = block.GetArray("Links.TraceId");
        private readonly BytesResultColumn _linkTraceId = (BytesResultColumn)block.GetArray("Links.TraceId").Items;
        private readonly BytesResultColumn _linkSpanId = (BytesResultColumn)block.GetArray("Links.SpanId").Items;
        private readonly BytesResultColumn _linkTraceState = (BytesResultColumn)block.GetArray("Links.TraceState").Items;
        private readonly MapReader _linkAttributes = MapReader.OfItems(block, "Links.Attributes");
        private readonly FixedResultColumn<uint> _linkDropped = (FixedResultColumn<uint>)block.GetArray("Links.DroppedAttributesCount").Items;
        private readonly FixedResultColumn<uint> _linkFlags = (FixedResultColumn<uint>)block.GetArray("Links.Flags").Items;
        private readonly FixedResultColumn<uint> _droppedLinks = block.GetUInt32("DroppedLinksCount");

        public Span Read(int row)
        {
            var start = (ulong)_start.UnixNanos(row);
            return new Span
            {
                TraceId = TraceIdOf(_traceId.GetString(row)),
                SpanId = SpanIdOf(_spanId.GetString(row)),
                ParentSpanId = SpanIdOf(_parentSpanId.GetString(row)),
                TraceState = _traceState.GetString(row),
                Flags = _flags[row],
                Name = _name.GetString(row),
                Kind = NumberOf(_kind, row, SpanTable.Kinds),
                StartTimeUnixNano = start,
                EndTimeUnixNano = unchecked(start + _duration[row] + (ulong)_endCorrection[row]),
                Attributes = _attributes[row],
                DroppedAttributesCount = _droppedAttributes[row],
                Events = ReadEvents(row),
                DroppedEventsCount = _droppedEvents[row],
                Links = ReadLinks(row),
                DroppedLinksCount = _droppedLinks[row],
                StatusCode = NumberOf(_statusCode, row, SpanTable.StatusCodes),
                StatusMessage = _statusMessage.GetString(row),
                Resource = origin.Resource(row),
                Scope = origin.Scope(row),
            };
        }

        private SpanEvent[] ReadEvents(int row)
        {
            var (start, length) = _events[row];
            if (length == 0)
                return [];
            var events = new SpanEvent[length];
            for (var i = 0; i < length; i++)
            {
                var at = start + i;
                events[i] = new SpanEvent((ulong)_eventTime.UnixNanos(at), _eventName.GetString(at), _eventAttributes[at], _eventDropped[at]);
            }

            return events;
        }

        private SpanLink[] ReadLinks(int row)
        {
            var (start, length) = _links[row];
            if (length == 0)
                return [];
            var links = new SpanLink[length];
            for (var i = 0; i < length; i++)
            {
                var at = start + i;
                links[i] = new SpanLink(
                    _linkTraceId.GetString(at),
                    _linkSpanId.GetString(at),
                    _linkTraceState.GetString(at),
                    _linkAttributes[at],
                    _linkDropped[at],
                    _linkFlags[at]);
            }

            return links;
        }

        private static TraceId TraceIdOf(string text) => TraceId.TryParse(text, out var id) ? id : default;
    }
}
