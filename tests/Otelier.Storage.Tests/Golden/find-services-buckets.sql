SELECT ServiceName, (arrayJoin(DurationBuckets) AS Entry).1 AS Bucket, sum(Entry.2) AS Durations
FROM otel_red_service_1m
WHERE Tenant = {p0:String}
  AND Minute >= toDateTime({p1:Int64}, 'UTC')
  AND Minute < toDateTime({p2:Int64}, 'UTC')
  AND ServiceName = {p3:String}
GROUP BY ServiceName, Bucket
-- p0 = default
-- p1 = 1750000000
-- p2 = 1750000020
-- p3 = cart
