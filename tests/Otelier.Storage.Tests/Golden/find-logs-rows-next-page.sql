SELECT `Timestamp`, `TimestampSource`, `ObservedTimestamp`, `TraceId`, `SpanId`, `TraceFlags`, `SeverityText`, `SeverityNumber`, `ServiceName`, `Body`, `BodySignature`, `ResourceAttributes`, `ResourceAttributesSignature`, `ResourceSchemaUrl`, `ResourceDroppedAttributesCount`, `ResourceEntityRefs`, `ScopeName`, `ScopeVersion`, `ScopeAttributes`, `ScopeAttributesSignature`, `ScopeDroppedAttributesCount`, `ScopeSchemaUrl`, `LogAttributes`, `LogAttributesSignature`, `DroppedAttributesCount`, `EventName`, cityHash64(ServiceName, TraceId, SpanId, SeverityNumber, SeverityText, EventName, Body, BodySignature, LogAttributes, LogAttributesSignature, ResourceAttributes, ScopeName, ScopeVersion, ObservedTimestamp, TraceFlags, DroppedAttributesCount) AS Hash
FROM otel_logs
WHERE Tenant = {p0:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p1:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p2:Int64})
  AND toStartOfMinute(Timestamp) >= toDateTime({p3:Int64}, 'UTC') AND toStartOfMinute(Timestamp) <= toDateTime({p4:Int64}, 'UTC')
  AND toStartOfMinute(Timestamp) IN (SELECT toDateTime(arrayJoin({p5:Array(UInt64)})))
  AND Timestamp IN (SELECT fromUnixTimestamp64Nano(toInt64(arrayJoin({p6:Array(UInt64)}))))
  AND ((position(Body, {p7:String}) > 0) OR (NOT mapContains(ResourceAttributes, {p8:String})) OR (SeverityText IN (SELECT arrayJoin({p9:Array(String)}))))
  AND Hash <= {p10:UInt64}
ORDER BY Timestamp DESC, Hash DESC
LIMIT {p11:Int64}
SETTINGS use_top_k_dynamic_filtering = 0
-- p0 = default
-- p1 = 1750000000000000000
-- p2 = 1750000000000000001
-- p3 = 1749999960
-- p4 = 1749999960
-- p5 = [1749999960]
-- p6 = [1750000000000000000]
-- p7 = timeout
-- p8 = k8s.pod.name
-- p9 = ['ERROR','FATAL']
-- p10 = 255
-- p11 = 102
