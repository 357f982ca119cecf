SELECT ServiceName
FROM otel_red_service_1m
WHERE Tenant = {p0:String}
  AND Minute >= toDateTime({p1:Int64}, 'UTC')
  AND Minute < toDateTime({p2:Int64}, 'UTC')
  AND ServiceName = {p3:String}
GROUP BY ServiceName
ORDER BY sum(Requests) DESC, ServiceName
LIMIT {p4:Int64}
-- p0 = default
-- p1 = 1750000000
-- p2 = 1750000020
-- p3 = cart
-- p4 = 11
