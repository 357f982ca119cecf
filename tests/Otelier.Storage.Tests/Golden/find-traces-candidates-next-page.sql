SELECT TraceId, min(Timestamp) AS First
FROM otel_traces
WHERE Tenant = {p0:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p1:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p2:Int64})
GROUP BY TraceId
HAVING First < fromUnixTimestamp64Nano({p3:Int64}) OR TraceId < {p4:String}
ORDER BY First DESC, TraceId DESC
LIMIT {p5:Int64}
-- p0 = default
-- p1 = 1750000000000000000
-- p2 = 1750000020000000000
-- p3 = 1750000019999999999
-- p4 = 0af7651916cd43dd8448eb211c80319c
-- p5 = 21
