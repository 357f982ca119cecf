SELECT
  intDiv(toUnixTimestamp64Nano(Timestamp), {p0:Int64}) - {p1:Int64} AS Step,
  toUInt8(least(intDiv(greatest(SeverityNumber, 0) + 3, 4), 6)) AS Severity,
  count() AS Rows
FROM otel_logs
WHERE Tenant = {p2:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p3:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p4:Int64})
  AND toStartOfMinute(Timestamp) >= toStartOfMinute(fromUnixTimestamp64Nano({p3:Int64})) AND toStartOfMinute(Timestamp) <= toStartOfMinute(fromUnixTimestamp64Nano({p4:Int64}))
GROUP BY Step, Severity
-- p0 = 60000000000
-- p1 = 29166666
-- p2 = default
-- p3 = 1750000000000000000
-- p4 = 1750003600000000000
