SELECT count() AS Spans
FROM otel_traces
WHERE Tenant = {p0:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p1:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p2:Int64})

-- p0 = default
-- p1 = 1750000000000000000
-- p2 = 1750000020000000000
