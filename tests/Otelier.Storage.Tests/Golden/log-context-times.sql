SELECT Timestamp
FROM otel_logs
WHERE Tenant = {p0:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p1:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p2:Int64})
  AND toStartOfMinute(Timestamp) >= toStartOfMinute(fromUnixTimestamp64Nano({p1:Int64})) AND toStartOfMinute(Timestamp) <= toStartOfMinute(fromUnixTimestamp64Nano({p2:Int64}))
  AND ServiceName = {p3:String}
  AND mapKeys(ResourceAttributes) = {p4:Array(String)} AND mapValues(ResourceAttributes) = {p5:Array(String)}
ORDER BY Timestamp DESC
LIMIT {p6:Int64}
-- p0 = default
-- p1 = 1750000000000000000
-- p2 = 1750003600000000000
-- p3 = 
-- p4 = []
-- p5 = []
-- p6 = 10
