SELECT count() AS Total FROM (
SELECT DISTINCT TraceId
FROM otel_traces
WHERE Tenant = {p2:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p0:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p1:Int64})
LIMIT {p3:Int64})
-- p0 = 1750000000000000000
-- p1 = 1750000020000000000
-- p2 = default
-- p3 = 1000001
