SELECT SpanName, SpanKind, (arrayJoin(DurationBuckets) AS Entry).1 AS Bucket, sum(Entry.2) AS Durations
FROM otel_red_1m
WHERE Tenant = {p0:String}
  AND Minute >= toDateTime({p1:Int64}, 'UTC')
  AND Minute < toDateTime({p2:Int64}, 'UTC')
  AND ServiceName = {p3:String}
  AND (SpanName, SpanKind) IN (
SELECT SpanName, SpanKind
FROM otel_red_1m
WHERE Tenant = {p4:String}
  AND Minute >= toDateTime({p5:Int64}, 'UTC')
  AND Minute < toDateTime({p6:Int64}, 'UTC')
  AND ServiceName = {p7:String}
GROUP BY SpanName, SpanKind ORDER BY sum(DurationSum) DESC, SpanName, SpanKind
LIMIT {p8:Int64})
GROUP BY SpanName, SpanKind, Bucket
-- p0 = default
-- p1 = 1750000000
-- p2 = 1750000020
-- p3 = cart
-- p4 = default
-- p5 = 1750000000
-- p6 = 1750000020
-- p7 = cart
-- p8 = 1000
