SELECT toUInt64(toUnixTimestamp(Minute)) AS Second, argMax(Spans, Version) AS Spans
FROM otel_calls_1h
WHERE Tenant = {p0:String}
  AND Minute >= toDateTime({p1:Int64}, 'UTC')
  AND Minute < toDateTime({p2:Int64}, 'UTC')
GROUP BY Minute
-- p0 = default
-- p1 = 1750000000
-- p2 = 1750000020
