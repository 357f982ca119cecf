SELECT `Timestamp`, `TraceId`, `SpanId`, `ParentSpanId`, `TraceState`, `Flags`, `SpanName`, `SpanKind`, `ServiceName`, `ResourceAttributes`, `ResourceAttributesSignature`, `ResourceSchemaUrl`, `ResourceDroppedAttributesCount`, `ResourceEntityRefs`, `ScopeName`, `ScopeVersion`, `ScopeAttributes`, `ScopeAttributesSignature`, `ScopeDroppedAttributesCount`, `ScopeSchemaUrl`, `SpanAttributes`, `SpanAttributesSignature`, `DroppedAttributesCount`, `Duration`, `EndTimeCorrection`, `StatusCode`, `StatusMessage`, `Events.Timestamp`, `Events.Name`, `Events.Attributes`, `Events.AttributesSignature`, `Events.DroppedAttributesCount`, `DroppedEventsCount`, `Links.TraceId`, `Links.SpanId`, `Links.TraceState`, `Links.Attributes`, `Links.AttributesSignature`, `Links.DroppedAttributesCount`, `Links.Flags`, `DroppedLinksCount`
FROM otel_traces
WHERE Tenant = {p0:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p1:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p2:Int64})
ORDER BY toDateTime(Timestamp) DESC, Timestamp DESC, SpanId DESC, TraceId DESC
LIMIT {p3:Int64}
SETTINGS query_plan_max_limit_for_lazy_materialization = 2000, optimize_read_in_order = 1, read_in_order_use_buffering = 0, max_block_size = 8192
-- p0 = default
-- p1 = 1750000000000000000
-- p2 = 1750000020000000000
-- p3 = 101
