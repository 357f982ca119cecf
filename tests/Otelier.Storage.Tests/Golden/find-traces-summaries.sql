SELECT
  TraceId,
  minIf(Timestamp, Timestamp >= fromUnixTimestamp64Nano({p0:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p1:Int64}) AND ((ServiceName = {p2:String}) AND (StatusCode = {p3:String}) AND if(mapContains(SpanAttributes, {p4:String}), (ifNull(coalesce(toInt64OrNull(SpanAttributes[{p4:String}]) >= {p5:Int64}, toFloat64OrNull(SpanAttributes[{p4:String}]) >= {p6:Float64}), 0) AND substring(SpanAttributesSignature, indexOf(mapKeys(SpanAttributes), {p4:String}), 1) != 'x'), (ifNull(coalesce(toInt64OrNull(ResourceAttributes[{p4:String}]) >= {p7:Int64}, toFloat64OrNull(ResourceAttributes[{p4:String}]) >= {p8:Float64}), 0) AND substring(ResourceAttributesSignature, indexOf(mapKeys(ResourceAttributes), {p4:String}), 1) != 'x')))) AS First,
  min(Timestamp) AS Start,
  max(toUnixTimestamp64Nano(Timestamp) + toInt64(Duration)) AS End,
  count() AS Spans,
  countIf(StatusCode = 'Error') AS Errors,
  arraySort(groupUniqArray(100)(toString(ServiceName))) AS Services,
  argMin(toString(ServiceName), (ParentSpanId != '', Timestamp, SpanId)) AS RootService,
  argMin(toString(SpanName), (ParentSpanId != '', Timestamp, SpanId)) AS RootName
FROM otel_traces
WHERE Tenant = {p9:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p10:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p11:Int64})
  AND TraceId IN (SELECT arrayJoin({p12:Array(String)}))
GROUP BY TraceId
-- p0 = 1750000000000000000
-- p1 = 1750000020000000000
-- p2 = cart
-- p3 = Error
-- p4 = http.response.status_code
-- p5 = 500
-- p6 = 500
-- p7 = 500
-- p8 = 500
-- p9 = default
-- p10 = 1749999400000000000
-- p11 = 1750000620000000000
-- p12 = ['0af7651916cd43dd8448eb211c80319c']
