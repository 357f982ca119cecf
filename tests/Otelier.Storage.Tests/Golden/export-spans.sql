SELECT `Timestamp`, `TraceId`, `SpanId`, `ParentSpanId`, `TraceState`, `Flags`, `SpanName`, `SpanKind`, `ServiceName`, `ResourceAttributes`, `ResourceAttributesSignature`, `ResourceSchemaUrl`, `ResourceDroppedAttributesCount`, `ResourceEntityRefs`, `ScopeName`, `ScopeVersion`, `ScopeAttributes`, `ScopeAttributesSignature`, `ScopeDroppedAttributesCount`, `ScopeSchemaUrl`, `SpanAttributes`, `SpanAttributesSignature`, `DroppedAttributesCount`, `Duration`, `EndTimeCorrection`, `StatusCode`, `StatusMessage`, `Events.Timestamp`, `Events.Name`, `Events.Attributes`, `Events.AttributesSignature`, `Events.DroppedAttributesCount`, `DroppedEventsCount`, `Links.TraceId`, `Links.SpanId`, `Links.TraceState`, `Links.Attributes`, `Links.AttributesSignature`, `Links.DroppedAttributesCount`, `Links.Flags`, `DroppedLinksCount`
FROM otel_traces
WHERE Tenant = {p0:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p1:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p2:Int64})
  AND (StatusCode = {p3:String})
ORDER BY toDateTime(Timestamp) DESC, Timestamp DESC, SpanId DESC, TraceId DESC
SETTINGS optimize_read_in_order = 1, max_block_size = 512, max_threads = 1
-- p0 = default
-- p1 = 1750000000000000000
-- p2 = 1750003600000000000
-- p3 = Error
