SELECT DISTINCT SpanName, SpanKind
FROM otel_red_1m
WHERE Tenant = {p0:String}
  AND Minute >= toDateTime({p1:UInt64}) AND Minute < toDateTime({p2:UInt64})
  AND ServiceName = {p3:String}
ORDER BY SpanName, SpanKind
LIMIT {p4:Int64}
-- p0 = default
-- p1 = 1749999960
-- p2 = 1750000021
-- p3 = cart
-- p4 = 10000
