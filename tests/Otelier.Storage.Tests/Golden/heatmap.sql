SELECT
  intDiv(toUnixTimestamp64Nano(Timestamp), {p0:Int64}) - {p1:Int64} AS Step,
  toInt32(if(Duration = 0, 0, 1 + floor(2 * log2(Duration)))) AS Bucket,
  count() AS Rows,
  countIf(StatusCode = 'Error') AS Failed
FROM otel_traces
WHERE Tenant = {p2:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p3:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p4:Int64})
  AND (StatusCode = {p5:String})
GROUP BY Step, Bucket
ORDER BY Step, Bucket
-- p0 = 60000000000
-- p1 = 29166666
-- p2 = default
-- p3 = 1750000000000000000
-- p4 = 1750003600000000000
-- p5 = Error
