SELECT ServiceName, toInt64(intDiv(toUnixTimestamp(Minute), {p0:Int64})) AS Step, sum(Count) AS Spans, sum(Errors) AS ErrorSpans, sum(Requests) AS MeasuredSpans, sum(RequestErrors) AS MeasuredErrorSpans, sum(DurationSum) AS Duration, max(DurationMax) AS Longest
FROM otel_red_service_1m
WHERE Tenant = {p1:String}
  AND Minute >= toDateTime({p2:Int64}, 'UTC')
  AND Minute < toDateTime({p3:Int64}, 'UTC')
  AND ServiceName = {p4:String}
  AND (ServiceName) IN (
SELECT ServiceName
FROM otel_red_service_1m
WHERE Tenant = {p5:String}
  AND Minute >= toDateTime({p6:Int64}, 'UTC')
  AND Minute < toDateTime({p7:Int64}, 'UTC')
  AND ServiceName = {p8:String}
GROUP BY ServiceName
ORDER BY sum(Requests) DESC, ServiceName
LIMIT {p9:Int64})
GROUP BY ServiceName, Step
HAVING MeasuredSpans > 0
ORDER BY Step
LIMIT {p10:Int64}
-- p0 = 300
-- p1 = default
-- p2 = 1750000000
-- p3 = 1750000020
-- p4 = cart
-- p5 = default
-- p6 = 1750000000
-- p7 = 1750000020
-- p8 = cart
-- p9 = 10
-- p10 = 1000000
