SELECT `Timestamp`, `TraceId`, `SpanId`, `ParentSpanId`, `TraceState`, `Flags`, `SpanName`, `SpanKind`, `ServiceName`, `ResourceAttributes`, `ResourceAttributesSignature`, `ResourceSchemaUrl`, `ResourceDroppedAttributesCount`, `ResourceEntityRefs`, `ScopeName`, `ScopeVersion`, `ScopeAttributes`, `ScopeAttributesSignature`, `ScopeDroppedAttributesCount`, `ScopeSchemaUrl`, `SpanAttributes`, `SpanAttributesSignature`, `DroppedAttributesCount`, `Duration`, `EndTimeCorrection`, `StatusCode`, `StatusMessage`, `Events.Timestamp`, `Events.Name`, `Events.Attributes`, `Events.AttributesSignature`, `Events.DroppedAttributesCount`, `DroppedEventsCount`, `Links.TraceId`, `Links.SpanId`, `Links.TraceState`, `Links.Attributes`, `Links.AttributesSignature`, `Links.DroppedAttributesCount`, `Links.Flags`, `DroppedLinksCount`
FROM otel_traces
WHERE Tenant = {p0:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p1:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p2:Int64})
  AND (indexHint(has(mapValues(SpanAttributes), {p6:String}) OR has(mapValues(ResourceAttributes), {p6:String})) AND if(mapContains(SpanAttributes, {p3:String}), (mapContains(SpanAttributes, {p3:String}) AND (SpanAttributes[{p3:String}] = {p4:String} AND substring(SpanAttributesSignature, indexOf(mapKeys(SpanAttributes), {p3:String}), 1) IN ('s', ''))), (mapContains(ResourceAttributes, {p3:String}) AND (ResourceAttributes[{p3:String}] = {p5:String} AND substring(ResourceAttributesSignature, indexOf(mapKeys(ResourceAttributes), {p3:String}), 1) IN ('s', '')))))
ORDER BY Timestamp DESC, SpanId DESC, TraceId DESC
LIMIT {p7:Int64}
SETTINGS query_plan_max_limit_for_lazy_materialization = 2000
-- p0 = default
-- p1 = 1750000000000000000
-- p2 = 1750000020000000000
-- p3 = user.id
-- p4 = it\'s \\ 7
-- p5 = it\'s \\ 7
-- p6 = it\'s \\ 7
-- p7 = 101
