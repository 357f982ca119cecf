SELECT SpanName, SpanKind, sum(Count) AS Spans, sum(Errors) AS ErrorSpans, sum(Count) AS MeasuredSpans, sum(Errors) AS MeasuredErrorSpans, sum(DurationSum) AS Duration, max(DurationMax) AS Longest
FROM otel_red_1m
WHERE Tenant = {p0:String}
  AND Minute >= toDateTime({p1:Int64}, 'UTC')
  AND Minute < toDateTime({p2:Int64}, 'UTC')
  AND ServiceName = {p3:String}
GROUP BY SpanName, SpanKind
ORDER BY Duration DESC, SpanName, SpanKind
LIMIT {p4:Int64}
-- p0 = default
-- p1 = 1750000000
-- p2 = 1750000020
-- p3 = cart
-- p4 = 1001
