SELECT `Timestamp`, `TimestampSource`, `ObservedTimestamp`, `TraceId`, `SpanId`, `TraceFlags`, `SeverityText`, `SeverityNumber`, `ServiceName`, `Body`, `BodySignature`, `ResourceAttributes`, `ResourceAttributesSignature`, `ResourceSchemaUrl`, `ResourceDroppedAttributesCount`, `ResourceEntityRefs`, `ScopeName`, `ScopeVersion`, `ScopeAttributes`, `ScopeAttributesSignature`, `ScopeDroppedAttributesCount`, `ScopeSchemaUrl`, `LogAttributes`, `LogAttributesSignature`, `DroppedAttributesCount`, `EventName`, cityHash64(ServiceName, TraceId, SpanId, SeverityNumber, SeverityText, EventName, Body, BodySignature, LogAttributes, LogAttributesSignature, ResourceAttributes, ScopeName, ScopeVersion, ObservedTimestamp, TraceFlags, DroppedAttributesCount) AS Hash
FROM otel_logs
WHERE Tenant = {p0:String}
  AND TraceId = {p1:String}
  AND SpanId = {p2:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p3:Int64}) AND (Timestamp > fromUnixTimestamp64Nano({p3:Int64}) OR Hash >= {p4:UInt64})
ORDER BY Timestamp, Hash
LIMIT {p5:Int64}
-- p0 = default
-- p1 = 0af7651916cd43dd8448eb211c80319c
-- p2 = 00f067aa0ba902b7
-- p3 = 1750000000000000000
-- p4 = 255
-- p5 = 102
