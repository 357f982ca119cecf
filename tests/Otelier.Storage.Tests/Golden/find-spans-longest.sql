SELECT `Timestamp`, `TraceId`, `SpanId`, `ParentSpanId`, `TraceState`, `Flags`, `SpanName`, `SpanKind`, `ServiceName`, `ResourceAttributes`, `ResourceAttributesSignature`, `ResourceSchemaUrl`, `ResourceDroppedAttributesCount`, `ResourceEntityRefs`, `ScopeName`, `ScopeVersion`, `ScopeAttributes`, `ScopeAttributesSignature`, `ScopeDroppedAttributesCount`, `ScopeSchemaUrl`, `SpanAttributes`, `SpanAttributesSignature`, `DroppedAttributesCount`, `Duration`, `EndTimeCorrection`, `StatusCode`, `StatusMessage`, `Events.Timestamp`, `Events.Name`, `Events.Attributes`, `Events.AttributesSignature`, `Events.DroppedAttributesCount`, `DroppedEventsCount`, `Links.TraceId`, `Links.SpanId`, `Links.TraceState`, `Links.Attributes`, `Links.AttributesSignature`, `Links.DroppedAttributesCount`, `Links.Flags`, `DroppedLinksCount`
FROM otel_traces
WHERE Tenant = {p0:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p1:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p2:Int64})
  AND ((ServiceName = {p3:String}) AND (StatusCode = {p4:String}) AND if(mapContains(SpanAttributes, {p5:String}), (ifNull(coalesce(toInt64OrNull(SpanAttributes[{p5:String}]) >= {p6:Int64}, toFloat64OrNull(SpanAttributes[{p5:String}]) >= {p7:Float64}), 0) AND substring(SpanAttributesSignature, indexOf(mapKeys(SpanAttributes), {p5:String}), 1) != 'x'), (ifNull(coalesce(toInt64OrNull(ResourceAttributes[{p5:String}]) >= {p8:Int64}, toFloat64OrNull(ResourceAttributes[{p5:String}]) >= {p9:Float64}), 0) AND substring(ResourceAttributesSignature, indexOf(mapKeys(ResourceAttributes), {p5:String}), 1) != 'x')))
  AND (Duration < {p10:UInt64} OR (Duration = {p10:UInt64} AND concat(SpanId, TraceId) <= {p11:String}))
ORDER BY Duration DESC, SpanId DESC, TraceId DESC
LIMIT {p12:Int64}
SETTINGS query_plan_max_limit_for_lazy_materialization = 2000
-- p0 = default
-- p1 = 1750000000000000000
-- p2 = 1750000020000000000
-- p3 = cart
-- p4 = Error
-- p5 = http.response.status_code
-- p6 = 500
-- p7 = 500
-- p8 = 500
-- p9 = 500
-- p10 = 5000
-- p11 = 00f067aa0ba902b70af7651916cd43dd8448eb211c80319c
-- p12 = 102
