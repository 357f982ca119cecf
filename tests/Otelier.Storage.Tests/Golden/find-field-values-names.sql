SELECT SpanName AS Item, sum(Count) AS Seen
FROM otel_red_1m
WHERE Tenant = {p0:String}
  AND Minute >= toDateTime({p1:Int64}, 'UTC')
  AND Minute < toDateTime({p2:Int64}, 'UTC')
  AND startsWith(SpanName, {p3:String})
GROUP BY Item
ORDER BY Seen DESC, Item
LIMIT {p4:Int64}
-- p0 = default
-- p1 = 1749945600
-- p2 = 1750032000
-- p3 = GET
-- p4 = 20
