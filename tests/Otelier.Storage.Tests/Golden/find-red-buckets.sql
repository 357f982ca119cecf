SELECT Tenant, toInt64(intDiv(toUnixTimestamp(Minute), {p0:Int64})) AS Step, (arrayJoin(DurationBuckets) AS Entry).1 AS Bucket, sum(Entry.2) AS Durations
FROM otel_red_1m
WHERE Tenant = {p1:String}
  AND Minute >= toDateTime({p2:Int64}, 'UTC')
  AND Minute < toDateTime({p3:Int64}, 'UTC')
  AND ServiceName = {p4:String}
  AND SpanKind = {p5:String}
GROUP BY Tenant, Step, Bucket
-- p0 = 300
-- p1 = default
-- p2 = 1750000000
-- p3 = 1750000020
-- p4 = cart
-- p5 = Server
