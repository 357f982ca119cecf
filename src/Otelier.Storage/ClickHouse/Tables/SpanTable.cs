using Otelier.Signals;
using Otelier.Signals.Traces;
using C = Otelier.Storage.ClickHouse.Tables.ItemColumns<Otelier.Signals.Traces.SpanBatch>;

namespace Otelier.Storage.ClickHouse.Tables;

/// <summary><c>otel_traces</c>: one row per span.</summary>
internal static class SpanTable
{
    /// <summary>Names of SpanKind as the OpenTelemetry ClickHouse exporter writes them.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["Unspecified", "Internal", "Server", "Client", "Producer", "Consumer"];

    /// <summary>Names of StatusCode as the OpenTelemetry ClickHouse exporter writes them.</summary>
    public static readonly IReadOnlyList<string> StatusCodes = ["Unset", "Ok", "Error"];

    private static readonly NestedColumns<SpanBatch> Events = new("Events", b => b.EventEnds);

    private static readonly NestedColumns<SpanBatch> Links = new("Links", b => b.LinkEnds);

    private static readonly ResourceColumns<SpanBatch> Resource = new(b => b.ScopeIndex);

    public static readonly Table<Block<SpanBatch>> Table = new("otel_traces",
    [
        C.Tenant(b => b.Count),
        C.Fixed("Timestamp", TypeNames.Time, b => b.StartTimeUnixNano),
        C.Computed<byte>("TimeClass", "UInt8", b => b.Count, (part, rows) => TimeClass.Fill(part.Batch.StartTimeUnixNano.Values, part.ReceivedUnixNano, rows)),
        C.Hex("TraceId", b => b.TraceId),
        C.Hex("SpanId", b => b.SpanId),
        C.Hex("ParentSpanId", b => b.ParentSpanId),
        C.Strings("TraceState", b => b.TraceState),
        C.Fixed("Flags", "UInt32", b => b.Flags),
        C.Dictionary("SpanName", b => b.Name),
        C.Words("SpanKind", Kinds, b => b.Kind),
        Resource.ServiceName,
        .. Resource.All(Resource.Strings("ScopeVersion", b => b.Scopes.Version)),
        C.Map("SpanAttributes", b => b.Attributes),
        C.Signature("SpanAttributesSignature", b => b.Attributes),
        C.Fixed("DroppedAttributesCount", "UInt32", b => b.DroppedAttributesCount),
        C.Computed<ulong>("Duration", "UInt64", b => b.Count, FillDuration),
        C.Computed<long>("EndTimeCorrection", "Int64", b => b.Count, FillEndTimeCorrection),
        C.Words("StatusCode", StatusCodes, b => b.StatusCode),
        C.Strings("StatusMessage", b => b.StatusMessage),
        Events.Fixed("Timestamp", TypeNames.Time, b => b.Events.TimeUnixNano),
        Events.Dictionary("Name", b => b.Events.Name),
        Events.Map("Attributes", b => b.Events.Attributes),
        Events.Signature("AttributesSignature", b => b.Events.Attributes),
        Events.Fixed("DroppedAttributesCount", "UInt32", b => b.Events.DroppedAttributesCount),
        C.Fixed("DroppedEventsCount", "UInt32", b => b.DroppedEventsCount),
        Links.Strings("TraceId", b => b.Links.TraceId),
        Links.Strings("SpanId", b => b.Links.SpanId),
        Links.Strings("TraceState", b => b.Links.TraceState),
        Links.Map("Attributes", b => b.Links.Attributes),
        Links.Signature("AttributesSignature", b => b.Links.Attributes),
        Links.Fixed("DroppedAttributesCount", "UInt32", b => b.Links.DroppedAttributesCount),
        Links.Fixed("Flags", "UInt32", b => b.Links.Flags),
        C.Fixed("DroppedLinksCount", "UInt32", b => b.DroppedLinksCount),
    ]);

    /// <summary>A span that ends before it starts has the duration 0, so that sums and quantiles stay true.</summary>
    private static void FillDuration(BlockPart<SpanBatch> part, Span<ulong> rows)
    {
        var starts = part.Batch.StartTimeUnixNano.Values;
        var ends = part.Batch.EndTimeUnixNano.Values;
        for (var i = 0; i < rows.Length; i++)
            rows[i] = ends[i] >= starts[i] ? ends[i] - starts[i] : 0;
    }

    /// <summary>What must be added to start + duration to get the end that was sent: 0, or negative.</summary>
    private static void FillEndTimeCorrection(BlockPart<SpanBatch> part, Span<long> rows)
    {
        var starts = part.Batch.StartTimeUnixNano.Values;
        var ends = part.Batch.EndTimeUnixNano.Values;
        for (var i = 0; i < rows.Length; i++)
            rows[i] = ends[i] >= starts[i] ? 0 : (long)(ends[i] - starts[i]);
    }
}
