using System.Buffers;
using Otelier.Signals;
using Otelier.Signals.Logs;
using C = Otelier.Storage.ClickHouse.Tables.ItemColumns<Otelier.Signals.Logs.LogBatch>;

namespace Otelier.Storage.ClickHouse.Tables;

/// <summary><c>otel_logs</c>: one row per log record.</summary>
internal static class LogTable
{
    /// <summary>Where a row's Timestamp comes from. The numbers are stored and must not change.</summary>
    public enum TimeSource : byte
    {
        Time = 0,
        ObservedTime = 1,
        Received = 2,
    }

    private static readonly ResourceColumns<LogBatch> Resource = new(b => b.ScopeIndex);

    public static readonly Table<Block<LogBatch>> Table = new("otel_logs",
    [
        C.Tenant(b => b.Count),
        C.Computed<ulong>("Timestamp", TypeNames.Time, b => b.Count, FillTimestamp),
        C.Computed<byte>("TimestampSource", "UInt8", b => b.Count, FillSource),
        C.Fixed("ObservedTimestamp", TypeNames.Time, b => b.ObservedTimeUnixNano),
        C.Computed<byte>("TimeClass", "UInt8", b => b.Count, FillTimeClass),
        C.Hex("TraceId", b => b.TraceId),
        C.Hex("SpanId", b => b.SpanId),
        // The exporter has an UInt8 here; all 32 bits of the protocol's field are kept.
        C.Fixed("TraceFlags", "UInt32", b => b.Flags),
        C.Dictionary("SeverityText", b => b.SeverityText),
        C.Fixed("SeverityNumber", "Int32", b => b.SeverityNumber),
        Resource.ServiceName,
        C.Strings("Body", b => b.Body),
        C.Dictionary("BodySignature", b => b.BodySignature),
        .. Resource.All(Resource.Texts("ScopeVersion", b => b.Scopes.Version)),
        C.Map("LogAttributes", b => b.Attributes),
        C.Signature("LogAttributesSignature", b => b.Attributes),
        C.Fixed("DroppedAttributesCount", "UInt32", b => b.DroppedAttributesCount),
        C.Dictionary("EventName", b => b.EventName),
    ]);

    private static void FillTimestamp(BlockPart<LogBatch> part, Span<ulong> rows)
    {
        var times = part.Batch.TimeUnixNano.Values;
        var observed = part.Batch.ObservedTimeUnixNano.Values;
        for (var i = 0; i < rows.Length; i++)
            rows[i] = LogBatch.TimestampOf(times[i], observed[i], part.ReceivedUnixNano);
    }

    private static void FillSource(BlockPart<LogBatch> part, Span<byte> rows)
    {
        var times = part.Batch.TimeUnixNano.Values;
        var observed = part.Batch.ObservedTimeUnixNano.Values;
        for (var i = 0; i < rows.Length; i++)
            rows[i] = (byte)(times[i] != 0 ? TimeSource.Time : observed[i] != 0 ? TimeSource.ObservedTime : TimeSource.Received);
    }

    private static void FillTimeClass(BlockPart<LogBatch> part, Span<byte> rows)
    {
        var timestamps = ArrayPool<ulong>.Shared.Rent(Math.Max(rows.Length, 1));
        FillTimestamp(part, timestamps.AsSpan(0, rows.Length));
        TimeClass.Fill(timestamps, part.ReceivedUnixNano, rows);
        ArrayPool<ulong>.Shared.Return(timestamps);
    }
}
