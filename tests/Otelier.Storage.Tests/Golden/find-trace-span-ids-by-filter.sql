SELECT DISTINCT SpanId
FROM otel_traces
WHERE Tenant = {p0:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p1:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p2:Int64})
  AND TraceId = {p3:String}
  AND ((ServiceName = {p4:String}) AND (StatusCode = {p5:String}) AND if(mapContains(SpanAttributes, {p6:String}), (ifNull(coalesce(toInt64OrNull(SpanAttributes[{p6:String}]) >= {p7:Int64}, toFloat64OrNull(SpanAttributes[{p6:String}]) >= {p8:Float64}), 0) AND substring(SpanAttributesSignature, indexOf(mapKeys(SpanAttributes), {p6:String}), 1) != 'x'), (ifNull(coalesce(toInt64OrNull(ResourceAttributes[{p6:String}]) >= {p9:Int64}, toFloat64OrNull(ResourceAttributes[{p6:String}]) >= {p10:Float64}), 0) AND substring(ResourceAttributesSignature, indexOf(mapKeys(ResourceAttributes), {p6:String}), 1) != 'x')))
LIMIT {p11:Int64}
-- p0 = default
-- p1 = 1750000000000000000
-- p2 = 1750000020000000000
-- p3 = 0af7651916cd43dd8448eb211c80319c
-- p4 = cart
-- p5 = Error
-- p6 = http.response.status_code
-- p7 = 500
-- p8 = 500
-- p9 = 500
-- p10 = 500
-- p11 = 100000
