SELECT
  countIf((Timestamp >= fromUnixTimestamp64Nano({p0:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p1:Int64}) AND (StatusCode = {p2:String}))) AS Selected,
  countIf(NOT (Timestamp >= fromUnixTimestamp64Nano({p0:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p1:Int64}) AND (StatusCode = {p2:String})) AND 1) AS Others
FROM otel_traces
WHERE Tenant = {p3:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p4:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p5:Int64})

-- p0 = 1750000000000000000
-- p1 = 1750003600000000000
-- p2 = Error
-- p3 = default
-- p4 = 1750000000000000000
-- p5 = 1750003600000000000
