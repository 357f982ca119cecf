SELECT `Timestamp`, `TimestampSource`, `ObservedTimestamp`, `TraceId`, `SpanId`, `TraceFlags`, `SeverityText`, `SeverityNumber`, `ServiceName`, `Body`, `BodySignature`, `ResourceAttributes`, `ResourceAttributesSignature`, `ResourceSchemaUrl`, `ResourceDroppedAttributesCount`, `ResourceEntityRefs`, `ScopeName`, `ScopeVersion`, `ScopeAttributes`, `ScopeAttributesSignature`, `ScopeDroppedAttributesCount`, `ScopeSchemaUrl`, `LogAttributes`, `LogAttributesSignature`, `DroppedAttributesCount`, `EventName`, cityHash64(ServiceName, TraceId, SpanId, SeverityNumber, SeverityText, EventName, Body, BodySignature, LogAttributes, LogAttributesSignature, ResourceAttributes, ScopeName, ScopeVersion, ObservedTimestamp, TraceFlags, DroppedAttributesCount) AS Hash
FROM otel_logs
WHERE Tenant = {p0:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p1:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p2:Int64})
  AND toStartOfMinute(Timestamp) >= toStartOfMinute(fromUnixTimestamp64Nano({p1:Int64})) AND toStartOfMinute(Timestamp) <= toStartOfMinute(fromUnixTimestamp64Nano({p2:Int64}))
ORDER BY toStartOfMinute(Timestamp) DESC, Timestamp DESC, Hash DESC
SETTINGS optimize_read_in_order = 1, max_block_size = 512, max_threads = 1
-- p0 = default
-- p1 = 1750000000000000000
-- p2 = 1750003600000000000
