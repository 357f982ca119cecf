using Otelier.Signals.Ids;
using Otelier.Signals.Logs;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Tables;

namespace Otelier.Storage.ClickHouse.Logs;

/// <summary>A record with the hash that orders records of one time.</summary>
internal readonly record struct LogRow(LogRecord Record, ulong Hash);

/// <summary>Turns rows of <c>otel_logs</c> back into the records that were sent.</summary>
internal sealed class LogRows
{
    /// <summary>
    /// Orders records of one time: over everything that a record is told apart by. The function is the engine's and stays the
    /// same between two pages, which is all that is asked of it.
    /// </summary>
    public const string Hash =
        "cityHash64(ServiceName, TraceId, SpanId, SeverityNumber, SeverityText, EventName, Body, BodySignature, LogAttributes, "
        + "LogAttributesSignature, ResourceAttributes, ScopeName, ScopeVersion, ObservedTimestamp, TraceFlags, DroppedAttributesCount)";

    /// <summary>What a query selects to be read here: every column but those that say where a row is kept, and the hash.</summary>
    public static string SelectList { get; } =
        string.Join(", ", LogTable.Table.ColumnNames.Where(name => name is not ("Tenant" or "TimeClass")).Select(name => $"`{name}`"))
        + $", {Hash} AS Hash";

    private readonly Origins _origins = new();

    public void Read(NativeBlock block, List<LogRow> rows)
    {
        var reader = new BlockReader(block, new OriginReader(block, _origins));
        var hashes = block.GetUInt64("Hash");
        for (var row = 0; row < block.RowCount; row++)
            rows.Add(new LogRow(reader.Read(row, hashes[row]), hashes[row]));
    }

    private sealed class BlockReader(NativeBlock block, OriginReader origin)
    {
        private readonly DateTime64ResultColumn _timestamp = block.GetDateTime64("Timestamp");
        private readonly FixedResultColumn<byte> _source = block.GetUInt8("TimestampSource");
        private readonly DateTime64ResultColumn _observed = block.GetDateTime64("ObservedTimestamp");
        private readonly BytesResultColumn _traceId = block.GetBytes("TraceId");
        private readonly BytesResultColumn _spanId = block.GetBytes("SpanId");
        private readonly FixedResultColumn<uint> _flags = block.GetUInt32("TraceFlags");
        private readonly BytesResultColumn _severityText = block.GetBytes("SeverityText");
        private readonly FixedResultColumn<int> _severityNumber = block.GetInt32("SeverityNumber");
        private readonly BytesResultColumn _body = block.GetBytes("Body");
        private readonly BytesResultColumn _bodySignature = block.GetBytes("BodySignature");
        private readonly MapReader _attributes = MapReader.Of(block, "LogAttributes");
        private readonly FixedResultColumn<uint> _droppedAttributes = block.GetUInt32("DroppedAttributesCount");
        private readonly BytesResultColumn _eventName = block.GetBytes("EventName");

        public LogRecord Read(int row, ulong hash)
        {
            var timestamp = (ulong)_timestamp.UnixNanos(row);
            return new LogRecord
            {
                TimestampUnixNano = timestamp,
                Id = new LogId(timestamp, hash),
                TimeUnixNano = _source[row] == (byte)LogTable.TimeSource.Time ? timestamp : 0,
                ObservedTimeUnixNano = (ulong)_observed.UnixNanos(row),
                SeverityNumber = _severityNumber[row],
                SeverityText = _severityText.GetString(row),
                Body = LogBody.Create(_body[row], _bodySignature[row]),
                Attributes = _attributes[row],
                DroppedAttributesCount = _droppedAttributes[row],
                Flags = _flags[row],
                // An id is stored as the empty text where it is zero.
                TraceId = TraceId.TryParse(_traceId.GetString(row), out var traceId) ? traceId : default,
                SpanId = SpanId.TryParse(_spanId.GetString(row), out var spanId) ? spanId : default,
                EventName = _eventName.GetString(row),
                Resource = origin.Resource(row),
                Scope = origin.Scope(row),
            };
        }
    }
}
