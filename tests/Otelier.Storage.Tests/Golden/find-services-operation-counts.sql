SELECT ServiceName, uniq(SpanName) AS Operations
FROM otel_red_1m
WHERE Tenant = {p0:String}
  AND Minute >= toDateTime({p1:Int64}, 'UTC')
  AND Minute < toDateTime({p2:Int64}, 'UTC')
GROUP BY ServiceName
-- p0 = default
-- p1 = 1750000000
-- p2 = 1750000020
