SELECT Timestamp
FROM otel_logs
WHERE Tenant = {p0:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p1:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p2:Int64})
  AND toStartOfMinute(Timestamp) >= toStartOfMinute(fromUnixTimestamp64Nano({p1:Int64})) AND toStartOfMinute(Timestamp) <= toStartOfMinute(fromUnixTimestamp64Nano({p2:Int64}))
  AND ((position(Body, {p3:String}) > 0) OR (NOT mapContains(ResourceAttributes, {p4:String})) OR (SeverityText IN (SELECT arrayJoin({p5:Array(String)}))))
ORDER BY Timestamp DESC
LIMIT {p6:Int64}
-- p0 = default
-- p1 = 1750000000000000000
-- p2 = 1750000020000000000
-- p3 = timeout
-- p4 = k8s.pod.name
-- p5 = ['ERROR','FATAL']
-- p6 = 101
