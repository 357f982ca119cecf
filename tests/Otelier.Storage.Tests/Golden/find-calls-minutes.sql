SELECT toUInt64(toUnixTimestamp(Minute)) AS Second, sum(Count) AS Spans
FROM otel_red_service_1m
WHERE Tenant = {p0:String}
  AND Minute >= toDateTime({p1:Int64}, 'UTC')
  AND Minute < toDateTime({p2:Int64}, 'UTC')
GROUP BY Minute
-- p0 = default
-- p1 = 1750000000
-- p2 = 1750000020
