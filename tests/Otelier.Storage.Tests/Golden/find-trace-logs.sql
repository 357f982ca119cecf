SELECT `Timestamp`, `TimestampSource`, `ObservedTimestamp`, `TraceId`, `SpanId`, `TraceFlags`, `SeverityText`, `SeverityNumber`, `ServiceName`, `Body`, `BodySignature`, `ResourceAttributes`, `ResourceAttributesSignature`, `ResourceSchemaUrl`, `ResourceDroppedAttributesCount`, `ResourceEntityRefs`, `ScopeName`, `ScopeVersion`, `ScopeAttributes`, `ScopeAttributesSignature`, `ScopeDroppedAttributesCount`, `ScopeSchemaUrl`, `LogAttributes`, `LogAttributesSignature`, `DroppedAttributesCount`, `EventName`, cityHash64(ServiceName, TraceId, SpanId, SeverityNumber, SeverityText, EventName, Body, BodySignature, LogAttributes, LogAttributesSignature, ResourceAttributes, ScopeName, ScopeVersion, ObservedTimestamp, TraceFlags, DroppedAttributesCount) AS Hash
FROM otel_logs
WHERE Tenant = {p0:String}
  AND TraceId = {p1:String}
ORDER BY Timestamp, Hash
LIMIT {p2:Int64}
-- p0 = default
-- p1 = 0af7651916cd43dd8448eb211c80319c
-- p2 = 101
