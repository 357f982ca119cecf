SELECT `Timestamp`, `TraceId`, `SpanId`, `ParentSpanId`, `TraceState`, `Flags`, `SpanName`, `SpanKind`, `ServiceName`, `ResourceAttributes`, `ResourceAttributesSignature`, `ResourceSchemaUrl`, `ResourceDroppedAttributesCount`, `ResourceEntityRefs`, `ScopeName`, `ScopeVersion`, `ScopeAttributes`, `ScopeAttributesSignature`, `ScopeDroppedAttributesCount`, `ScopeSchemaUrl`, `SpanAttributes`, `SpanAttributesSignature`, `DroppedAttributesCount`, `Duration`, `EndTimeCorrection`, `StatusCode`, `StatusMessage`, `Events.Timestamp`, `Events.Name`, `Events.Attributes`, `Events.AttributesSignature`, `Events.DroppedAttributesCount`, `DroppedEventsCount`, `Links.TraceId`, `Links.SpanId`, `Links.TraceState`, `Links.Attributes`, `Links.AttributesSignature`, `Links.DroppedAttributesCount`, `Links.Flags`, `DroppedLinksCount`
FROM otel_traces
WHERE Tenant = {p0:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p1:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p2:Int64})
  AND (arrayExists((element, signature) -> (mapContains(element, {p3:String}) AND (element[{p3:String}] = {p4:String} AND substring(signature, indexOf(mapKeys(element), {p3:String}), 1) IN ('s', ''))) OR (ifNull(coalesce(toInt64OrNull(element[{p3:String}]) = {p5:Int64}, toFloat64OrNull(element[{p3:String}]) = {p6:Float64}), 0) AND substring(signature, indexOf(mapKeys(element), {p3:String}), 1) != 'x'), Events.Attributes, Events.AttributesSignature) AND (NOT arrayExists((element, signature) -> mapContains(element, {p7:String}), Links.Attributes, Links.AttributesSignature)))
ORDER BY Timestamp DESC, SpanId DESC, TraceId DESC
LIMIT {p8:Int64}
SETTINGS query_plan_max_limit_for_lazy_materialization = 2000
-- p0 = default
-- p1 = 1750000000000000000
-- p2 = 1750000020000000000
-- p3 = exception.type
-- p4 = Timeout
-- p5 = 7
-- p6 = 7
-- p7 = reason
-- p8 = 101
