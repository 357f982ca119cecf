SELECT Timestamp
FROM otel_logs
WHERE Tenant = {p0:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p1:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p2:Int64})
  AND toStartOfMinute(Timestamp) >= toDateTime({p3:Int64}, 'UTC') AND toStartOfMinute(Timestamp) <= toDateTime({p4:Int64}, 'UTC')
  AND ((position(Body, {p5:String}) > 0) OR (NOT mapContains(ResourceAttributes, {p6:String})) OR (SeverityText IN (SELECT arrayJoin({p7:Array(String)}))))
ORDER BY Timestamp DESC
LIMIT {p8:Int64}
-- p0 = default
-- p1 = 1750000000000000000
-- p2 = 1750000020000000000
-- p3 = 1749999960
-- p4 = 1750000020
-- p5 = timeout
-- p6 = k8s.pod.name
-- p7 = ['ERROR','FATAL']
-- p8 = 101
