SELECT ServiceName, sum(Count) AS Spans, sum(Errors) AS ErrorSpans, sum(Requests) AS MeasuredSpans, sum(RequestErrors) AS MeasuredErrorSpans, sum(DurationSum) AS Duration, max(DurationMax) AS Longest,
  toUInt64(toUnixTimestamp(min(Minute))) AS FirstSeen, toUInt64(toUnixTimestamp(max(Minute))) AS LastSeen
FROM otel_red_service_1m
WHERE Tenant = {p0:String}
  AND Minute >= toDateTime({p1:Int64}, 'UTC')
  AND Minute < toDateTime({p2:Int64}, 'UTC')
GROUP BY ServiceName
ORDER BY ServiceName
LIMIT {p3:Int64}
-- p0 = default
-- p1 = 1750000000
-- p2 = 1750000020
-- p3 = 10000
