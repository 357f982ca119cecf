SELECT TraceId, Rank, Traces FROM (
SELECT TraceId, countIf(StatusCode = 'Error') AS Rank, countIf(((ServiceName = {p0:String}) AND (StatusCode = {p1:String}) AND if(mapContains(SpanAttributes, {p2:String}), (ifNull(coalesce(toInt64OrNull(SpanAttributes[{p2:String}]) >= {p3:Int64}, toFloat64OrNull(SpanAttributes[{p2:String}]) >= {p4:Float64}), 0) AND substring(SpanAttributesSignature, indexOf(mapKeys(SpanAttributes), {p2:String}), 1) != 'x'), (ifNull(coalesce(toInt64OrNull(ResourceAttributes[{p2:String}]) >= {p5:Int64}, toFloat64OrNull(ResourceAttributes[{p2:String}]) >= {p6:Float64}), 0) AND substring(ResourceAttributesSignature, indexOf(mapKeys(ResourceAttributes), {p2:String}), 1) != 'x')))) AS Matches, count() OVER () AS Traces
FROM otel_traces
WHERE Tenant = {p7:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p8:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p9:Int64})
GROUP BY TraceId)
WHERE Matches > 0
  AND (Rank < {p10:UInt64} OR (Rank = {p10:UInt64} AND TraceId < {p11:String}))
ORDER BY Rank DESC, TraceId DESC
LIMIT {p12:Int64}
SETTINGS max_rows_to_group_by = 1000000, group_by_overflow_mode = 'any'
-- p0 = cart
-- p1 = Error
-- p2 = http.response.status_code
-- p3 = 500
-- p4 = 500
-- p5 = 500
-- p6 = 500
-- p7 = default
-- p8 = 1750000000000000000
-- p9 = 1750000020000000000
-- p10 = 3
-- p11 = 0af7651916cd43dd8448eb211c80319c
-- p12 = 21
