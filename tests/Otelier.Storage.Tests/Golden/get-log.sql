SELECT `Timestamp`, `TimestampSource`, `ObservedTimestamp`, `TraceId`, `SpanId`, `TraceFlags`, `SeverityText`, `SeverityNumber`, `ServiceName`, `Body`, `BodySignature`, `ResourceAttributes`, `ResourceAttributesSignature`, `ResourceSchemaUrl`, `ResourceDroppedAttributesCount`, `ResourceEntityRefs`, `ScopeName`, `ScopeVersion`, `ScopeAttributes`, `ScopeAttributesSignature`, `ScopeDroppedAttributesCount`, `ScopeSchemaUrl`, `LogAttributes`, `LogAttributesSignature`, `DroppedAttributesCount`, `EventName`, cityHash64(ServiceName, TraceId, SpanId, SeverityNumber, SeverityText, EventName, Body, BodySignature, LogAttributes, LogAttributesSignature, ResourceAttributes, ScopeName, ScopeVersion, ObservedTimestamp, TraceFlags, DroppedAttributesCount) AS Hash
FROM otel_logs
WHERE Tenant = {p0:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p1:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p2:Int64})
  AND toStartOfMinute(Timestamp) >= toStartOfMinute(fromUnixTimestamp64Nano({p1:Int64})) AND toStartOfMinute(Timestamp) <= toStartOfMinute(fromUnixTimestamp64Nano({p2:Int64}))
  AND toStartOfMinute(Timestamp) IN (SELECT toDateTime(arrayJoin({p3:Array(UInt64)})))
  AND Timestamp IN (SELECT fromUnixTimestamp64Nano(toInt64(arrayJoin({p4:Array(UInt64)}))))
  AND Hash = {p5:UInt64}
LIMIT 1
-- p0 = default
-- p1 = 1750000000000000000
-- p2 = 1750000000000000001
-- p3 = [1749999960]
-- p4 = [1750000000000000000]
-- p5 = 255
