SELECT toUInt64(toUnixTimestamp(toStartOfMinute(Timestamp))) AS Step
FROM otel_logs
WHERE Tenant = {p0:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p1:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p2:Int64})
  AND toStartOfMinute(Timestamp) >= toStartOfMinute(fromUnixTimestamp64Nano({p1:Int64})) AND toStartOfMinute(Timestamp) <= toStartOfMinute(fromUnixTimestamp64Nano({p2:Int64}))
ORDER BY toStartOfMinute(Timestamp) DESC
LIMIT 1
SETTINGS optimize_read_in_order = 1, read_in_order_use_buffering = 0, max_block_size = 8192
-- p0 = default
-- p1 = 1750000000000000000
-- p2 = 1750000020000000000
